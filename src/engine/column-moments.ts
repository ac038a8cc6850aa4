import type { Matrix } from '../math/matrix.ts';
import { zeros } from '../math/matrix.ts';
import { numberAt } from '../table/cell-at.ts';
import { type Passes, read } from './contract.ts';
import type { SqlColumn } from './design-columns.ts';
import { pairsOf } from './net-table.ts';
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
  /** Products of the columns less their means; null of many columns. */
  readonly products: Matrix | null;
}

/** Columns up to which their products are made on the way. */
const mostColumns = 12;

/** Weighted means, squares around them and around zero, and largest values of the columns, and of the weights. */
export function* momentsOf(
  { table, weight, isWhole }: StagedSample,
  columns: readonly SqlColumn[],
  number: (value: number) => string,
): Passes<ColumnMoments> {
  const values = columns.map((_, j) => `avg(v${j}) AS m${j}`);
  const named = columns.map(({ sql }, j) => `${sql} AS v${j}`);
  const few = `(SELECT ${named.join(', ')} FROM ${table} LIMIT ${fewRows}) AS few`;
  const rough = yield* read('moments', `SELECT ${values.join(', ')} FROM ${few}`);
  // A sum that overflowed is no place to measure from; the size of its numbers is refused by whoever asks.
  let shifts = columns.map((_, j) => finiteOr(numberAt(rough, `m${j}`), 0));
  const largestWeight = weight === null ? '1' : `max(${weight})`;
  // Files of columns tell the ends of all their rows without being read.
  const ends = columns.map(({ sql }, j) => `greatest(max(${sql}), - min(${sql})) AS l${j}`);
  const sizes = isWhole ? yield* read('moments', `SELECT ${ends.join(', ')} FROM ${table}`) : null;
  const pairs = columns.length > mostColumns ? [] : pairsOf(columns.length).filter(([a, b]) => a !== b);
  for (let round = 0; ; round++) {
    const deviationOf = (j: number): string => `(${columns[j]?.sql} - ${number(shifts[j] ?? 0)})`;
    // Around a number near the mean: what it is off by is small, and its square is taken off again.
    const sums = columns.flatMap((_, j) => {
      const deviation = deviationOf(j);
      return [
        `${weightedSum(weight, deviation)} AS d${j}`,
        `${weightedSum(weight, `${deviation} * ${deviation}`)} AS c${j}`,
      ];
    });
    const products = pairs.map(
      ([a, b]) => `${weightedSum(weight, `${deviationOf(a)} * ${deviationOf(b)}`)} AS q${a}_${b}`,
    );
    const totals = `${weightTotal(weight)} AS w, ${largestWeight} AS lw`;
    const found = yield* read(
      'moments',
      `SELECT ${[totals, ...sums, ...products, ...(sizes === null ? ends : [])].join(', ')} FROM ${table}`,
    );
    const total = numberAt(found, 'w');
    const off = columns.map((_, j) => numberAt(found, `d${j}`) / total);
    const centred = columns.map((_, j) => Math.max(0, numberAt(found, `c${j}`) - total * (off[j] ?? 0) ** 2));
    const isNear = off.every((value, j) => total * value * value <= mostOff * (centred[j] ?? 0));
    const moments = columns.map(
      (_, j): Moments => ({ mean: (shifts[j] ?? 0) + (off[j] ?? 0), largest: numberAt(sizes ?? found, `l${j}`) }),
    );
    if (!isNear && round === 0) {
      shifts = moments.map(({ mean }) => finiteOr(mean, 0));
      continue;
    }
    const raw = centred.map((value, j) => value + total * (moments[j]?.mean ?? 0) ** 2);
    const around = zeros(columns.length, columns.length);
    for (const [a, b] of [...pairs, ...columns.map((_, j) => [j, j] as const)]) {
      const own = a === b ? (centred[a] ?? 0) : numberAt(found, `q${a}_${b}`) - total * (off[a] ?? 0) * (off[b] ?? 0);
      around.data[a + b * around.nrow] = own;
      around.data[b + a * around.nrow] = own;
    }
    return {
      ...{ moments, spread: { centred, raw }, totalWeight: { sum: total, largest: numberAt(found, 'lw') } },
      products: columns.length > mostColumns ? null : around,
    };
  }
}

const finiteOr = (value: number, other: number): number => (Number.isFinite(value) ? value : other);
