import { at } from '../../error/at.ts';
import type { Column } from '../column.ts';
import { factorOf } from '../factor.ts';

/**
 * A number of a group for each of its rows, over the observed cells of the first argument; further arguments part the rows into
 * groups, none of them: all rows are one.
 */
export const groupFunctions = ['mean', 'sd', 'total', 'count'] as const;
export type GroupFunction = (typeof groupFunctions)[number];

/** The place of the first argument that sorts rows into groups; null for a function without any. */
export function firstGroupArgument(name: string): number | null {
  if (name === 'winsor' || name === 'winsor7') return 3;
  return groupFunctions.some((known) => known === name) ? 1 : null;
}

/** Cells of a column as codes of groups: equal cells have equal numbers, a missing one NaN. Text groups as well as numbers. */
export function groupCodes(column: Column): Float64Array {
  if (column.kind === 'number' && column.texts === undefined) return column.values;
  return Float64Array.from(factorOf(column).codes, (code) => (code < 0 ? Number.NaN : code));
}

/**
 * A statistic of the group of every row: the mean, the standard deviation (divisor n - 1), the sum, or how many cells are
 * observed. NaN where the row has no group, and where its group has no (for `sd` less than two) observed cells.
 */
export function groupStatistic(name: GroupFunction, args: readonly Float64Array[]): Float64Array {
  const [values, groups] = [at(args, 0), args.slice(1)];
  const { codes, count } = combined(groups, values.length);
  const sums = new Float64Array(count);
  const counts = new Int32Array(count);
  eachObserved(values, codes, (value, group) => {
    sums[group] = (sums[group] ?? 0) + value;
    counts[group] = (counts[group] ?? 0) + 1;
  });
  const means = centred(values, codes, sums, counts);
  const squares = new Float64Array(count);
  if (name === 'sd') {
    eachObserved(values, codes, (value, group) => {
      squares[group] = (squares[group] ?? 0) + (value - (means[group] ?? Number.NaN)) ** 2;
    });
  }
  const ofGroup = (group: number): number => {
    const n = counts[group] ?? 0;
    switch (name) {
      case 'count':
        return n;
      case 'total':
        return n === 0 ? Number.NaN : (sums[group] ?? Number.NaN);
      case 'mean':
        return n === 0 ? Number.NaN : (means[group] ?? Number.NaN);
      case 'sd':
        return n < 2 ? Number.NaN : Math.sqrt((squares[group] ?? Number.NaN) / (n - 1));
    }
  };
  const found = Float64Array.from({ length: count }, (_, group) => ofGroup(group));
  return Float64Array.from(codes, (code) => found[code] ?? Number.NaN);
}

/** Cells that are filled, in rows that have a group. */
function eachObserved(values: Float64Array, codes: Int32Array, take: (value: number, group: number) => void): void {
  codes.forEach((group, row) => {
    const value = values[row] ?? Number.NaN;
    if (group >= 0 && !Number.isNaN(value)) take(value, group);
  });
}

/** Means, corrected once for the rounding of their own sums. */
function centred(values: Float64Array, codes: Int32Array, sums: Float64Array, counts: Int32Array): Float64Array {
  const means = sums.map((sum, group) => sum / (counts[group] ?? 0));
  const rest = new Float64Array(sums.length);
  eachObserved(values, codes, (value, group) => {
    rest[group] = (rest[group] ?? 0) + value - (means[group] ?? Number.NaN);
  });
  return means.map((mean, group) => mean + (rest[group] ?? Number.NaN) / (counts[group] ?? 0));
}

/** One code for every combination of groups; -1 where one is missing. */
function combined(groups: readonly Float64Array[], nrow: number): { codes: Int32Array; count: number } {
  const codes = new Int32Array(nrow);
  if (groups.length === 0) return { codes, count: 1 };
  const known = new Map<string, number>();
  for (let row = 0; row < nrow; row++) {
    const cells = groups.map((group) => group[row]);
    if (cells.some(Number.isNaN)) codes[row] = -1;
    else {
      const key = cells.join(' ');
      const code = known.get(key) ?? known.size;
      known.set(key, code);
      codes[row] = code;
    }
  }
  return { codes, count: known.size };
}
