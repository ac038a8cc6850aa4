/**
 * How residuals go into the bootstrap sample and into its statistic (MacKinnon, Nielsen and Webb 2023, "Fast and reliable jackknife and
 * bootstrap methods for cluster-robust inference"): WCR imposes the null, WCU does not; the first digit says whose residuals are
 * drawn (1: as they are, 3: those of a fit without the cluster), the second which errors are in t (1: CR1, 3: CR3).
 */
export const wildTypes = ['WCR11', 'WCR13', 'WCR31', 'WCR33', 'WCU11', 'WCU13', 'WCU31', 'WCU33'] as const;
export type WildType = (typeof wildTypes)[number];

/** What the residuals of a cluster are multiplied by: mean 0 and variance 1. */
export const wildWeights = ['rademacher', 'webb', 'mammen', 'normal'] as const;
export type WildWeights = (typeof wildWeights)[number];

export interface WildOptions {
  readonly type: WildType;
  readonly weights: WildWeights;
  /** Draws; Rademacher signs are all taken, each once, where there are no more of them than this. */
  readonly reps: number;
  readonly seed: number;
  /** Of the interval. */
  readonly level: number;
  /** Columns whose combinations share a weight; null: the combinations of all that the errors are clustered by. */
  readonly by: readonly string[] | null;
}

/** What is taken where nothing is said. */
export const wildDefaults: WildOptions = {
  ...{ type: 'WCR11', weights: 'rademacher', reps: 9999, seed: 1, level: 0.95, by: null },
};
