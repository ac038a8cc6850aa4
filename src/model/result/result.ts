import type { Diagnostic } from '../../error/diagnostic.ts';
import type { KernelLabel } from '../contract.ts';
import type { InstrumentEstimator } from '../fit.ts';
import type { Coefficient } from './coefficients.ts';
import type { EngineNote } from './engine-note.ts';
import type { EventStudy } from './event-study.ts';
import type { IvResult } from './iv.ts';
import type { OverallTest } from './overall-test.ts';
import type { RowLoss, SampleLosses } from './sample-losses.ts';

/** Version of the shape below; raised when a field changes its meaning. */
export const resultSchemaVersion = 1;

/**
 * One estimated model as the contract prints it (JSON of `kaya reg`, `results.json`): numbers and strings only, nothing of
 * length n. A value that does not exist is null.
 */
export interface ModelResult {
  readonly id: string;
  readonly estimator: 'ols' | InstrumentEstimator;
  /** The formula of this very model, macros and multiple estimation expanded. */
  readonly formula: string;
  readonly depvar: string;
  /** Mean and standard deviation (n - 1) of the outcome on the sample, by the weights; left out where its values are elsewhere. */
  readonly outcome?: { readonly mean: number; readonly sd: number | null };
  /** Value of the split variable, null for the whole sample. */
  readonly sample: string | null;
  readonly nobs: number;
  readonly dropped: SampleLosses;
  /** Which column, function or lag the rows of `dropped` failed at first; left out where none did. */
  readonly lost?: readonly RowLoss[];
  /** Fixed effect (as written) to its number of levels in the sample. */
  readonly fixef: Readonly<Record<string, number>>;
  /** Slopes (and a constant that is a parameter), without absorbed effects. */
  readonly df_model: number;
  /** Observations less every parameter, absorbed ones by their exact rank. */
  readonly df_resid: number;
  /** Degrees of freedom of the t distribution behind p and ci95; null where it is the normal. */
  readonly df_t: number | null;
  readonly vcov: CovarianceLabel;
  readonly coef: readonly Coefficient[];
  /** Terms dropped because they are combinations of earlier terms or of the fixed effects. */
  readonly collinear: readonly string[];
  /** Every slope zero; null without slopes. */
  readonly f?: OverallTest | null;
  readonly r2: FitMeasures;
  readonly ssr: number;
  /** sqrt(ssr / df_resid). */
  readonly rmse: number;
  /** How the fixed effects were taken out. */
  readonly absorption: { readonly method: string; readonly iterations: number; readonly tolerance: number };
  /** Tests of the instruments; left out for a model without them. */
  readonly iv?: IvResult;
  /** Leads and lags of a treatment; left out for a model without an event term. */
  readonly event?: EventStudy;
  readonly warnings: readonly Diagnostic[];
  /** Where the sums were made; left out: in memory. */
  readonly engine?: EngineNote;
}

export interface CovarianceLabel {
  readonly type: string;
  readonly by: readonly string[];
  readonly clusters: readonly number[];
  readonly ssc: string;
  /** Factor by which the bare sandwich (or SSR times the bread) was multiplied; one entry a term of a multiway sum. */
  readonly factors: readonly number[];
  /** Periods of autocorrelation that a kernel took in. */
  readonly lag?: number;
  readonly kernel?: KernelLabel;
  /** Greatest distance of pairs that count, km. */
  readonly cutoff_km?: number;
}

/** R2 family, every one under its own name (conventions: who prints which). */
export interface FitMeasures {
  /** 1 - SSR / TSS around the mean (LSDV; fixest r2, reghdfe r2). Around zero without constant and fixed effects. */
  readonly overall: number | null;
  readonly adj: number | null;
  /** 1 - SSR / TSS of y net of all fixed effects (fixest wr2). Null without fixed effects. */
  readonly within: number | null;
  readonly within_adj: number | null;
  /** 1 - SSR / TSS of y net of the unit effect only: the other effects count as regressors (Stata xtreg, fe). */
  readonly xtreg_within: number | null;
  /** Squared correlations of xtreg, fe between and overall. */
  readonly xtreg_between: number | null;
  readonly xtreg_overall: number | null;
}
