import { type Expected, said } from '../error/said.ts';
import { StudyError } from '../error/study-error.ts';
import type { Column, ColumnTable } from './column.ts';
import { columnLength, columnTable, numberColumn, textColumn } from './column.ts';

/** What a cell of a row or a column may be. True and false are 1 and 0, a date is its text, null, undefined and NaN are missing. */
export type CellValue = number | string | boolean | bigint | Date | null | undefined;

/** One row by the names of its columns. */
export type Row = Readonly<Record<string, CellValue>>;

/** The values of a column, or a column as it is. */
export type ColumnValues = ArrayLike<CellValue> | Column;

/**
 * A table from rows, as a JSON file or a query gives them. Columns stand in the order in which the rows name them; a name that a
 * row lacks is a missing cell. A column is of numbers or of text as its values are: text is never read as a number.
 * @throws bad-table where a column has both, or a value that is no cell
 * @example fromRows([{ firm: 'a', year: 2001, y: 1.5 }, { firm: 'a', year: 2002, y: null }])
 */
export function fromRows(rows: readonly Row[]): ColumnTable {
  requireShape(Array.isArray(rows), rows, said('table.rows'));
  rows.forEach((row, i) => {
    requireShape(isMapping(row), row, said('table.row_object', { row: i + 1 }));
  });
  const names = new Set<string>();
  for (const row of rows) for (const name of Object.keys(row)) names.add(name);
  const columns: Record<string, Column> = Object.create(null);
  for (const name of names) {
    columns[name] = columnOfValues(
      requireName(name),
      rows.map((row) => (Object.hasOwn(row, name) ? row[name] : undefined)),
    );
  }
  return { ...columnTable(columns), nrow: rows.length };
}

/**
 * A table from columns by their names: arrays, typed arrays, or columns made by `numberColumn` and `textColumn`.
 * @throws bad-table where lengths differ, a column has numbers and text, or a value is no cell
 * @example fromColumns({ firm: ['a', 'a'], year: [2001, 2002], y: Float64Array.of(1.5, 2) })
 */
export function fromColumns(columns: Readonly<Record<string, ColumnValues>>): ColumnTable {
  requireShape(isMapping(columns), columns, said('table.columns'));
  const made: Record<string, Column> = Object.create(null);
  let first: { readonly name: string; readonly length: number } | null = null;
  for (const [name, values] of Object.entries(columns)) {
    requireName(name);
    requireShape(typeof values === 'object' && values !== null, values, said('table.values', { name }));
    const column = 'kind' in values ? values : columnOfValues(name, values);
    const length = columnLength(column);
    first ??= { name, length };
    if (length !== first.length) {
      const expected = said('table.length_of', { length: String(first.length), name: first.name });
      throw new StudyError('bad-table', { reason: 'length', name, row: null, found: String(length), expected });
    }
    made[name] = column;
  }
  return columnTable(made);
}

function isMapping(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** @throws bad-table for what is no table of any form, as values of languages without types may be */
function requireShape(isRight: boolean, found: unknown, expected: Expected): void {
  if (isRight) return;
  const kind: Expected =
    found === null || found === undefined
      ? String(found)
      : Array.isArray(found)
        ? said('shown.list')
        : said('table.type', { type: typeof found });
  throw new StudyError('bad-table', { reason: 'shape', name: '', row: null, found: kind, expected });
}

/** A column that a formula can name. @throws bad-table */
function requireName(name: string): string {
  if (name.trim() !== '') return name;
  const detail = { name, row: null, found: JSON.stringify(name), expected: said('table.name') };
  throw new StudyError('bad-table', { reason: 'name', ...detail });
}

/** Whether something is a table already. */
export function isColumnTable(data: unknown): data is ColumnTable {
  return typeof data === 'object' && data !== null && 'nrow' in data && 'names' in data && 'columns' in data;
}

function columnOfValues(name: string, values: ArrayLike<CellValue>): Column {
  if (values instanceof Float64Array) return numberColumn(values);
  const cells = Array.from(values, (value, i) => cellOf(name, value, i));
  const text = cells.findIndex((cell) => typeof cell === 'string');
  // `cellOf` gives numbers, texts and null; here there is no text.
  if (text < 0) return numberColumn(cells as readonly (number | null)[]);
  const number = cells.findIndex((cell) => typeof cell === 'number');
  if (number >= 0) {
    const [earlier, later] = [Math.min(text, number), Math.max(text, number)];
    const expected = typeof cells[earlier] === 'string' ? 'table.text_as' : 'table.number_as';
    throw badCell('mixed', name, later, values[later], said(expected, { row: earlier + 1 }));
  }
  return textColumn(cells as readonly (string | null)[]); // and here no number
}

/** A number, a text, or null for a missing cell. */
function cellOf(name: string, value: unknown, row: number): number | string | null {
  switch (typeof value) {
    case 'number':
      return Number.isNaN(value) ? null : value;
    case 'string':
      return value;
    case 'boolean':
      return value ? 1 : 0;
    case 'undefined':
      return null;
    case 'bigint':
      if (value === BigInt(Number(value)) && Number.isSafeInteger(Number(value))) return Number(value);
      throw badCell('cell', name, row, value, said('table.exact'));
    default:
      if (value === null) return null;
      if (value instanceof Date && !Number.isNaN(value.getTime())) return dateText(value);
      throw badCell('cell', name, row, value, said('table.cell'));
  }
}

/** `2001-02-03`, with the time (UTC) where it is not midnight. */
function dateText(date: Date): string {
  const text = date.toISOString();
  return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text;
}

function badCell(
  reason: 'mixed' | 'cell',
  name: string,
  row: number,
  value: unknown,
  expected: Expected,
): StudyError<'bad-table'> {
  const found =
    value instanceof Date ? 'Invalid Date' : typeof value === 'object' ? said('table.object') : String(value);
  return new StudyError('bad-table', { reason, name, row: row + 1, found, expected });
}
