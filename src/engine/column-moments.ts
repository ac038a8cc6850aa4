import { numberAt } from '../table/cell-at.ts';
import { read } from './contract.ts';
import type { SqlColumn } from './design-columns.ts';
import type { StagedSample } from './sample.ts';

/** Of one column over the sample. */
export interface Moments {
  readonly mean: number;
  readonly largest: number;
}

/** Weighted means, squares around them and around zero, and largest values of the columns, and of the weights. */
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
  // Around the rough means: what they are off by is small, and its square is taken off again.
  const sums = columns.flatMap(({ sql }, j) => {
    const deviation = `(${sql} - ${number(shifts[j] ?? 0)})`;
    return [`sum(${weight} * ${deviation}) AS d${j}`, `sum(${weight} * ${deviation} * ${deviation}) AS c${j}`];
  });
  const second = yield* read('moments', `SELECT ${sums.join(', ')} FROM ${table}`);
  const total = numberAt(first, 'w');
  const off = columns.map((_, j) => numberAt(second, `d${j}`) / total);
  const moments = columns.map(
    (_, j): Moments => ({ mean: (shifts[j] ?? 0) + (off[j] ?? 0), largest: numberAt(first, `l${j}`) }),
  );
  const centred = columns.map((_, j) => Math.max(0, numberAt(second, `c${j}`) - total * (off[j] ?? 0) ** 2));
  const raw = centred.map((value, j) => value + total * (moments[j]?.mean ?? 0) ** 2);
  return { moments, spread: { centred, raw }, totalWeight: { sum: total, largest: numberAt(first, 'lw') } };
}
