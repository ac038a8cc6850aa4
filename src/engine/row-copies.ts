import type { Dialect } from '../data/sql/dialect.ts';
import { badCopies } from '../model/design/frequency.ts';
import { numberAt, numberOrNull } from '../table/cell-at.ts';
import { type Passes, read } from './contract.ts';

/** The column of how many rows each row stands for, and its values as SQL. */
export interface RowCopies {
  readonly name: string;
  readonly sql: string;
}

/** Whether a row says how many rows it stands for: a whole number. */
export function isCount({ sql }: RowCopies, { infinity }: Dialect): string {
  return `coalesce(${sql} >= 0 AND ${sql} < ${infinity} AND floor(${sql}) = ${sql}, FALSE)`;
}

/** Rows of a table: those that its rows stand for. */
export function countOfRows(copies: string | null): string {
  return copies === null ? 'count(*)' : `sum(${copies})`;
}

/** @throws bad-weight with the first row that the filter keeps and that is no number of rows */
export function* refuseCopies(
  copies: RowCopies,
  dialect: Dialect,
  { from, filtered, count }: { readonly from: string; readonly filtered: string; readonly count: number },
): Passes<never> {
  const numbered = `SELECT ${dialect.rowNumber} AS place, ${filtered} AS kept, ${isCount(copies, dialect)} AS fine, ${copies.sql} AS copies FROM ${from}`;
  const found = yield* read(
    'losses',
    `SELECT place, copies FROM (${numbered}) AS numbered WHERE kept AND NOT fine ORDER BY place LIMIT 1`,
  );
  const value = numberOrNull(found, 'copies', 0) ?? Number.NaN;
  throw badCopies(copies.name, { row: numberAt(found, 'place'), value, count });
}
