import { formatText } from '../format/format-text.ts';
import { terminalStyle } from '../format/number-style.ts';
import type { Language } from '../format/text-key.ts';
import type { Text } from '../table/contract.ts';
import { joinedBy } from '../table/parts.ts';
import { figureCaption, noteText, type ShownBlock, shownIn } from './blocks.ts';
import type { Block, Document } from './contract.ts';
import { isTable, onlyRecords, recordBlocks } from './print/csv.ts';
import { type DocumentFormat, printerOf } from './printers.ts';

/**
 * What a format of records has no place for, in sentences: the words of notes in full, the names of the rest. None for formats that
 * show every block.
 */
export function leftOut({ blocks }: Document, format: DocumentFormat, language: Language): readonly string[] {
  if (printerOf(format).medium !== 'records') return [];
  const shown = recordBlocks(blocks);
  const isBare = onlyRecords(shown) !== null;
  const notes = isBare ? shown.flatMap((block) => (block.kind === 'note' ? [block] : [])) : [];
  const names = [...(isBare ? shown.flatMap((block) => nameOf(block, language)) : []), ...asidesOf(blocks)];
  return [
    ...notes.map((note) => noteText(note, language, terminalStyle)),
    ...(names.length === 0
      ? []
      : [formatText({ key: 'document.left_out', values: { format, names: joinedBy(names, 'list.comma') } }, language)]),
  ];
}

function nameOf(block: ShownBlock, language: Language): readonly Text[] {
  switch (block.kind) {
    case 'figure':
      return [figureCaption(block.figure, language)];
    case 'heading':
    case 'text':
      return [block.text];
    case 'list':
    case 'facts':
      return [block.title];
    default:
      return [];
  }
}

function asidesOf(blocks: readonly Block[]): readonly Text[] {
  return shownIn(blocks, 'records').flatMap((block) => {
    if ('blocks' in block) return asidesOf(block.blocks);
    return isTable(block) && block.isAside === true ? [block.table.title] : [];
  });
}
