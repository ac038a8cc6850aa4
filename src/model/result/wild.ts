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

export type WildMethod = 'least-squares' | '2sls' | 'anderson-rubin';

/** An end is null where nothing is rejected on that side. */
export type WildInterval = readonly [number | null, number | null];

/** A wild cluster bootstrap test of one restriction, or of several together. */
export interface WildTest {
  /** The term or restrictions as they were written. */
  readonly term: string;
  readonly restrictions: readonly string[];
  /** Of what the draws are: least squares; 2SLS (wild restricted efficient); or the Anderson-Rubin regression of a model with instruments. */
  readonly method: WildMethod;
  readonly type: WildType;
  readonly weights: WildWeights;
  readonly seed: number;
  /** Draws that were made. */
  readonly reps: number;
  /** Every sign was taken once: nothing is left to chance. */
  readonly is_enumerated: boolean;
  /** What shares a weight, `city` or `city+year`, and how many there are; null: every row has its own. */
  readonly by: string | null;
  readonly clusters: number;
  /** What the errors in the statistic are clustered by; empty: heteroskedastic and independent by row. */
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
  /** Values of the restriction's left side that are not rejected at 1 - level: intervals, one after the other, an empty list where all are; null for several restrictions, and for fewer than 1 / (1 - level) draws. */
  readonly ci95: readonly WildInterval[] | null;
  /** Terms that this model lacks; with any, there is no test. */
  readonly absent: readonly string[];
}
