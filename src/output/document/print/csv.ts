import { csvRecords } from '../../../table/csv-text.ts';
import { formatText } from '../../format/format-text.ts';
import { terminalStyle } from '../../format/number-style.ts';
import { figureCaption, formattedBlock, formattedFacts, noteText, type ShownBlock, shownIn } from '../blocks.ts';
import type { Block, Document, PrintStyle, TableBlock } from '../contract.ts';
import { csvTable } from '../table/csv-table.ts';

/**
 * A document as CSV. One table is its records and nothing else. Of several blocks each table stands below a line `# title`, its notes
 * and other words are lines that begin with `# ` as well, and an empty line stands between blocks.
 */
export function printCsv({ blocks }: Document, style: PrintStyle): string {
  const shown = recordBlocks(blocks);
  const first = onlyRecords(shown);
  if (first !== null) return csvTable(formattedBlock(first, style, terminalStyle));
  return shown.map((block) => blockRecords(block, style)).join('\r\n');
}

/** The blocks of every level that have a place among records, in order; asides have none. */
export function recordBlocks(blocks: readonly Block[]): readonly ShownBlock[] {
  return shownIn(blocks, 'records').flatMap((block) => {
    if (block.kind === 'group') return recordBlocks(block.blocks);
    if (block.kind === 'fold') return [{ kind: 'text', text: block.heading } as const, ...recordBlocks(block.blocks)];
    return isTable(block) && block.isAside === true ? [] : [block];
  });
}

/** The one table of some blocks that is its records and nothing else; null where there are several, or its author laid it out. */
export function onlyRecords(blocks: readonly ShownBlock[]): TableBlock | null {
  const [first, second] = blocks.filter(isTable);
  return first === undefined || second !== undefined || first.isLaidOut === true ? null : first;
}

export function isTable(block: Block): block is TableBlock {
  return block.kind === 'table';
}

function blockRecords(block: ShownBlock, style: PrintStyle): string {
  const { language, numbers = terminalStyle } = style;
  const say = (text: Parameters<typeof formatText>[0]): string => formatText(text, language, numbers);
  switch (block.kind) {
    case 'table':
      return tableRecords(formattedBlock(block, style, terminalStyle));
    case 'facts':
      return tableRecords(formattedFacts(block, style, terminalStyle));
    case 'heading':
    case 'text':
      return words([say(block.text)]);
    case 'list':
      return words([say(block.title), ...block.items.map(say)]);
    case 'code':
      return words(block.text.split('\n'));
    case 'note':
      return words([noteText(block, language, numbers)]);
    case 'figure':
      return words([
        say({ key: 'document.figure_not_drawn', values: { title: figureCaption(block.figure, language) } }),
      ]);
    case 'fold':
    case 'group':
      return recordBlocks(block.blocks)
        .map((inner) => blockRecords(inner, style))
        .join('\r\n');
  }
}

function tableRecords(table: ReturnType<typeof formattedBlock>): string {
  const title = table.caption === '' ? [] : [table.caption];
  return words(title) + csvTable(table) + words(table.notes);
}

/** Lines of words, a field each. */
function words(lines: readonly string[]): string {
  return csvRecords(lines.map((line) => [`# ${line.replace(/\s*\n\s*/g, ' ')}`]));
}
