import { at } from '../../error/at.ts';
import type { Cell, TableModel, TableRow } from '../table/contract.ts';
import {
  decimalsOfErrors,
  formatCount,
  formatExact,
  formatFixed,
  formatP,
  formatSignificant,
  ofShare,
} from './format-number.ts';
import { formatText, wordOf } from './format-text.ts';
import type { HouseStyle } from './house/contract.ts';
import { type NumberStyle, publishedStyle } from './number-style.ts';
import { starsOf } from './stars.ts';
import type { Language } from './text-key.ts';
import { visibleText } from './visible-text.ts';

/** A cell as text in parts, so that a renderer can align the points of a column. */
export interface FormattedCell {
  readonly role: Cell['kind'];
  /** The number with its opening bracket, or the words. */
  readonly text: string;
  /** What stands behind the number without moving it: stars, a closing bracket. */
  readonly hang: string;
  /** Digits that the number lacks beside its neighbours: shown as white space of that width. */
  readonly pad: string;
  readonly align: 'start' | 'end';
  /** To be seen at a glance. */
  readonly isAlert?: boolean;
  /** In the type of code. */
  readonly isCode?: boolean;
  /** For machines: the number in full precision, or the words. */
  readonly exact: string;
}

export interface FormattedRow {
  readonly id: string;
  readonly label: FormattedCell;
  /** The label where the row is read alone. */
  readonly alone: string;
  readonly cells: readonly FormattedCell[];
  readonly isRuled: boolean;
  readonly isHead: boolean;
  readonly isIndented: boolean;
}

/** A heading over `count` columns from the one numbered `from`. */
export interface FormattedSpanner {
  readonly label: string;
  readonly from: number;
  readonly count: number;
}

export interface FormattedColumn {
  readonly id: string;
  readonly label: string;
  readonly sublabel: string | null;
  /** The label where the column is read alone. */
  readonly alone: string;
}

export interface FormattedTable {
  readonly id: string;
  /** Its name where others refer to it. */
  readonly name: string;
  readonly language: Language;
  /** With its number: `Table 3. Baseline results`. */
  readonly caption: string;
  /** The number where its house sets it on a line above the title; null: the caption is one line. */
  readonly numberAlone: string | null;
  /** Without its number. */
  readonly title: string;
  readonly stub: string;
  /** Lines of headings over several columns, from the top. */
  readonly spanners: readonly (readonly FormattedSpanner[])[];
  readonly columns: readonly FormattedColumn[];
  readonly rows: readonly FormattedRow[];
  readonly notes: readonly string[];
  /** Rules above and below. */
  readonly rules: HouseStyle['rules'];
  /** The notice that the data are simulated, null for real data. */
  readonly synthetic: string | null;
}

/** A table as text in one language and one number style. */
export function formatTable(
  table: TableModel,
  language: Language,
  style: NumberStyle = publishedStyle,
  house: HouseStyle | null = null,
): FormattedTable {
  const text = (value: TableModel['title']): string => formatText(value, language, style);
  const title = text(table.title);
  return {
    id: table.id,
    name: table.label ?? table.id,
    language,
    caption: captionOf(table.number, title, language, style, house),
    numberAlone:
      table.number === '' || house?.numberAlone === undefined
        ? null
        : visibleText(house.numberAlone[language].replace('{number}', table.number)),
    title,
    stub: text(table.stub),
    spanners: (table.spanners ?? []).map((line) => line.map((one) => ({ ...one, label: text(one.label) }))),
    columns: table.columns.map((column) => ({
      id: column.id,
      label: text(column.label),
      sublabel: column.sublabel === undefined ? null : text(column.sublabel),
      alone: text(column.aloneLabel ?? column.label),
    })),
    rows: padded(table.rows.map((row, i) => formatRow(row, language, styleOfRow(table.rows, i, style)))),
    notes: table.notes.map((note, i) => (i === 0 ? (house?.notesLead[language] ?? '') : '') + text(note)),
    rules: house?.rules ?? 'single',
    synthetic: table.isSynthetic ? wordOf('synthetic.note', language) : null,
  };
}

/** A title with its number, as the house has it. */
function captionOf(
  number: string,
  title: string,
  language: Language,
  style: NumberStyle,
  house: HouseStyle | null,
): string {
  if (number === '') return title;
  if (house === null) return formatText({ key: 'table.caption', values: { number, title } }, language, style);
  const parts: Readonly<Record<string, string>> = {
    number,
    title,
    roman: romanOf(number),
    TITLE: title.toLocaleUpperCase('en'),
  };
  return visibleText(house.caption[language].replace(/\{(\w+)\}/g, (slot, name: string) => parts[name] ?? slot));
}

/** A number in Roman figures; with letters beside its digits, `A1`, as it is. */
function romanOf(number: string): string {
  const value = Number(number);
  if (!Number.isInteger(value) || value < 1 || value > 399) return number;
  let left = value;
  let roman = '';
  for (const [sign, worth] of romanSigns) {
    for (; left >= worth; left -= worth) roman += sign;
  }
  return roman;
}

const romanSigns = [
  ['C', 100],
  ['XC', 90],
  ['L', 50],
  ['XL', 40],
  ['X', 10],
  ['IX', 9],
  ['V', 5],
  ['IV', 4],
  ['I', 1],
] as const;

/** Standard errors in a 95% interval of the normal. */
const intervalWidth = 3.92;

/** A row of estimates and the one of its standard errors have the decimals that keep an error from printing as zero. */
function styleOfRow(rows: readonly TableRow[], i: number, style: NumberStyle): NumberStyle {
  const row = at(rows, i);
  const errorsOf = (one: TableRow | undefined): (number | null)[] =>
    one?.cells.flatMap((cell) => {
      if (cell.kind === 'interval')
        return cell.low === null || cell.high === null ? [] : [(cell.high - cell.low) / intervalWidth];
      return cell.kind === 'statistic' && cell.isError === true ? [cell.value] : [];
    }) ?? [];
  const own = errorsOf(row);
  const next = errorsOf(rows[i + 1]);
  // Without an error beside it or below an estimate is shown by its own size.
  const sizes = row.cells.flatMap((cell) =>
    cell.kind === 'estimate' && cell.value !== null ? [Math.abs(cell.value)] : [],
  );
  const errors = own.length > 0 ? own : next.length > 0 ? next : sizes;
  const isOfEstimates = row.cells.some(
    ({ kind }) => kind === 'estimate' || kind === 'statistic' || kind === 'interval',
  );
  if (errors.length === 0 || !isOfEstimates) return style;
  const estimate = decimalsOfErrors(errors, style.decimals.estimate);
  return {
    ...style,
    decimals: { ...style.decimals, estimate, statistic: own.length > 0 ? estimate : style.decimals.statistic },
  };
}

function formatRow(row: TableRow, language: Language, style: NumberStyle): FormattedRow {
  const label = formatCell(row.label, language, style);
  return {
    id: row.id,
    label: { ...label, align: 'start' },
    alone: row.aloneLabel === undefined ? label.text : formatText(row.aloneLabel, language, style),
    cells: row.cells.map((cell) => formatCell(cell, language, style)),
    isRuled: row.ruled ?? false,
    isHead: row.isHead ?? false,
    isIndented: row.isIndented ?? false,
  };
}

/** Plain numbers of a column with fewer decimals than their neighbours get white space in place of the digits they lack. */
function padded(rows: readonly FormattedRow[]): FormattedRow[] {
  const fractionOf = (cell: FormattedCell | undefined): number =>
    cell?.role === 'number' && /\d$/.test(cell.text) ? (cell.text.match(/\.\d+$/)?.[0].length ?? 0) : 0;
  const widest = rows.reduce<number[]>(
    (most, row) => row.cells.map((cell, j) => Math.max(most[j] ?? 0, fractionOf(cell))),
    [],
  );
  return rows.map((row) => ({
    ...row,
    cells: row.cells.map((cell, j) => {
      if (cell.role !== 'number' || !/\d$/.test(cell.text)) return cell;
      const lacking = at(widest, j) - fractionOf(cell);
      const pad = fractionOf(cell) === 0 && lacking > 0 ? `.${'0'.repeat(lacking - 1)}` : '0'.repeat(lacking);
      return { ...cell, pad };
    }),
  }));
}

/** One cell as text. */
export function formatCell(cell: Cell, language: Language, style: NumberStyle): FormattedCell {
  switch (cell.kind) {
    case 'empty':
      return words(cell.kind, '', 'start');
    case 'label':
      return words(cell.kind, formatText(cell.label, language, style), cell.align ?? 'start');
    case 'word':
      return { ...words(cell.kind, wordOf(cell.key, language), cell.align ?? 'end'), isAlert: cell.isAlert ?? false };
    case 'verbatim':
      return {
        ...words(cell.kind, visibleText(cell.text), cell.align ?? 'start'),
        ...(cell.isCode === true ? { isCode: true } : {}),
      };
    case 'estimate':
      return number(
        cell.kind,
        digitsOf(cell.value, cell.decimals ?? style.decimals.estimate, style),
        cell.value,
        starsOf(cell.p, style.stars),
      );
    case 'statistic': {
      const [open, close] = brackets[cell.bracket ?? 'round'];
      const digits = digitsOf(cell.value, style.decimals.statistic, style);
      return number(cell.kind, open + digits, cell.value, close + starsOf(cell.p ?? null, style.stars));
    }
    case 'interval': {
      const low = digitsOf(cell.low, style.decimals.estimate, style);
      const high = digitsOf(cell.high, style.decimals.estimate, style);
      const exact =
        cell.low === null || cell.high === null ? '' : `[${formatExact(cell.low)}, ${formatExact(cell.high)}]`;
      return { role: cell.kind, text: `[${low}, ${high}`, hang: ']', pad: '', align: 'end', exact };
    }
    case 'p':
      return bracketed(formatP(cell.value, style, cell.least), cell);
    case 'count':
      return number(cell.kind, formatCount(cell.value, style), cell.value, '');
    case 'number': {
      const { printed } = cell;
      if (printed !== undefined) return number(cell.kind, visibleText(printed.text), cell.value, printed.hang);
      const isPlainZero = cell.value === 0 && style.hasPlainZero;
      const decimals = isPlainZero ? 0 : (cell.decimals ?? style.decimals.number);
      const digits = formatFixed(cell.value, decimals, style);
      return number(cell.kind, cell.isShare === true ? ofShare(digits, style) : digits, cell.value, '');
    }
  }
}

/** A number of a coefficient table: digits that count where the style has them, else decimals. */
function digitsOf(value: number | null, decimals: number, style: NumberStyle): string {
  return style.significant === undefined
    ? formatFixed(value, decimals, style)
    : formatSignificant(value, style.significant, style);
}

const brackets = { round: ['(', ')'], square: ['[', ']'], none: ['', ''] } as const;

function bracketed(digits: string, cell: Extract<Cell, { kind: 'p' }>): FormattedCell {
  const [open, close] = brackets[cell.bracket ?? 'none'];
  return number(cell.kind, open + digits, cell.value, close);
}

function words(role: Cell['kind'], text: string, align: FormattedCell['align']): FormattedCell {
  return { role, text, hang: '', pad: '', align, exact: text };
}

function number(role: Cell['kind'], text: string, value: number | null, hang: string): FormattedCell {
  return { role, text, hang, pad: '', align: 'end', exact: formatExact(value) };
}
