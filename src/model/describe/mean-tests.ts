import { fUpper, tTwoSided } from '../../math/distribution.ts';
import type { VarianceRule } from '../result/group-comparison.ts';

// Tests that means of independent groups are the same, from their counts, means and variances.

/** Count, mean and variance (divisor n - 1) of a group. */
export interface Moments {
  readonly n: number;
  readonly mean: number;
  readonly variance: number;
}

/** Two means: the first less the second. */
export interface TwoMeans {
  readonly difference: number;
  readonly se: number;
  readonly t: number;
  readonly df: number;
  readonly p: number;
}

/**
 * Student's t with the pooled variance and n1 + n2 - 2 degrees of freedom, or Welch's, se^2 = s1^2 / n1 + s2^2 / n2, with those of
 * Satterthwaite (1946): se^4 / (s1^4 / (n1^2 (n1 - 1)) + s2^4 / (n2^2 (n2 - 1))). Stata's ttest and `ttest, unequal`, R's t.test.
 * @returns null where the variance is zero or a group too small for it
 */
export function twoMeans(first: Moments, second: Moments, rule: VarianceRule): TwoMeans | null {
  const difference = first.mean - second.mean;
  if (rule === 'equal') {
    const df = first.n + second.n - 2;
    const pooled = (squares(first) + squares(second)) / df;
    return tested(difference, Math.sqrt(pooled * (1 / first.n + 1 / second.n)), df);
  }
  const [a, b] = [first.variance / first.n, second.variance / second.n];
  // Shares of the sum: the squares of small variances would be zero.
  const [share, other] = [a / (a + b), b / (a + b)];
  return tested(difference, Math.sqrt(a + b), 1 / (share ** 2 / (first.n - 1) + other ** 2 / (second.n - 1)));
}

function tested(difference: number, se: number, df: number): TwoMeans | null {
  if (!(se > 0 && df > 0 && Number.isFinite(se))) return null;
  const t = difference / se;
  return { difference, se, t, df, p: tTwoSided(t, df) };
}

/** Sum of squares around the mean of a group; none of a single row. */
function squares({ n, variance }: Moments): number {
  return n < 2 ? 0 : (n - 1) * variance;
}

/** An F with its degrees of freedom. */
export interface ManyMeans {
  readonly stat: number;
  readonly df: readonly [number, number];
  readonly p: number;
}

/**
 * Whether k means are the same: the F of one-way analysis of variance (Stata's oneway), or Welch's (1951) with weights w = n / s^2,
 *   sum w (mean - m)^2 / (k - 1) / (1 + 2 (k - 2) L / (k^2 - 1)), df2 = (k^2 - 1) / (3 L), L = sum (1 - w / sum w)^2 / (n - 1),
 * m the mean weighted by w (R's oneway.test). @returns null where the variance is zero or a group too small for it
 */
export function manyMeans(groups: readonly Moments[], rule: VarianceRule): ManyMeans | null {
  const k = groups.length;
  const sum = (value: (group: Moments) => number): number => groups.reduce((total, group) => total + value(group), 0);
  if (rule === 'equal') {
    const n = sum((group) => group.n);
    const mean = sum((group) => group.n * group.mean) / n;
    const between = sum((group) => group.n * (group.mean - mean) ** 2) / (k - 1);
    return judged(between / (sum(squares) / (n - k)), [k - 1, n - k]);
  }
  const weight = ({ n, variance }: Moments): number => n / variance;
  const total = sum(weight);
  const mean = sum((group) => (weight(group) / total) * group.mean);
  const lambda = sum((group) => (1 - weight(group) / total) ** 2 / (group.n - 1));
  const between = sum((group) => weight(group) * (group.mean - mean) ** 2) / (k - 1);
  return judged(between / (1 + (2 * (k - 2) * lambda) / (k * k - 1)), [k - 1, (k * k - 1) / (3 * lambda)]);
}

function judged(stat: number, df: readonly [number, number]): ManyMeans | null {
  return Number.isFinite(stat) && df[1] > 0 ? { stat, df, p: fUpper(stat, df[0], df[1]) } : null;
}
