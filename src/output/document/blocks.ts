import type { Diagnostic } from '../../error/diagnostic.ts';
import { describeDiagnostic } from '../format/diagnostic-text/describe.ts';
import { type FormattedTable, formatTable } from '../format/format-table.ts';
import { formatText } from '../format/format-text.ts';
import type { HouseStyle } from '../format/house/contract.ts';
import { type NumberStyle, publishedStyle } from '../format/number-style.ts';
import type { Language } from '../format/text-key.ts';
import type { TableModel, Text } from '../table/contract.ts';
import { tableOf } from '../table/parts.ts';
import type { Block, Document, FactsBlock, Medium, NoteBlock, PrintStyle, TableBlock } from './contract.ts';
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

/** A document of a table as it stands in another: its house, its numbers and its look with it. */
export function blockDocument(block: TableBlock): Document {
  return { ...tableDocument(block.table), blocks: [block] };
}

/** The words of a note. */
export function noteText({ about, of = '' }: NoteBlock, language: Language, numbers: NumberStyle): string {
  const isDiagnostic = typeof about !== 'string' && 'code' in about;
  return of + (isDiagnostic ? describeDiagnostic(about, language) : formatText(about, language, numbers));
}

/**
 * A table as text. Its numbers are as the medium has them; over that its house, then the decimals that they need, then what its author
 * asked for.
 */
export function formattedBlock(
  { table, decimals = {}, asked, house: own = null }: TableBlock,
  { language, house: common, numbers: given }: PrintStyle,
  medium: NumberStyle = publishedStyle,
): FormattedTable {
  const house = own ?? common ?? null;
  const numbers = houseNumbers(given ?? medium, house);
  // The decimals of a house are those of its tables of models; others keep what their numbers need.
  const needed = house !== null && asked !== undefined ? {} : decimals;
  const shown = { ...numbers, decimals: { ...numbers.decimals, ...needed } };
  return formatTable(table, language, askedNumbers(shown, asked), house);
}

/** A table of facts as text. */
export function formattedFacts(
  block: FactsBlock,
  style: PrintStyle,
  medium: NumberStyle = publishedStyle,
): FormattedTable {
  return formattedBlock({ kind: 'table', table: factsTable(block) }, style, medium);
}

/** Numbers as a house has them, with the minus and the missing value of the medium. */
function houseNumbers(numbers: NumberStyle, house: HouseStyle | null): NumberStyle {
  if (house === null) return numbers;
  const { minus, missing } = numbers;
  const stars = numbers.stars.length === 0 ? numbers.stars : house.numbers.stars;
  return { ...house.numbers, minus, stars, missing: minus === '-' ? missing : house.numbers.missing };
}

/** Stars and digits as the author asked for them. */
function askedNumbers(numbers: NumberStyle, asked: TableBlock['asked']): NumberStyle {
  const { stars = null, digits = null } = asked ?? {};
  const starred = stars === null ? numbers : { ...numbers, stars };
  if (digits === null) return starred;
  if ('significant' in digits) return { ...starred, significant: digits.significant };
  const { decimals } = digits;
  const number = Math.max(starred.decimals.number, decimals);
  return { ...starred, decimals: { ...starred.decimals, estimate: decimals, statistic: decimals, number } };
}

/** Facts as a table, for formats that set no text beside it. */
export function factsTable({ title, lines, facts, below, name }: FactsBlock): TableModel {
  const table = tableOf('facts', title, {
    columns: [{ id: 'value', label: '' }],
    rows: facts.map(({ label, value }, i) => ({ id: `${i}`, label: { kind: 'label', label }, cells: [value] })),
    notes: [...lines, below].filter((line) => line !== ''),
  });
  return name === undefined ? table : { ...table, label: name };
}

/** The title of a figure with its number. */
export function figureCaption(
  { number, title }: { readonly number: string; readonly title: Text },
  language: Language,
): string {
  const words = formatText(title, language);
  return number === '' ? words : formatText({ key: 'figure.caption', values: { number, title: words } }, language);
}
