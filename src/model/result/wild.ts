import type { WildType, WildWeights } from '../wild/contract.ts';

/** An end is null where nothing is rejected on that side. */
export type WildInterval = readonly [number | null, number | null];

/** A wild cluster bootstrap test of one restriction, or of several together. */
export interface WildTest {
  /** The term or restrictions as they were written. */
  readonly term: string;
  readonly restrictions: readonly string[];
  readonly type: WildType;
  readonly weights: WildWeights;
  readonly seed: number;
  /** Draws that were made. */
  readonly reps: number;
  /** Every sign was taken once: nothing is left to chance. */
  readonly is_enumerated: boolean;
  /** What shares a weight, `city` or `city+year`, and how many there are. */
  readonly by: string;
  readonly clusters: number;
  /** What the errors in the statistic are clustered by. */
  readonly errors: readonly string[];
  /** t of one restriction, F of several; null where the errors have no variance. */
  readonly stat: number | null;
  readonly df: readonly [number, number | null];
  /** Share of draws whose statistic is larger in absolute value, beyond rounding (boottest, fwildclusterboot). */
  readonly p: number | null;
  /** Draws as large as the statistic up to rounding: the sample itself and its mirror image among them. They do not count in p. */
  readonly ties: number;
  /** Draws without a statistic, which p leaves out. */
  readonly failed: number;
  /** Values of the restriction's left side that are not rejected at 1 - level: intervals, one after the other; null for several restrictions, and for fewer than 1 / (1 - level) draws. */
  readonly ci95: readonly WildInterval[] | null;
  /** Terms that this model lacks; with any, there is no test. */
  readonly absent: readonly string[];
}
