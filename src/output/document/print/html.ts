import { formatText } from '../../format/format-text.ts';
import { publishedStyle } from '../../format/number-style.ts';
import { type Language, languageTag } from '../../format/text-key.ts';
import { figureCaption, formattedBlock, formattedFacts, noteText, type ShownBlock, shownIn } from '../blocks.ts';
import type { Block, Document, PrintStyle } from '../contract.ts';
import { escapeMarkup } from '../table/escape.ts';
import { pastedTable } from '../table/html-pasted.ts';

/** A document as a page of its own. */
export function printHtml(document: Document, style: PrintStyle): string {
  const { language } = style;
  const isTables = shownIn(document.blocks, 'page').every(({ kind }) => kind === 'table');
  return htmlPage({
    language,
    title: formatText(document.title, language, style.numbers),
    style: isTables ? '' : blockStyle,
    body: htmlBlocks(document.blocks, style),
  });
}

/** Blocks as an HTML fragment. */
export function htmlBlocks(blocks: readonly Block[], style: PrintStyle): string {
  return shownIn(blocks, 'page')
    .map((block) => blockMarkup(block, style))
    .join('');
}

function blockMarkup(block: ShownBlock, style: PrintStyle): string {
  const { language, numbers = publishedStyle, draw } = style;
  const say = (text: Parameters<typeof formatText>[0]): string => escapeMarkup(formatText(text, language, numbers));
  switch (block.kind) {
    case 'heading':
      return `<h2>${say(block.text)}</h2>\n`;
    case 'text':
      return `<p>${say(block.text)}</p>\n`;
    case 'list': {
      const items = block.items.map((item) => `<li>${say(item)}</li>\n`).join('');
      const list = block.areSteps === true ? 'ol' : 'ul';
      return `<p>${say(block.title)}</p>\n<${list}>\n${items}</${list}>\n`;
    }
    case 'code':
      return `<pre><code>${escapeMarkup(block.text)}</code></pre>\n`;
    case 'note':
      return `<p class="note">${escapeMarkup(noteText(block, language, numbers))}</p>\n`;
    case 'facts':
      return pastedTable(formattedFacts(block, style));
    case 'table':
      return pastedTable(formattedBlock(block, style));
    case 'figure': {
      const title = figureCaption(block.figure, language);
      const words = [`<strong>${escapeMarkup(title)}</strong>`, ...block.figure.notes.map(say)].join(' ');
      const drawn =
        draw === undefined
          ? say({ key: 'document.figure_not_drawn', values: { title } })
          : draw(block.figure, language, { embedded: true });
      return `<figure>${drawn}<figcaption>${words}</figcaption></figure>\n`;
    }
    case 'fold':
      return `<details>\n<summary>${say(block.heading)}</summary>\n${htmlBlocks(block.blocks, style)}</details>\n`;
    case 'group':
      return htmlBlocks(block.blocks, style);
  }
}

const blockStyle = `
.note{max-width:46em;font-size:.9em}
figure{margin:1.4em 0;max-width:46em}
figcaption{font-size:.9em}
details{margin-block:1.4em}
`;

/** A plain page in the type of a journal, light or dark as the reader's system is set. */
function htmlPage(page: { language: Language; title: string; style: string; body: string }): string {
  const fonts =
    page.language === 'zh'
      ? "'Noto Serif CJK SC','Source Han Serif SC','Songti SC',SimSun,serif"
      : "'Source Serif 4',Charter,'Bitstream Charter','Times New Roman','Noto Serif CJK SC',serif";
  return [
    '<!doctype html>',
    `<html lang="${languageTag(page.language)}">`,
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width,initial-scale=1">',
    `<title>${escapeMarkup(page.title)}</title>`,
    `<style>:root{color-scheme:light dark}body{margin:2rem;font:16px/1.5 ${fonts}}${page.style}</style>`,
    '</head>',
    '<body>',
    `${page.body}</body>`,
    '</html>',
    '',
  ].join('\n');
}
