import { at } from '../error/at.ts';

/** Whose percentiles: of Stata's `summarize, detail`, or of R's `quantile` (type 7), which is numpy's and pandas' too. */
export const percentileRules = ['stata', 'r7'] as const;
export type PercentileRule = (typeof percentileRules)[number];

/**
 * A percentile by a rule.
 * @param sorted ascending, without missing values
 * @param p percent, above 0 and below 100
 * @returns null for an empty list
 */
export function percentile(sorted: Float64Array, p: number, rule: PercentileRule): number | null {
  return percentileAt(sorted.length, p, rule, (rank) => at(sorted, rank));
}

/** The same of `count` numbers, which are asked for by their ranks from 0. */
export function percentileAt(
  count: number,
  p: number,
  rule: PercentileRule,
  valueAt: (rank: number) => number,
): number | null {
  if (count === 0) return null;
  return rule === 'stata' ? stataAt(count, p, valueAt) : type7At(count, p, valueAt);
}

/**
 * A percentile as Stata's `summarize, detail` and `_pctile` define it: with n p / 100 a whole number i, the mean of the i-th
 * and the next value, else the value at the next rank.
 * @param sorted ascending, without missing values
 * @param p percent, above 0 and below 100
 * @returns null for an empty list
 */
export function stataPercentile(sorted: Float64Array, p: number): number | null {
  return percentile(sorted, p, 'stata');
}

function stataAt(count: number, p: number, valueAt: (rank: number) => number): number {
  const product = count * p;
  const rank = Math.floor(product / 100);
  if (product % 100 !== 0) return valueAt(rank);
  return (valueAt(Math.max(rank - 1, 0)) + valueAt(Math.min(rank, count - 1))) / 2;
}

/**
 * A percentile by linear interpolation between order statistics, at 1 + (n - 1) p / 100: R's `quantile` type 7, numpy's default,
 * DescTools' Winsorize.
 * @param sorted ascending, without missing values
 * @param p percent, from 0 to 100
 * @returns null for an empty list
 */
export function type7Percentile(sorted: Float64Array, p: number): number | null {
  return percentile(sorted, p, 'r7');
}

function type7At(count: number, p: number, valueAt: (rank: number) => number): number {
  const place = ((count - 1) * p) / 100;
  const rank = Math.floor(place);
  const [own, next] = [valueAt(rank), valueAt(Math.min(rank + 1, count - 1))];
  return own + (place - rank) * (next - own);
}
