import type { WildInterval } from './wild.ts';

/** A quantity over clusters. */
export interface ClusterSpread {
  readonly min: number;
  /** Quartiles by linear interpolation (R's type 7). */
  readonly q1: number;
  readonly median: number;
  readonly mean: number;
  readonly q3: number;
  readonly max: number;
  /** Standard deviation (G - 1) over the absolute mean; null where the mean is zero. */
  readonly cv: number | null;
}

/** What one cluster is to the sample and to the coefficient. */
export interface ClusterMember {
  readonly cluster: string;
  readonly rows: number;
  /** Trace of its part of the hat matrix, effects inside clusters left out. */
  readonly leverage: number;
  /** Its share of the squares of the regressor net of all others; they add up to 1. */
  readonly partial_leverage: number;
  /** The coefficient in a fit without it; null where such a fit does not determine it. */
  readonly estimate_without: number | null;
}

/** A way to test that the coefficient is zero. */
export interface ClusterComparison {
  readonly method: 'CR1' | 'CR2' | 'CR3' | 'WCR31';
  /** Null for the bootstrap, which has none of its own, and where the method has none. */
  readonly se: number | null;
  readonly df: number | null;
  readonly p: number | null;
  readonly ci95: readonly WildInterval[] | null;
  /** The method has no result: a fit without some cluster does not determine the coefficient. */
  readonly reason?: 'decided-by-one';
}

/** Which sentence of advice applies; the rules stand in docs/methods/clusters.md. */
export type ClusterAdvice = 'decided-by-one' | 'very-few' | 'few-disagree' | 'few-agree' | 'enough-disagree' | 'enough';

/** What is known of the clusters behind one coefficient. */
export interface ClusterReport {
  /** The term as it was written. */
  readonly term: string;
  readonly by: string;
  readonly clusters: number;
  readonly estimate: number | null;
  /** Effective number of clusters (Carter, Schnepel and Steigerwald 2017): errors independent within clusters, and all alike within them (null where effects inside clusters take that part out). */
  readonly effective: { readonly independent: number | null; readonly common: number | null };
  readonly spread: {
    readonly rows: ClusterSpread;
    readonly leverage: ClusterSpread;
    readonly partial_leverage: ClusterSpread;
    /** Null where a fit without some cluster does not determine the coefficient. */
    readonly estimate_without: ClusterSpread | null;
  } | null;
  /** In the order of their names; empty where the model lacks the term. */
  readonly members: readonly ClusterMember[];
  readonly compared: readonly ClusterComparison[];
  /** Of the bootstrap. */
  readonly bootstrap: {
    readonly weights: 'rademacher' | 'webb';
    readonly reps: number;
    readonly seed: number;
    readonly is_enumerated: boolean;
  } | null;
  readonly advice: ClusterAdvice | null;
  /** Terms that this model lacks; with any, there are no numbers. */
  readonly absent: readonly string[];
}
