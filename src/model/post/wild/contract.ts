import type { WildType, WildWeights } from '../../result/wild.ts';

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
