import { formatText } from '../../format/format-text.ts';
import { publishedStyle } from '../../format/number-style.ts';
import { figureCaption, formattedBlock, formattedFacts, noteText, type ShownBlock, shownIn } from '../blocks.ts';
import type { Block, Document, PrintStyle } from '../contract.ts';
import { escapeMarkdown, markdownCode } from '../table/escape.ts';
import { markdownTable } from '../table/markdown-table.ts';

/** A document in Markdown; figures stand in it as SVG where they can be drawn. */
export function printMarkdown({ blocks }: Document, style: PrintStyle): string {
  return partsOf(blocks, style, 2).join('\n');
}

function partsOf(blocks: readonly Block[], style: PrintStyle, level: number): readonly string[] {
  return shownIn(blocks, 'page').flatMap((block) =>
    block.kind === 'group' ? partsOf(block.blocks, style, level) : [blockText(block, style, level)],
  );
}

function blockText(block: Exclude<ShownBlock, { kind: 'group' }>, style: PrintStyle, level: number): string {
  const { language, numbers = publishedStyle, draw } = style;
  const say = (text: Parameters<typeof formatText>[0]): string => escapeMarkdown(formatText(text, language, numbers));
  switch (block.kind) {
    case 'heading':
      return `${'#'.repeat(level)} ${say(block.text)}\n`;
    case 'text':
      return `${say(block.text)}\n`;
    case 'list': {
      const mark = block.areSteps === true ? '1.' : '-';
      return `${say(block.title)}\n\n${block.items.map((item) => `${mark} ${say(item)}\n`).join('')}`;
    }
    case 'code':
      return markdownCode(block.text);
    case 'note':
      return `> ${escapeMarkdown(noteText(block, language, numbers))}\n`;
    case 'facts':
      return markdownTable(formattedFacts(block, style));
    case 'table':
      return markdownTable(formattedBlock(block, style));
    case 'figure': {
      const title = figureCaption(block.figure, language);
      const notes = block.figure.notes.map((note) => `\n${say(note)}\n`);
      if (draw === undefined) return `${say({ key: 'document.figure_not_drawn', values: { title } })}\n`;
      const svg = draw(block.figure, language, { embedded: false });
      return `![${escapeMarkdown(title)}](data:image/svg+xml,${encodeURIComponent(svg.trimEnd())})\n${notes.join('')}`;
    }
    case 'fold':
      return [`${'#'.repeat(level)} ${say(block.heading)}\n`, ...partsOf(block.blocks, style, level + 1)].join('\n');
  }
}
