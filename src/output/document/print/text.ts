import { at } from '../../../error/at.ts';
import { formatCell } from '../../format/format-table.ts';
import { formatText } from '../../format/format-text.ts';
import { type NumberStyle, terminalStyle } from '../../format/number-style.ts';
import { visibleText } from '../../format/visible-text.ts';
import { figureCaption, formattedBlock, noteText, type ShownBlock, shownIn } from '../blocks.ts';
import type { Block, Document, FactsBlock, PrintStyle } from '../contract.ts';
import { displayWidth, padTo, paragraph, terminalWidth, wrapText } from '../table/display-width.ts';
import { textTable } from '../table/text-table.ts';

/** Between the lines of a head and the facts at their right. */
const factGap = 3;

interface Page extends PrintStyle {
  readonly numbers: NumberStyle;
  readonly width: number;
}

/** A document for a terminal: an empty line between blocks, none inside a group. */
export function printText({ blocks }: Document, style: PrintStyle): string {
  return partsOf(blocks, { ...style, numbers: style.numbers ?? terminalStyle, width: terminalWidth }).join('\n');
}

function partsOf(blocks: readonly Block[], page: Page): readonly string[] {
  return shownIn(blocks, 'screen').map((block) => blockText(block, page));
}

/** A block, each line of it ended. */
function blockText(block: ShownBlock, page: Page): string {
  const { language, numbers, width } = page;
  const say = (text: Parameters<typeof formatText>[0]): string => formatText(text, language, numbers);
  switch (block.kind) {
    case 'heading':
    case 'text':
      return paragraph(say(block.text), width);
    case 'list': {
      const items = block.items.flatMap((item) => wrapText(say(item), width - 2).map((line) => `  ${line}\n`));
      return `${paragraph(say(block.title), width)}${items.join('')}`;
    }
    case 'code':
      return `${visibleText(block.text).replace(/^(?=.)/gm, '    ')}\n`;
    case 'note':
      return paragraph(noteText(block, language, numbers), width);
    case 'facts':
      return factsText(block, page);
    case 'table':
      return textTable(formattedBlock(block, page));
    case 'figure':
      return paragraph(
        say({ key: 'document.figure_not_drawn', values: { title: figureCaption(block.figure, language) } }),
        width,
      );
    case 'fold':
      return [paragraph(say(block.heading), width), ...partsOf(block.blocks, page)].join('\n');
    case 'group':
      return groupText(block.blocks, page);
  }
}

/** Blocks without an empty line between them; facts and what stands below are as wide as the table that they are of. */
function groupText(blocks: readonly Block[], page: Page): string {
  const shown = shownIn(blocks, 'screen');
  if (shown.every(({ kind }) => kind !== 'facts')) return partsOf(blocks, page).join('');
  const tables = shown.flatMap((block) => (block.kind === 'table' ? blockText(block, page).split('\n') : []));
  const width = Math.max(page.width, ...tables.map(displayWidth));
  return shown.map((block) => blockText(block, { ...page, width })).join('');
}

/** Title and lines at the left, facts at the right as Stata has them. */
function factsText({ title, lines, facts, below }: FactsBlock, { language, numbers, width }: Page): string {
  const labels = facts.map((fact) => formatText(fact.label, language, numbers));
  const values = facts.map((fact) => formatCell(fact.value, language, numbers).text);
  const labelWidth = Math.max(0, ...labels.map(displayWidth));
  const valueWidth = Math.max(9, ...values.map(displayWidth));
  const right = labels.map(
    (one, i) => `${padTo(one, labelWidth, 'start')} = ${padTo(at(values, i), valueWidth, 'end')}`,
  );
  const leftWidth = width - factGap - Math.max(0, ...right.map(displayWidth));
  const left = [title, ...lines].flatMap((text) =>
    text === '' ? [''] : wrapText(formatText(text, language, numbers), leftWidth),
  );
  const head = Array.from({ length: Math.max(left.length, right.length) }, (_, i) =>
    `${padTo(left[i] ?? '', leftWidth + factGap, 'start')}${right[i] ?? ''}`.trimEnd(),
  );
  return [...head, '', ...wrapText(formatText(below, language, numbers), width), ''].join('\n');
}
