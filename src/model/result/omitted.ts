import type { Coefficient } from './coefficients.ts';
import type { CovarianceLabel } from './result.ts';

/** How far a coefficient could move if a variable were left out of its model. */
export interface OmittedVariables {
  /** As the user wrote it. */
  readonly term: string;
  /** Why there are no numbers; left out where there are. */
  readonly reason?: 'absent' | 'alone' | 'exact-fit';
  readonly selection: SelectionBounds | null;
  readonly robustness: RobustnessValues | null;
  readonly decomposition: CoefficientChange | null;
}

/** Selection on what is not observed, held against selection on what is (Oster 2019). */
export interface SelectionBounds {
  /** The coefficient in the model of the term and the fixed effects alone, and in the model itself. */
  readonly short: number;
  readonly long: number;
  /** By one measure of fit each: `within`, net of the fixed effects, and `overall`. */
  readonly measures: readonly SelectionMeasure[];
}

export interface SelectionMeasure {
  readonly measure: 'within' | 'overall';
  readonly r2_short: number;
  readonly r2_long: number;
  /** R2 of the model with what is left out. */
  readonly r2_max: number;
  /** Selection on what is left out over selection on the regressors at which the coefficient is 0; null where no number is. */
  readonly delta: number | null;
  /** The coefficient where the two are equal. */
  readonly beta: number | null;
  /** Every coefficient at which they are equal, and whether the regressors then push it the way they do in the data (assumption 3). */
  readonly solutions: readonly { readonly beta: number; readonly keeps_direction: boolean }[];
  /** From `long` to `beta`: the identified set. */
  readonly bounds: readonly [number, number] | null;
}

/** What a variable that is left out would have to explain (Cinelli and Hazlett 2020); by iid errors. */
export interface RobustnessValues {
  /** Of the coefficient under iid errors. */
  readonly t: number;
  /** N - K, the fixed effects counted. */
  readonly df: number;
  /** Share of what else is left of the outcome that the term explains. */
  readonly partial_r2: number;
  /** Partial R2 with both term and outcome that would bring the estimate to 0. */
  readonly value: number;
  /** The same for a t that is no longer significant at `alpha`. */
  readonly value_alpha: number;
  readonly alpha: number;
  /** Variables as strong as 1, 2 and 3 times a regressor. */
  readonly benchmarks: readonly StrengthBenchmark[];
}

export interface StrengthBenchmark {
  /** The regressor; the levels of a factor together. */
  readonly term: string;
  readonly times: number;
  /** Partial R2 of such a variable with the term and with the outcome; null: it would explain all of the term. */
  readonly r2_term: number | null;
  readonly r2_outcome: number | null;
  /** What the coefficient would be, at worst. */
  readonly estimate: number | null;
  readonly se: number | null;
  readonly t: number | null;
}

/** What each regressor moves the coefficient of the term by when all of them are added at once (Gelbach 2016). */
export interface CoefficientChange {
  readonly vcov: CovarianceLabel;
  /** short - long. */
  readonly total: Coefficient;
  /** They add up to `total`; families such as i(year) in one. */
  readonly parts: readonly (Coefficient & { readonly share: number | null })[];
}
