import { at } from '../error/at.ts';
import { StudyError } from '../error/study-error.ts';
import { type ColumnTable, columnNamed } from './column.ts';

/** A cell of a numeric column, the first one by default; NaN when missing. @throws internal when there is no such column */
export function numberAt(rows: ColumnTable, name: string, row = 0): number {
  const column = rows.columns[name];
  if (column?.kind !== 'number') throw new StudyError('internal', { reason: `no numeric column ${name}` });
  return at(column.values, row);
}

/** A cell of a numeric column; null when missing, and where there is no numeric column of that name. */
export function numberOrNull(rows: ColumnTable, name: string, row: number): number | null {
  const column = rows.columns[name];
  if (column?.kind !== 'number') return null;
  const value = at(column.values, row);
  return Number.isNaN(value) ? null : value;
}

/** A cell as text, the first one by default; empty when missing. @throws internal when there is no such column */
export function textAt(rows: ColumnTable, name: string, row = 0): string {
  const column = columnNamed(rows, name);
  if (column.kind === 'number') {
    const value = at(column.values, row);
    return Number.isNaN(value) ? '' : String(value);
  }
  const code = at(column.codes, row);
  return code < 0 ? '' : at(column.levels, code);
}

/** The rows of a table as texts by column; a missing cell is empty. */
export function textRows(table: ColumnTable): Readonly<Record<string, string>>[] {
  return Array.from({ length: table.nrow }, (_, row) =>
    Object.fromEntries(table.names.map((name) => [name, textAt(table, name, row)])),
  );
}
