import type { Diagnostic } from '../../error/diagnostic.ts';
import { describeDiagnostic } from '../format/diagnostic-text/describe.ts';
import { type FormattedTable, formatTable } from '../format/format-table.ts';
import { formatText } from '../format/format-text.ts';
import type { NumberStyle } from '../format/number-style.ts';
import type { Language } from '../format/text-key.ts';
import type { TableModel, Text } from '../table/contract.ts';
import { tableOf } from '../table/parts.ts';
import type { Block, Document, FactsBlock, Medium, NoteBlock, TableBlock } from './contract.ts';
import { wideDecimals } from './wide-table.ts';

// What builders of documents and printers share.

/** A block that is no choice between forms. */
export type ShownBlock = Exclude<Block, { readonly kind: 'forms' }>;

/** The blocks of one level as a medium has them: of forms the one for it. */
export function shownIn(blocks: readonly Block[], medium: Medium): readonly ShownBlock[] {
  return blocks.flatMap((block) => {
    if (block.kind !== 'forms') return [block];
    return shownIn(medium === 'records' ? block.records : medium === 'screen' ? block.screen : block.page, medium);
  });
}

/** A table whose smallest number is shown with four significant digits, and p with four. */
export function wideBlock(table: TableModel): TableBlock {
  return { kind: 'table', table, decimals: wideDecimals(table) };
}

/** Diagnostics as notes, in their order. */
export function notesOf(warnings: readonly Diagnostic[], of?: string): readonly NoteBlock[] {
  return warnings.map((about) => ({ kind: 'note', about, ...(of === undefined ? {} : { of }) }));
}

/** A document of one table, under its caption. */
export function tableDocument(table: TableModel, decimals?: TableBlock['decimals']): Document {
  const title: Text =
    table.number === '' ? table.title : { key: 'table.caption', values: { number: table.number, title: table.title } };
  const block: TableBlock = { kind: 'table', table, ...(decimals === undefined ? {} : { decimals }) };
  return { title, blocks: [block], data: table };
}

/** The words of a note. */
export function noteText({ about, of = '' }: NoteBlock, language: Language, numbers: NumberStyle): string {
  const isDiagnostic = typeof about !== 'string' && 'code' in about;
  return of + (isDiagnostic ? describeDiagnostic(about, language) : formatText(about, language, numbers));
}

/** A table as text, its own decimals over those of the style. */
export function formattedBlock(
  { table, decimals = {} }: TableBlock,
  language: Language,
  numbers: NumberStyle,
): FormattedTable {
  return formatTable(table, language, { ...numbers, decimals: { ...numbers.decimals, ...decimals } });
}

/** Facts as a table, for formats that set no text beside it. */
export function factsTable({ title, lines, facts, below }: FactsBlock): TableModel {
  return tableOf('facts', title, {
    columns: [{ id: 'value', label: '' }],
    rows: facts.map(({ label, value }, i) => ({ id: `${i}`, label: { kind: 'label', label }, cells: [value] })),
    notes: [...lines, below].filter((line) => line !== ''),
  });
}

/** The title of a figure with its number. */
export function figureCaption(
  { number, title }: { readonly number: string; readonly title: Text },
  language: Language,
): string {
  const words = formatText(title, language);
  return number === '' ? words : formatText({ key: 'figure.caption', values: { number, title: words } }, language);
}
