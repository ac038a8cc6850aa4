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
  return rule === 'stata' ? stataPercentile(sorted, p) : type7Percentile(sorted, p);
}

/**
 * A percentile as Stata's `summarize, detail` and `_pctile` define it: with n p / 100 a whole number i, the mean of the i-th
 * and the next value, else the value at the next rank.
 * @param sorted ascending, without missing values
 * @param p percent, above 0 and below 100
 * @returns null for an empty list
 */
export function stataPercentile(sorted: Float64Array, p: number): number | null {
  if (sorted.length === 0) return null;
  const product = sorted.length * p;
  const rank = Math.floor(product / 100);
  if (product % 100 === 0)
    return (at(sorted, Math.max(rank - 1, 0)) + at(sorted, Math.min(rank, sorted.length - 1))) / 2;
  return at(sorted, rank);
}

/**
 * A percentile by linear interpolation between order statistics, at 1 + (n - 1) p / 100: R's `quantile` type 7, numpy's default,
 * DescTools' Winsorize.
 * @param sorted ascending, without missing values
 * @param p percent, from 0 to 100
 * @returns null for an empty list
 */
export function type7Percentile(sorted: Float64Array, p: number): number | null {
  if (sorted.length === 0) return null;
  const place = ((sorted.length - 1) * p) / 100;
  const rank = Math.floor(place);
  const [own, next] = [at(sorted, rank), at(sorted, Math.min(rank + 1, sorted.length - 1))];
  return own + (place - rank) * (next - own);
}
