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
export function groupStatistic(name: GroupFunction, [values, ...groups]: readonly Float64Array[]): Float64Array {
  const { codes, count } = combined(groups, values.length);
  const sums = new Float64Array(count);
  const counts = new Int32Array(count);
  for (let row = 0; row < values.length; row++) {
    if (codes[row] < 0 || Number.isNaN(values[row])) continue;
    sums[codes[row]] += values[row];
    counts[codes[row]] += 1;
  }
  const means = centred(values, codes, sums, counts);
  const squares = new Float64Array(count);
  if (name === 'sd') {
    for (let row = 0; row < values.length; row++) {
      if (codes[row] >= 0 && !Number.isNaN(values[row])) squares[codes[row]] += (values[row] - means[codes[row]]) ** 2;
    }
  }
  const ofGroup = (group: number): number => {
    const n = counts[group];
    switch (name) {
      case 'count':
        return n;
      case 'total':
        return n === 0 ? Number.NaN : sums[group];
      case 'mean':
        return n === 0 ? Number.NaN : means[group];
      case 'sd':
        return n < 2 ? Number.NaN : Math.sqrt(squares[group] / (n - 1));
    }
  };
  const found = Float64Array.from({ length: count }, (_, group) => ofGroup(group));
  return Float64Array.from(codes, (code) => (code < 0 ? Number.NaN : found[code]));
}

/** Means, corrected once for the rounding of their own sums. */
function centred(values: Float64Array, codes: Int32Array, sums: Float64Array, counts: Int32Array): Float64Array {
  const means = sums.map((sum, group) => sum / counts[group]);
  const rest = new Float64Array(sums.length);
  for (let row = 0; row < values.length; row++) {
    if (codes[row] >= 0 && !Number.isNaN(values[row])) rest[codes[row]] += values[row] - means[codes[row]];
  }
  return means.map((mean, group) => mean + rest[group] / counts[group]);
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
