/** Shares of the draws at least as far out as the sample, in one direction or in both. */
export interface DrawnShare {
  /** Draws that are, up to rounding. */
  readonly count: number;
  /** count / draws; null without a draw. Exact where every arrangement was taken once. */
  readonly p: number | null;
  /** (1 + count) / (1 + draws), a test of its level whatever the number of draws (Phipson and Smyth 2010); null where all were taken. */
  readonly p_plus: number | null;
}

/** Where one statistic of the sample lies among those of the permuted data. */
export interface PermutedStatistic {
  /** In the sample; null where it does not exist. */
  readonly value: number | null;
  /** |draw| >= |value|. */
  readonly both: DrawnShare;
  /** draw <= value. */
  readonly lower: DrawnShare;
  /** draw >= value. */
  readonly upper: DrawnShare;
}

/** Effects that the permutations do not reject, as intervals in ascending order; null: without an end. */
export interface PermutationInterval {
  /** Percent. */
  readonly level: number;
  readonly sets: readonly (readonly [low: number | null, high: number | null])[];
}

/** A regressor exchanged between rows or whole blocks of rows, the model estimated again on each arrangement. */
export interface PermutationTest {
  readonly term: string;
  /** What moves as a whole, `city`; null: single rows. */
  readonly by: string | null;
  /** Where it changes places, `year`; null: anywhere in the sample. */
  readonly within: string | null;
  readonly seed: number;
  /** Arrangements that were estimated. */
  readonly reps: number;
  /** Every distinct arrangement was taken once: nothing is left to chance. */
  readonly is_enumerated: boolean;
  /** Distinct arrangements that there are; null beyond 1e9. */
  readonly arrangements: number | null;
  /** Rows or blocks, and those among them that have nothing to change places with. */
  readonly items: number;
  readonly held: number;
  readonly estimate: PermutedStatistic;
  /** t under the first covariance. */
  readonly t: PermutedStatistic;
  /** By inversion of the test of the coefficient, the effect the same in every row; null without a draw. */
  readonly interval: PermutationInterval | null;
  /** Draws in which nothing is left of the regressor beside effects and controls; they are not counted. */
  readonly failed: number;
  /** Mean and standard deviation of the drawn estimates; null of fewer than two. */
  readonly mean: number | null;
  readonly sd: number | null;
  /** Estimate and two-sided p of every draw in their order; null where there is none. */
  readonly draws: { readonly estimate: readonly (number | null)[]; readonly p: readonly (number | null)[] };
  /** Terms that this model lacks; with any, there is no test. */
  readonly absent: readonly string[];
}
