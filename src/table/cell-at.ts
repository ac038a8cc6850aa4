import { StudyError } from '../error/study-error.ts';
import type { ColumnTable } from './column.ts';

/** A cell of a numeric column, the first one by default; NaN when missing. @throws internal when there is no such column */
export function numberAt(rows: ColumnTable, name: string, row = 0): number {
  const column = rows.columns[name];
  if (column?.kind !== 'number') throw new StudyError('internal', { reason: `no numeric column ${name}` });
  return column.values[row];
}

/** A cell as text, the first one by default; empty when missing. @throws internal when there is no such column */
export function textAt(rows: ColumnTable, name: string, row = 0): string {
  const column = rows.columns[name];
  if (column === undefined) throw new StudyError('internal', { reason: `no column ${name}` });
  if (column.kind === 'number') return Number.isNaN(column.values[row]) ? '' : String(column.values[row]);
  return column.codes[row] < 0 ? '' : column.levels[column.codes[row]];
}
