import { at } from '../../error/at.ts';
import { limitOf, requireBudget } from '../../error/budget.ts';
import { isStudyError, type StudyError } from '../../error/study-error.ts';
import { type Column, type ColumnTable, ownColumns } from '../../table/column.ts';
import {
  identifierShape,
  isSurelyOneToOne,
  type NumberWays,
  noWays,
  numberOfText,
  readNumber,
} from '../../table/number-text.ts';
import { isOneToOne, notNumeric, withReading } from '../../table/text-reading.ts';
import { type ColumnNames, nameColumns } from '../column-names.ts';
import { fileError } from '../file-error.ts';
import { type RowLayout, type RowScanner, rowScanner } from './scan-rows.ts';
import { eachBlock, type TextBytes } from './text-bytes.ts';
import { type TextDictionary, textDictionary, widened } from './text-dictionary.ts';

/** A delimited text and how it is read. */
export interface DelimitedText extends RowLayout {
  /** How errors call the file. */
  readonly path: string;
  readonly text: TextBytes;
  /** Line of the file for each row below the header; null: the lines of the text. */
  readonly lines: ArrayLike<number> | null;
}

export interface ColumnRules {
  /** Columns that are text whatever they look like, and numbers whatever they are written like. */
  readonly text: readonly string[];
  readonly number: readonly string[];
  /** Cells that stand for a missing one, beside the empty cell. */
  readonly missing: readonly string[];
}

/** Rows that are looked at to guess which columns are text; the whole column decides in the end. */
const sniffedRows = 400;

/**
 * The columns of a delimited text whose first row is the header. A column is of numbers when every cell that is not missing
 * is one by this program's own grammar and none is written like an identifier (docs/methods/data-files.md).
 * @throws file-unreadable with the line, not-numeric for a column that was said to be of numbers, unknown-column
 */
export function readColumns(source: DelimitedText, rules: ColumnRules): { table: ColumnTable; header: ColumnNames } {
  const { cells, width } = headerOf(source);
  const isMissing = missingMarks(rules.missing);
  // The names that R writes above row names are one fewer than the cells: the first column has none.
  const padded = width === cells.length + 1 ? ['', ...cells] : null;
  const header = nameColumns(padded ?? cells);
  try {
    return { table: readAll(source, header, rules, isMissing), header };
  } catch (error) {
    if (padded === null || !isStudyError(error, 'file-unreadable')) throw error;
    const plain = nameColumns(cells);
    return { table: readAll(source, plain, rules, isMissing), header: plain };
  }
}

/** The cells of the header and the number of cells in the row below it, whose last one must not be empty to count as more. */
export function headerOf(source: DelimitedText): { cells: readonly string[]; width: number } {
  const decoder = new TextDecoder();
  const cells: string[] = [];
  const below: string[] = [];
  let row = 0;
  const scanner = rowScanner(
    source,
    (place, bytes, from, to) => {
      requireBudget('columns', place + 1, source.path);
      // A letter has three bytes at most here, so there are at least as many as this.
      if (row === 0) requireBudget('name', Math.floor((to - from) / 3), source.path);
      else requireBudget('cell', to - from, source.path);
      (row === 0 ? cells : below).push(decoder.decode(bytes.subarray(from, to)));
    },
    () => ++row < 2,
  );
  eachBlock(source.text, (bytes, from, end, isLast) => {
    const used = scanBlock(source, scanner, bytes, from, end, isLast);
    return row < 2 ? used : null;
  });
  if (cells.every((cell) => cell.trim() === '')) throw fileError(source.path, 'no-header', 1);
  return { cells, width: below.at(-1) === '' ? 0 : below.length };
}

/** @throws file-unreadable for a quote that is open at the end of the text */
export function scanBlock(
  { path }: DelimitedText,
  scanner: RowScanner,
  bytes: Uint8Array,
  from: number,
  end: number,
  isLast: boolean,
): number {
  const used = scanner.scan(bytes, from, end, isLast);
  if (isLast && scanner.isOpen()) throw fileError(path, 'unclosed-quote', scanner.line());
  return used;
}

/** Whether bytes are a mark of a missing cell; none at all always are. */
type MissingMarks = (bytes: Uint8Array, from: number, to: number) => boolean;

export interface KnownMarks {
  readonly is: MissingMarks;
  /** Whether some mark is a number, so that numbers must be looked at as well. */
  readonly hasNumber: boolean;
}

export function missingMarks(marks: readonly string[]): KnownMarks {
  const known = [...new Set(marks)].filter((mark) => mark !== '').map((mark) => new TextEncoder().encode(mark));
  const longest = known.reduce((most, mark) => Math.max(most, mark.length), 0);
  const isFirst = new Uint8Array(256);
  for (const mark of known) isFirst[at(mark, 0)] = 1;
  return {
    hasNumber: marks.some((mark) => numberOfText(mark) !== null),
    is: (bytes, from, to) => {
      if (from >= to) return true;
      if (to - from > longest || isFirst[bytes[from] ?? 0] === 0) return false;
      return known.some((mark) => mark.length === to - from && mark.every((byte, i) => byte === bytes[from + i]));
    },
  };
}

/** A column while it is read. */
interface Building {
  mode: 'number' | 'text' | 'pass';
  values: Float64Array;
  readonly ways: NumberWays;
  /** Whether a cell was no number; it is passed over from then on and read again as text. */
  isBroken: boolean;
  dictionary: TextDictionary | null;
}

function readAll(source: DelimitedText, header: ColumnNames, rules: ColumnRules, marks: KnownMarks): ColumnTable {
  const { names } = header;
  const asText = new Set(rules.text);
  const asNumber = new Set(rules.number);
  const pass = passOver(source, names.length, marks);
  const sniffed = pass(
    names.map((name) => (asText.has(name) ? 'text' : 'number')),
    sniffedRows,
  );
  const first = pass(
    names.map((name, j) =>
      asText.has(name) || (at(sniffed.columns, j).isBroken && !asNumber.has(name)) ? 'text' : 'number',
    ),
  );
  const { nrow, lines } = first;
  const isAsked = names.map((name, j) => {
    const { mode, isBroken, ways } = at(first.columns, j);
    if (mode === 'text') return false;
    return isBroken || (!asNumber.has(name) && identifierShape(ways) !== null) || !isSurelyOneToOne(ways);
  });
  const again = isAsked.includes(true)
    ? pass(isAsked.map((asked) => (asked ? 'text' : 'pass'))).columns
    : first.columns;
  const places = { unit: source.lines === null ? 'line' : 'row', at: source.lines ?? lines } as const;
  const columns = names.map((name, j): [string, Column] => {
    const built = at(first.columns, j);
    const dictionary = at(again, j).dictionary ?? built.dictionary;
    const isNumber = asNumber.has(name);
    const numbers: Column = { kind: 'number', values: built.values.subarray(0, nrow) };
    if (dictionary === null) return [name, numbers];
    const texts = dictionary.column(nrow);
    if (built.isBroken || built.mode === 'text' || (!isNumber && identifierShape(built.ways) !== null)) {
      const column = withReading(texts, asText.has(name), places);
      if (isNumber && !asText.has(name)) throw notNumeric(name, column, source.path);
      return [name, column];
    }
    return [name, isOneToOne(texts) ? numbers : { ...numbers, texts }];
  });
  const kept = columns.filter(([name, column]) => !header.unnamed.has(name) || hasCells(column));
  return { nrow, names: kept.map(([name]) => name), columns: ownColumns(kept) };
}

function hasCells(column: Column): boolean {
  return column.kind === 'text' ? column.levels.length > 0 : column.values.some((value) => !Number.isNaN(value));
}

interface Pass {
  readonly nrow: number;
  /** Line of every row. */
  readonly lines: Int32Array;
  readonly columns: readonly Building[];
}

/** Reads a text once, each column in its mode, up to a number of rows. */
function passOver(
  source: DelimitedText,
  width: number,
  marks: KnownMarks,
): (modes: readonly Building['mode'][], limit?: number) => Pass {
  return (modes, limit = Number.POSITIVE_INFINITY) => {
    const isShort = limit < Number.POSITIVE_INFINITY;
    let capacity = isShort ? limit + 1 : rowsBegun(source.text, width);
    const columns = modes.map(
      (mode): Building => ({
        mode,
        values: new Float64Array(mode === 'number' ? capacity : 0),
        ways: noWays(),
        isBroken: false,
        dictionary: mode === 'text' ? textDictionary(capacity) : null,
      }),
    );
    let lines = new Int32Array(capacity);
    let row = -1;
    const widest = limitOf('cell');
    const cell = (place: number, bytes: Uint8Array, from: number, to: number): void => {
      if (to - from > widest) requireBudget('cell', to - from, source.path);
      const column = row < 0 ? undefined : columns[place];
      if (column === undefined) return;
      if (column.dictionary !== null) {
        if (marks.is(bytes, from, to)) column.dictionary.miss(row);
        else column.dictionary.put(row, bytes, from, to);
        return;
      }
      if (column.mode === 'pass' || column.isBroken) return;
      if (from >= to || (marks.hasNumber && marks.is(bytes, from, to))) {
        column.values[row] = Number.NaN;
        return;
      }
      const value = readNumber(bytes, from, to, column.ways);
      if (Number.isNaN(value) && !marks.is(bytes, from, to)) column.isBroken = true;
      column.values[row] = value;
    };
    const endRow = (cells: number, line: number): boolean => {
      if (row >= 0) {
        if (cells !== width) throw raggedRow(source, width, cells, row, line);
        lines[row] = line;
      }
      row++;
      if (row >= capacity && !isShort) {
        capacity *= 2;
        lines = widened(lines, new Int32Array(capacity));
        for (const column of columns) {
          if (column.mode === 'number') column.values = widened(column.values, new Float64Array(capacity));
        }
      }
      return row < limit;
    };
    const scanner = rowScanner(source, cell, endRow);
    eachBlock(source.text, (bytes, from, end, isLast) => {
      const used = scanBlock(source, scanner, bytes, from, end, isLast);
      return row < limit ? used : null;
    });
    return { nrow: Math.max(row, 0), lines, columns };
  };
}

/** Rows that columns are given room for at first: not more than the text can have, whose cells are a byte each at least. */
function rowsBegun(text: TextBytes, width: number): number {
  const usual = 1 << 12;
  if (text.kind !== 'whole') return usual;
  return Math.max(1, Math.min(usual, Math.ceil(text.bytes.length / Math.max(1, width))));
}

export function raggedRow(
  { path, lines }: DelimitedText,
  width: number,
  cells: number,
  row: number,
  line: number,
): StudyError {
  return fileError(path, 'ragged-row', lines?.[row] ?? line, undefined, { expected: width, found: cells });
}
