import { numberAt } from '../table/cell-at.ts';
import { type Passes, read } from './contract.ts';
import type { SqlColumn } from './design-columns.ts';
import type { StagedSample } from './sample.ts';
import { weightedSum, weightTotal } from './weighted.ts';

/** Of one column over the sample. */
export interface Moments {
  readonly mean: number;
  readonly largest: number;
}

/** Rows that the number near the mean is of. */
const fewRows = 10_000;
/** Square of the distance of that number from the mean, in variances, up to which sums around it keep their digits. */
const mostOff = 16;

interface ColumnMoments {
  readonly moments: readonly Moments[];
  readonly spread: { readonly centred: readonly number[]; readonly raw: readonly number[] };
  readonly totalWeight: { readonly sum: number; readonly largest: number };
}

/** Weighted means, squares around them and around zero, and largest values of the columns, and of the weights. */
export function* momentsOf(
  { table, weight }: StagedSample,
  columns: readonly SqlColumn[],
  number: (value: number) => string,
): Passes<ColumnMoments> {
  const values = columns.map((_, j) => `avg(v${j}) AS m${j}`);
  const named = columns.map(({ sql }, j) => `${sql} AS v${j}`);
  const few = `(SELECT ${named.join(', ')} FROM ${table} LIMIT ${fewRows}) AS few`;
  const rough = yield* read('moments', `SELECT ${values.join(', ')} FROM ${few}`);
  let shifts = columns.map((_, j) => numberAt(rough, `m${j}`));
  const largestWeight = weight === null ? '1' : `max(${weight})`;
  for (let round = 0; ; round++) {
    // Around a number near the mean: what it is off by is small, and its square is taken off again.
    const sums = columns.flatMap(({ sql }, j) => {
      const deviation = `(${sql} - ${number(shifts[j] ?? 0)})`;
      return [
        `${weightedSum(weight, deviation)} AS d${j}`,
        `${weightedSum(weight, `${deviation} * ${deviation}`)} AS c${j}`,
        `greatest(max(${sql}), - min(${sql})) AS l${j}`,
      ];
    });
    const totals = `${weightTotal(weight)} AS w, ${largestWeight} AS lw`;
    const found = yield* read('moments', `SELECT ${[totals, ...sums].join(', ')} FROM ${table}`);
    const total = numberAt(found, 'w');
    const off = columns.map((_, j) => numberAt(found, `d${j}`) / total);
    const centred = columns.map((_, j) => Math.max(0, numberAt(found, `c${j}`) - total * (off[j] ?? 0) ** 2));
    const isNear = off.every((value, j) => total * value * value <= mostOff * (centred[j] ?? 0));
    const moments = columns.map(
      (_, j): Moments => ({ mean: (shifts[j] ?? 0) + (off[j] ?? 0), largest: numberAt(found, `l${j}`) }),
    );
    if (!isNear && round === 0) {
      shifts = moments.map(({ mean }) => mean);
      continue;
    }
    const raw = centred.map((value, j) => value + total * (moments[j]?.mean ?? 0) ** 2);
    return { moments, spread: { centred, raw }, totalWeight: { sum: total, largest: numberAt(found, 'lw') } };
  }
}
