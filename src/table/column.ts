import { StudyError } from '../error/study-error.ts';

/** A numeric column; NaN is a missing cell (the only place where NaN is allowed to stand for something). */
export interface NumberColumn {
  readonly kind: 'number';
  readonly values: Float64Array;
  /**
   * The cells as they were written, where two texts stand for one number (1 and 1.0): whoever groups by the column groups by
   * these, whoever computes with it takes the values.
   */
  readonly texts?: TextColumn;
  /** What the numbers count from 1960, by the display format of the file. */
  readonly counts?: CountedUnit;
}

/** Units that Stata counts from 1960; `clock`: thousandths of a second. */
export type CountedUnit = 'half' | 'quarter' | 'month' | 'week' | 'day' | 'clock';

/** A text column, dictionary-coded: `levels[codes[i]]` is the cell, code -1 a missing cell. Levels are sorted by code unit. */
export interface TextColumn {
  readonly kind: 'text';
  readonly codes: Int32Array;
  readonly levels: readonly string[];
  /** Why it is text, of a column of a data file. */
  readonly reading?: TextReading;
}

/** Why a column of a data file is text, for whoever asks it for numbers. */
export interface TextReading {
  /**
   * `cells`: some cell is no number. `leading-zero`, `beyond-exact`, `plus-sign`, `exponent`: its numbers are written like
   * identifiers. `declared`: the file or the user says so.
   */
  readonly reason: 'cells' | IdentifierShape | 'declared';
  /**
   * The first cell that made it text. `at` is the line of a text file, or the row of a sheet or of a table that has no lines,
   * from 1.
   */
  readonly first: { readonly text: string; readonly at: number; readonly unit: 'line' | 'row' } | null;
  /** How many cells are no numbers, and how many are filled. */
  readonly notNumbers: number;
  readonly filled: number;
}

/** How whole numbers are written that are identifiers rather than amounts. */
export type IdentifierShape = 'leading-zero' | 'beyond-exact' | 'plus-sign' | 'exponent';

export type Column = NumberColumn | TextColumn;

/** A table of columns of one length. Order of `names` is the order of the source. */
export interface ColumnTable {
  readonly nrow: number;
  readonly names: readonly string[];
  readonly columns: Readonly<Record<string, Column>>;
}

/** A numeric column from any list of numbers; null and undefined become missing. */
export function numberColumn(values: ArrayLike<number | null | undefined>): NumberColumn {
  const out = new Float64Array(values.length);
  for (let i = 0; i < out.length; i++) out[i] = values[i] ?? Number.NaN;
  return { kind: 'number', values: out };
}

/** A text column from a list of strings; null and undefined become missing. */
export function textColumn(values: ArrayLike<string | null | undefined>): TextColumn {
  // One look at each text: codes in the order of appearance, then their places among the sorted levels.
  const seen = new Map<string, number>();
  const codes = new Int32Array(values.length);
  for (let i = 0; i < codes.length; i++) {
    const value = values[i] ?? null;
    if (value === null) {
      codes[i] = -1;
      continue;
    }
    const known = seen.get(value) ?? seen.size;
    if (known === seen.size) seen.set(value, known);
    codes[i] = known;
  }
  const levels = [...seen.keys()].sort();
  const places = new Int32Array(levels.length);
  levels.forEach((level, code) => {
    places[seen.get(level) ?? 0] = code;
  });
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i] ?? -1;
    if (code >= 0) codes[i] = places[code] ?? -1;
  }
  return { kind: 'text', codes, levels };
}

/** Columns by name, without a prototype: `constructor` is a column like any other, `__proto__` is one, and none is there unasked. */
export function ownColumns(entries: Iterable<readonly [string, Column]>): Readonly<Record<string, Column>> {
  const own: Record<string, Column> = Object.create(null);
  for (const [name, column] of entries) own[name] = column;
  return own;
}

/** A table from named columns, in their order. All columns must have the same length. */
export function columnTable(columns: Readonly<Record<string, Column>>): ColumnTable {
  const names = Object.keys(columns);
  const own = ownColumns(Object.entries(columns));
  const [nrow = 0] = Object.values(columns).map(columnLength);
  for (const [name, column] of Object.entries(columns)) {
    if (columnLength(column) !== nrow) throw new RangeError(`column ${name}: length differs from ${nrow}`);
  }
  return { nrow, names, columns: own };
}

/**
 * The column `name` of a table that is known to have it.
 * @throws StudyError `internal` where it has not
 */
export function columnNamed(table: ColumnTable, name: string): Column {
  const column = Object.hasOwn(table.columns, name) ? table.columns[name] : undefined;
  if (column === undefined) throw new StudyError('internal', { reason: `no column ${name}` });
  return column;
}

export function columnLength(column: Column): number {
  return column.kind === 'number' ? column.values.length : column.codes.length;
}

/** The rows of `table` that `kept` marks, in their order; all of them without marks. */
export function takeMarked(table: ColumnTable, kept: Uint8Array | null): ColumnTable {
  return kept === null ? table : takeRows(table, markedRows(kept));
}

/** Positions of the marks, ascending. */
export function markedRows(kept: Uint8Array): Int32Array {
  let count = 0;
  for (const mark of kept) count += mark;
  const rows = new Int32Array(count);
  for (let i = 0, at = 0; i < kept.length; i++) if (kept[i] === 1) rows[at++] = i;
  return rows;
}

/** The rows of `table` at `rows`, in that order. */
export function takeRows(table: ColumnTable, rows: Int32Array): ColumnTable {
  const columns = table.names.map((name): [string, Column] => [name, takeCells(columnNamed(table, name), rows)]);
  return { nrow: rows.length, names: table.names, columns: ownColumns(columns) };
}

function takeCells(column: Column, rows: Int32Array): Column {
  if (column.kind === 'text') return takeTexts(column, rows);
  const values = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) values[i] = column.values[rows[i] ?? -1] ?? Number.NaN;
  const texts = column.texts === undefined ? {} : { texts: takeTexts(column.texts, rows) };
  return { ...column, values, ...texts };
}

function takeTexts(column: TextColumn, rows: Int32Array): TextColumn {
  const codes = new Int32Array(rows.length);
  for (let i = 0; i < rows.length; i++) codes[i] = column.codes[rows[i] ?? -1] ?? -1;
  return { ...column, codes };
}

/** The text of a cell as an identifier: as it was written, else the shortest text of its number; null where it is missing. */
export function cellText(column: Column, row: number): string | null {
  if (column.kind === 'text') return textCell(column, row);
  if (column.texts !== undefined) return textCell(column.texts, row);
  const value = column.values[row] ?? Number.NaN;
  // Adding 0 turns -0 into 0.
  return Number.isNaN(value) ? null : String(value + 0);
}

function textCell({ codes, levels }: TextColumn, row: number): string | null {
  return levels[codes[row] ?? -1] ?? null;
}
