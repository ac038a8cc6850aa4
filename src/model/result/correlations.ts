import type { Diagnostic } from '../../error/diagnostic.ts';
import type { Adjustment } from './family.ts';
import type { CovarianceLabel } from './result.ts';

export const correlationMethods = ['pearson', 'spearman', 'both'] as const;
export type CorrelationMethod = (typeof correlationMethods)[number];

/** Which rows a pair is of: those with both variables, or those with all. */
export const caseRules = ['pairwise', 'listwise'] as const;
export type CaseRule = (typeof caseRules)[number];

/** What may stand under a correlation. */
export const pairFacts = ['p', 'n', 't'] as const;
export type PairFact = (typeof pairFacts)[number];

export type PlainAdjustment = Exclude<Adjustment, 'rw' | 'wy'>;

/** The correlation of two variables; null where it does not exist. */
export interface CorrelationPair {
  readonly method: Exclude<CorrelationMethod, 'both'>;
  readonly first: string;
  readonly second: string;
  /** Rows with both (pairwise), or with all variables (listwise); and with what the covariance groups by. */
  readonly n: number;
  readonly r: number | null;
  /** Of a covariance that was asked for; null for the classical test. */
  readonly se: number | null;
  /** Null for a correlation of exactly 1 or -1, whose p is 0. */
  readonly t: number | null;
  /** Degrees of freedom of t; null: the normal. */
  readonly df: number | null;
  readonly p: number | null;
  /** Of all pairs of the method together, where that was asked for. */
  readonly p_adjusted: number | null;
}

/** Correlations of every pair of some variables. */
export interface Correlations {
  readonly kind: 'correlations';
  readonly variables: readonly string[];
  readonly method: CorrelationMethod;
  readonly cases: CaseRule;
  readonly adjust: PlainAdjustment | null;
  /** What a table prints under each. */
  readonly below: readonly PairFact[];
  /** Null: rows are taken as independent. */
  readonly vcov: CovarianceLabel | null;
  /** The second variable comes before the first in the list: the lower triangle row by row, Pearson before Spearman. */
  readonly pairs: readonly CorrelationPair[];
  readonly warnings: readonly Diagnostic[];
}
