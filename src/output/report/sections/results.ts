import type { Block, TableBlock } from '../../document/contract.ts';
import { renderFigure } from '../../document/figure/svg-figure.ts';
import { htmlBlocks } from '../../document/print/html.ts';
import { escapeMarkup } from '../../document/table/escape.ts';
import { htmlNotes, htmlTable } from '../../document/table/html-table.ts';
import type { FigureModel } from '../../figure/contract.ts';
import { formatTable } from '../../format/format-table.ts';
import { formatText } from '../../format/format-text.ts';
import type { TableModel } from '../../table/contract.ts';
import { inEach, say } from '../bilingual.ts';

/** A table with what is folded below it. */
export function tableBlock(blocks: readonly [TableBlock, ...Block[]]): string {
  const [{ table }] = blocks;
  return [`<div class="exhibit" id="${escapeMarkup(table.id)}">`, ...blocks.map(blockInEach), '</div>'].join('\n');
}

/** A block in each language; kinds that no exhibit of the report has are printed as on any page. */
function blockInEach(block: Block): string {
  if (block.kind === 'table') return tableInEach(block.table);
  if (block.kind === 'figure') return figureBlock(block.figure);
  if (block.kind !== 'fold') return inEach('div', (language) => htmlBlocks([block], { language }));
  const inner = block.blocks.map(blockInEach);
  return ['<details>', `<summary>${say(block.heading)}</summary>`, ...inner, '</details>'].join('\n');
}

/** A table in each language, wide ones in a frame that scrolls, notes below the frame. */
export function tableInEach(table: TableModel): string {
  return inEach('div', (language) => {
    const formatted = formatTable(table, language);
    const notes = htmlNotes(formatted);
    const frame = `<div class="scroll" tabindex="0">\n${htmlTable(formatted, { withNotes: false })}</div>`;
    return notes === '' ? frame : `${frame}\n<div class="notes">${notes}</div>`;
  });
}

/** A figure in each language with its caption below. */
export function figureBlock(figure: FigureModel): string {
  const inner = inEach('div', (language) => {
    const title = formatText(figure.title, language);
    const caption =
      figure.number === ''
        ? title
        : formatText({ key: 'figure.caption', values: { number: figure.number, title } }, language);
    const notes = figure.notes.map((note) => formatText(note, language));
    const words = [`<strong>${escapeMarkup(caption)}</strong>`, ...notes.map(escapeMarkup)].join(' ');
    return `<div class="scroll" tabindex="0">${renderFigure(figure, language, { embedded: true })}</div><figcaption>${words}</figcaption>`;
  });
  return `<figure class="exhibit" id="${escapeMarkup(figure.id)}">\n${inner}\n</figure>`;
}
