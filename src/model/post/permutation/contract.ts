/** A permutation test as it is asked for. */
export interface PermuteOptions {
  /** The term that is permuted. */
  readonly term: string;
  /** Columns whose combinations move as a whole; null: every row by itself. */
  readonly by: readonly string[] | null;
  /** Columns within whose combinations places are changed; null: anywhere. */
  readonly within: readonly string[] | null;
  /** Draws; every arrangement is taken once where there are no more of them than this. */
  readonly reps: number;
  readonly seed: number;
}

/** What is taken where nothing is said. */
export const permuteDefaults = { by: null, within: null, reps: 999, seed: 1 } as const;
