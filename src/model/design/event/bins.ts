import type { EventBins, EventRange } from '../../formula/ast.ts';

/**
 * Whole numbers in bins, each called after its first value or as the bin says: fixest's `bin`. `bin::k` has the values with the same
 * floor(x / k), `!bin::k` every k neighbours from the first value on, `!!bin::k` from the last.
 */
export function binned(values: Float64Array, bins: EventBins | undefined): Float64Array {
  if (bins === undefined) return values;
  const distinct = [...new Set(values)].filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
  const names = bins.kind === 'every' ? everyNames(distinct, bins) : groupNames(distinct, bins);
  return values.map((value) => names.get(value) ?? value);
}

function everyNames(
  distinct: readonly number[],
  { width, origin }: Extract<EventBins, { kind: 'every' }>,
): ReadonlyMap<number, number> {
  const n = distinct.length;
  const groupOf = (value: number, i: number): number =>
    origin === 'zero' ? Math.floor(value / width) : Math.floor((origin === 'first' ? i : n - 1 - i) / width);
  const first = new Map<number, number>();
  distinct.forEach((value, i) => {
    const group = groupOf(value, i);
    if (!first.has(group)) first.set(group, value);
  });
  return new Map(distinct.map((value, i) => [value, first.get(groupOf(value, i)) ?? value]));
}

function groupNames(
  distinct: readonly number[],
  { groups }: Extract<EventBins, { kind: 'groups' }>,
): ReadonlyMap<number, number> {
  const names = new Map<number, number>();
  for (const { name, values } of groups) {
    const members = rangeValues(values, distinct).filter((value) => distinct.includes(value));
    for (const value of members) names.set(value, name ?? members[0] ?? value);
  }
  return names;
}

/** The numbers of ranges, in the order in which they are written. @param present ascending; `.F` and `.L` are its ends */
export function rangeValues(ranges: readonly EventRange[], present: readonly number[]): readonly number[] {
  return ranges.flatMap(({ origin, from, to }) => {
    const start = origin === 'zero' ? 0 : origin === 'first' ? (present[0] ?? 0) : (present.at(-1) ?? 0);
    const step = from <= to ? 1 : -1;
    return Array.from({ length: Math.abs(to - from) + 1 }, (_, k) => start + from + step * k);
  });
}
