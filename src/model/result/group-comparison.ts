import type { Diagnostic } from '../../error/diagnostic.ts';
import type { CovarianceLabel } from './result.ts';

/** Variances of the groups, of tests that take rows as independent. */
export const varianceRules = ['unequal', 'equal'] as const;
export type VarianceRule = (typeof varianceRules)[number];

/** A variable in one group; null where the group has too few rows of it. */
export interface GroupMoments {
  readonly group: string;
  readonly n: number;
  readonly mean: number | null;
  /** Divisor n - 1. */
  readonly sd: number | null;
}

/** Two groups of one variable: the mean of `group` less that of `base`, or within the effects what a regression makes of it. */
export interface MeanDifference {
  readonly group: string;
  readonly base: string;
  readonly difference: number | null;
  readonly se: number | null;
  readonly t: number | null;
  /** Degrees of freedom of t; null: the normal. */
  readonly df: number | null;
  readonly p: number | null;
}

/** Some restrictions together. */
export interface JointTest {
  readonly stat: number | null;
  /** Restrictions, and degrees of freedom of the denominator (null: the chi-squared distribution over the first). */
  readonly df: readonly [number, number | null];
  readonly p: number | null;
  readonly nobs: number;
}

/** A variable in every group. */
export interface ComparedVariable {
  readonly variable: string;
  readonly groups: readonly GroupMoments[];
  readonly differences: readonly MeanDifference[];
  /** All means are the same; null for two groups, whose difference says it. */
  readonly joint: JointTest | null;
}

interface Compared {
  /** The column, or what the groups are of. */
  readonly by: string;
  /** In the order of the table. */
  readonly groups: readonly string[];
  readonly base: string | null;
  /** How: t or F of Welch, those of equal variances, or a regression on the groups. */
  readonly test: VarianceRule | 'regression';
  /** Of the regression; null otherwise. */
  readonly vcov: CovarianceLabel | null;
  readonly effects: string | null;
  readonly warnings: readonly Diagnostic[];
}

/** Means by group and tests that they are the same. */
export interface GroupMeans extends Compared {
  readonly kind: 'groups';
  readonly variables: readonly ComparedVariable[];
}

/** How far two groups are apart in one variable. */
export interface Imbalance {
  readonly group: string;
  /** (mean - mean of base) / sqrt((variance + variance of base) / 2). */
  readonly standardised: number | null;
  /** Variance over that of base. */
  readonly variance_ratio: number | null;
}

/** Whether all variables together tell a group from the base: F of every slope in a regression of membership on them. */
export interface BalanceTest extends JointTest {
  readonly group: string;
  readonly base: string;
  /** Variables that are combinations of earlier ones, or of the effects. */
  readonly collinear: readonly string[];
}

/** Means by group beside measures of their distance from those of a base. */
export interface Balance extends Compared {
  readonly kind: 'balance';
  readonly base: string;
  readonly variables: readonly (ComparedVariable & { readonly imbalance: readonly Imbalance[] })[];
  readonly joint: readonly BalanceTest[];
}
