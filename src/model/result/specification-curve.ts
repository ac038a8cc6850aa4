/** The coefficient of a term over a whole space of specifications (Simonsohn, Simmons and Nelson 2020). */
export interface SpecificationCurve {
  /** As the user wrote it. */
  readonly term: string;
  /** The model does not have the term; left out where it has. */
  readonly reason?: 'absent';
  readonly space: SpecificationSpace;
  /** Under each covariance. */
  readonly summaries: readonly CurveSummary[];
  /** Under the first covariance, by every choice that is open. */
  readonly choices: readonly ChoiceSummary[];
  /** Specifications without an estimate, by the code of their error. */
  readonly failures: Readonly<Record<string, number>>;
  readonly specifications: SpecificationColumns;
  /** The joint test; left out where it was not asked for. */
  readonly test?: CurveTest;
}

/** What was varied. The model as it was asked for is the first entry of each list with all controls. */
export interface SpecificationSpace {
  readonly outcomes: readonly string[];
  readonly terms: readonly string[];
  /** Fixed effects as a formula has them; empty: none. */
  readonly effects: readonly string[];
  /** Conditions; null: the sample of the model. */
  readonly samples: readonly (string | null)[];
  /** Regressors that are in or out. */
  readonly controls: readonly string[];
  /** Regressors that are always in. */
  readonly kept: readonly string[];
  readonly vcovs: readonly string[];
}

/** One number a specification; null where it has none. */
export interface SpecificationColumns {
  /** Positions in the lists of the space. */
  readonly outcome: readonly number[];
  readonly term: readonly number[];
  readonly effects: readonly number[];
  readonly sample: readonly number[];
  /** Sum of 2^j over the controls j that are in. */
  readonly controls: readonly number[];
  readonly estimate: readonly (number | null)[];
  /** By covariance. */
  readonly se: readonly (readonly (number | null)[])[];
  readonly p: readonly (readonly (number | null)[])[];
  readonly nobs: readonly number[];
  readonly r2_within: readonly (number | null)[];
}

/** Estimates among specifications that have one. */
interface Spread {
  /** Specifications with an estimate. */
  readonly count: number;
  readonly median: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** Shares of them: positive; positive and negative with p below 0.05. */
  readonly positive: number | null;
  readonly positive_significant: number | null;
  readonly negative_significant: number | null;
}

export interface CurveSummary extends Spread {
  readonly vcov: string;
  /** The estimate of the model itself, and how many specifications have a smaller one. */
  readonly own: number | null;
  readonly below: number | null;
}

export interface ChoiceSummary extends Spread {
  readonly dimension: 'outcome' | 'term' | 'effects' | 'sample' | 'with' | 'without';
  /** The entry of the list, or the control that is in or out; empty: no fixed effects, or the whole sample. */
  readonly choice: string;
}

/** Statistics of a whole curve: median estimate, share significant in the sign that most estimates have, mean z. */
export const curveStatistics = ['median', 'share', 'mean_z'] as const;

/** A curve held against those of rearranged data. */
export interface CurveTest {
  /** What changes places together. */
  readonly columns: readonly string[];
  /** What moves as a whole, and within what; null: rows, anywhere. */
  readonly by: string | null;
  readonly within: string | null;
  readonly reps: number;
  readonly seed: number;
  /** Every arrangement was taken once: p is exact. */
  readonly is_enumerated: boolean;
  /** Null where there are too many to be counted. */
  readonly arrangements: number | null;
  /** Rows or blocks that could move, and how many of them have nothing to change places with. */
  readonly items: number;
  readonly held: number;
  readonly lines: readonly CurveTestLine[];
}

export interface CurveTestLine {
  readonly vcov: string;
  readonly statistic: (typeof curveStatistics)[number];
  /** Of the sample. */
  readonly value: number | null;
  /** Draws at least as far from zero. */
  readonly larger: number;
  /** (1 + larger) / (1 + draws), larger / draws where every arrangement was taken. */
  readonly p: number | null;
  /** Mean of the draws. */
  readonly mean: number | null;
  /** Draws without a specification that has an estimate. */
  readonly failed: number;
}

/** Powers of 2: a space has more specifications than `**` is quick for. */
const powers = Float64Array.from({ length: 53 }, (_, j) => 2 ** j);

/** Whether control `j` is in a specification, by its sum of 2^j. */
export function hasControl(mask: number, j: number): boolean {
  return Math.floor(mask / (powers[j] ?? 2 ** j)) % 2 === 1;
}
