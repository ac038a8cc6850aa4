import type { DifferenceMethod } from '../../result/differences.ts';

/** Slopes compared across groups, as it is asked for. */
export interface DifferencesOptions {
  /** Terms, each compared by itself. */
  readonly terms: readonly string[];
  /** Null: all ways that the groups and the covariance have. */
  readonly how: readonly DifferenceMethod[] | null;
  /** Claims of an order, `1 > 2, 3`, of the first term. */
  readonly orders: readonly string[];
  readonly reps: number;
  readonly seed: number;
}

/** What is taken where nothing is said. */
export const differencesDefaults = { reps: 999, seed: 1 } as const;

/** Groups with fewer clusters than this have a wild bootstrap beside them. */
export const fewClusters = 30;
/** Below this number of clusters Rademacher signs are too few, and Webb's six points are taken. */
export const veryFewClusters = 12;
