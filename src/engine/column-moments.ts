import { numberAt } from '../table/cell-at.ts';
import { read } from './contract.ts';
import type { SqlColumn } from './design-columns.ts';
import type { StagedSample } from './sample.ts';

/** Of one column over the sample. */
export interface Moments {
  readonly mean: number;
  readonly largest: number;
}

/** Weighted means and largest values of the columns, and of the weights. */
export function* momentsOf(
  { table, weight }: StagedSample,
  columns: readonly SqlColumn[],
  number: (value: number) => string,
) {
  const rough = columns.map(({ sql }, j) => `sum(${weight} * ${sql}) / sum(${weight}) AS m${j}`);
  const sizes = columns.map(({ sql }, j) => `max(abs(${sql})) AS l${j}`);
  const first = yield* read(
    'moments',
    `SELECT sum(${weight}) AS w, max(${weight}) AS lw, ${[...rough, ...sizes].join(', ')} FROM ${table}`,
  );
  const shifts = columns.map((_, j) => numberAt(first, `m${j}`));
  const left = columns.map(
    ({ sql }, j) => `sum(${weight} * (${sql} - ${number(shifts[j] ?? 0)})) / sum(${weight}) AS d${j}`,
  );
  const second = yield* read('moments', `SELECT ${left.join(', ')} FROM ${table}`);
  const moments = columns.map(
    (_, j): Moments => ({ mean: (shifts[j] ?? 0) + numberAt(second, `d${j}`), largest: numberAt(first, `l${j}`) }),
  );
  return { moments, totalWeight: { sum: numberAt(first, 'w'), largest: numberAt(first, 'lw') } };
}

/** Squares of the columns around their means and around zero. */
export function* spreadOf(
  { table, weight }: StagedSample,
  columns: readonly SqlColumn[],
  moments: readonly Moments[],
  { number, totalWeight }: { readonly number: (value: number) => string; readonly totalWeight: number },
) {
  const mean = (j: number): number => moments[j]?.mean ?? 0;
  const centred = columns.map(
    ({ sql }, j) => `sum(${weight} * (${sql} - ${number(mean(j))}) * (${sql} - ${number(mean(j))})) AS c${j}`,
  );
  const found = yield* read('moments', `SELECT ${centred.join(', ')} FROM ${table}`);
  const squares = columns.map((_, j) => numberAt(found, `c${j}`));
  return { centred: squares, raw: squares.map((value, j) => value + totalWeight * mean(j) ** 2) };
}
