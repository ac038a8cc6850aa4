import { requireBudget } from '../../error/budget.ts';
import { StudyError } from '../../error/study-error.ts';
import type { ColumnTable } from '../../table/column.ts';
import { numericColumn } from '../../table/expression/evaluate.ts';
import type { RowChoice } from './row-choice.ts';

/** What a number of rows cannot be. */
type FrequencyFault = 'negative' | 'infinite' | 'fraction' | 'missing';

function faultOf(value: number): FrequencyFault | null {
  if (Number.isInteger(value)) return value < 0 ? 'negative' : null;
  if (Number.isNaN(value)) return 'missing';
  return Number.isFinite(value) ? 'fraction' : 'infinite';
}

/**
 * How many rows each row of the table stands for; of one that is not kept 0 where it does not say.
 * @param kept nrow marks; null: all rows
 * @throws unknown-column, not-numeric; bad-weight with the first kept row that is no whole number
 */
export function rowCopies(table: ColumnTable, frequency: string, kept: Uint8Array | null): Float64Array {
  const where = `frequency ${frequency}`;
  const values = numericColumn(table, frequency, where);
  const copies = new Float64Array(table.nrow);
  let first = -1;
  let count = 0;
  for (let row = 0; row < copies.length; row++) {
    const reason = faultOf(values[row]);
    if (reason === null) copies[row] = values[row];
    else if (kept === null || kept[row] !== 0) {
      if (first < 0) first = row;
      count += 1;
    }
  }
  if (first >= 0) throw badCopies(frequency, { row: first + 1, value: values[first], count });
  return copies;
}

/** @param row from 1 */
export function badCopies(
  frequency: string,
  { row, value, count }: { readonly row: number; readonly value: number; readonly count: number },
): StudyError<'bad-weight'> {
  const detail = { where: `frequency ${frequency}`, weights: frequency, row, value: String(value), count };
  return new StudyError('bad-weight', { ...detail, reason: faultOf(value) ?? 'missing', isFrequency: true });
}

/** A choice with every row as often as it counts, so that all that is made of its rows is that of the rows written out. @throws over-budget */
export function repeatedRows({ rows }: RowChoice, kept: Uint8Array | null, copies: Float64Array): RowChoice {
  const chosen = rows?.length ?? copies.length;
  let total = 0;
  for (let i = 0; i < chosen; i++) total += copies[rows?.[i] ?? i];
  requireBudget('cells', total, 'frequency');
  const repeated = new Int32Array(total);
  let at = 0;
  for (let i = 0; i < chosen; i++) {
    const row = rows?.[i] ?? i;
    repeated.fill(row, at, at + copies[row]);
    at += copies[row];
  }
  const [all, passed] = [copies.reduce((sum, one) => sum + one, 0), keptCopies(copies, kept)];
  return { rows: repeated, where: all - passed, split: passed - total };
}

function keptCopies(copies: Float64Array, kept: Uint8Array | null): number {
  return copies.reduce((sum, one, row) => (kept === null || kept[row] !== 0 ? sum + one : sum), 0);
}
