import { formatText } from '../../format/format-text.ts';
import { publishedStyle } from '../../format/number-style.ts';
import { figureCaption, formattedBlock, formattedFacts, noteText, type ShownBlock, shownIn } from '../blocks.ts';
import type { Block, Document, PrintStyle } from '../contract.ts';
import { escapeLatex, latexField } from '../table/escape.ts';
import { latexPackages, latexTable } from '../table/latex-table.ts';

/** A document as a part of a LaTeX one, to be taken in with `\input`; figures are named, their files are written apart. */
export function printLatex({ title, blocks }: Document, style: PrintStyle): string {
  const packages = latexPackages({ hasSiunitx: hasSiunitx(blocks) });
  const needs = formatText(
    { key: 'document.latex_needs', values: { preamble: `\\usepackage{${packages.join(',')}}` } },
    style.language,
  );
  return [`% ${needs}\n`, ...partsOf(blocks, { ...style, title: formatText(title, style.language) })].join('\n');
}

/** How the document is printed, and what it is about. */
interface PartStyle extends PrintStyle {
  readonly title: string;
}

function hasSiunitx(blocks: readonly Block[]): boolean {
  return shownIn(blocks, 'page').some((block) =>
    'blocks' in block ? hasSiunitx(block.blocks) : block.kind === 'table' && block.asked?.hasSiunitx === true,
  );
}

function partsOf(blocks: readonly Block[], style: PartStyle): readonly string[] {
  return shownIn(blocks, 'page').flatMap((block) =>
    block.kind === 'group' ? partsOf(block.blocks, style) : [blockText(block, style)],
  );
}

function blockText(block: Exclude<ShownBlock, { kind: 'group' }>, style: PartStyle): string {
  const { language, numbers = publishedStyle } = style;
  const say = (text: Parameters<typeof formatText>[0]): string => escapeLatex(formatText(text, language, numbers));
  switch (block.kind) {
    case 'heading':
      return `\\section*{${say(block.text)}}\n`;
    case 'text':
      return `${latexField(formatText(block.text, language, numbers))}\n`;
    case 'list': {
      const items = block.items.map((item) => `  \\item ${latexField(formatText(item, language, numbers))}\n`).join('');
      const list = block.areSteps === true ? 'enumerate' : 'itemize';
      return `${latexField(formatText(block.title, language, numbers))}\n\\begin{${list}}\n${items}\\end{${list}}\n`;
    }
    case 'code':
      return `${block.text.split('\n').map(codeLine).join('\n')}\n\n`;
    case 'note':
      return `{\\footnotesize\\noindent ${escapeLatex(noteText(block, language, numbers))}\\par}\n`;
    case 'facts':
      return latexTable(formattedFacts(block, style));
    case 'table':
      return latexTable(formattedBlock(block, style), {
        isProse: block.look === 'prose',
        hasSiunitx: block.asked?.hasSiunitx === true,
        title: style.title,
      });
    case 'figure': {
      const title = figureCaption(block.figure, language);
      return `${say({ key: 'document.figure_not_drawn', values: { title } })}\n`;
    }
    case 'fold':
      return [`\\subsection*{${say(block.heading)}}\n`, ...partsOf(block.blocks, style)].join('\n');
  }
}

/** A line of code; `verbatim` would end where the text says so. */
function codeLine(line: string): string {
  return `\\noindent\\texttt{${escapeLatex(line).replaceAll(' ', '\\ ')}}\\par`;
}
