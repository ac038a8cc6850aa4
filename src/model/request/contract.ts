import type { RowCondition } from '../../table/condition/row-condition.ts';
import type { CovarianceRequest, PanelKeys, Singletons } from '../contract.ts';
import type { EstimatorChoice } from '../estimate/instrumental-variables/options.ts';
import type { ModelFormula } from '../formula/ast.ts';
import type { Relaxation } from '../inference/weak-instruments/plausibly-exogenous.ts';
import type { AfterFitRequest } from '../post/after-fit.ts';
import type { Draw } from '../replicate/draw-residuals.ts';
import type { VariantsRequest } from './variant-words.ts';

/**
 * What is wanted of a model, or of several that share their sample and inference: read and checked once (`readRequest`), then
 * run (`runRequest`). Plain data that JSON holds; `printRequest` gives the words back.
 */
export interface ModelRequest {
  readonly formulas: readonly FormulaRequest[];
  readonly panel: PanelKeys | null;
  /** Condition that a row must meet; null: every row. */
  readonly where: RowCondition | null;
  readonly split: SplitRequest | null;
  /** Column or expression of analytic weights. */
  readonly weights: string | null;
  /** Column of how many rows each row stands for; null: every row for one. */
  readonly frequency: string | null;
  /** The first is printed, the others stand beside it; empty: none was asked for, which is iid. */
  readonly covariances: readonly CovarianceRequest[];
  /** Small-sample convention; null: fixest. */
  readonly ssc: string | null;
  /** Rows alone in a level of a fixed effect; null: as the convention has it. */
  readonly singletons: Singletons | null;
  /** Of models with instruments; null: 2SLS. */
  readonly estimator: EstimatorChoice | null;
  /** Instruments whose exogeneity is tested by themselves. */
  readonly orthogonal: readonly string[];
  readonly relaxation: Relaxation | null;
  /** Set: the model is a panel threshold model. */
  readonly threshold: ThresholdRequest | null;
  readonly after: AfterRequest;
  /** The model is the baseline of these; null: it has no variants. */
  readonly variants: VariantsRequest | null;
  /** The model under every small-sample convention in place of the model. */
  readonly reconcile: boolean;
  /** How the models were fitted as one job. */
  readonly explain: boolean;
}

/** A formula as it was written, and the single models that it stands for. */
export interface FormulaRequest {
  readonly text: string;
  readonly models: readonly ModelFormula[];
}

/** One model a value of `by`; `full`: the whole sample first. */
export interface SplitRequest {
  readonly by: string;
  readonly full: boolean;
}

/** What is wanted after the fit. */
export interface AfterRequest extends AfterFitRequest {
  /** Fitted values and residuals, row by row. */
  readonly predictions: boolean;
}

/** The threshold part of a request. */
export interface ThresholdRequest {
  readonly regime: readonly string[];
  readonly by: string;
  readonly thresholds: number;
  readonly boot: number;
  readonly trim: number;
  readonly grid: 'all' | number;
  readonly level: number;
  readonly seed: number;
  readonly scale: 'hansen1999' | 'xthreg' | 'nt';
  readonly demean: 'within' | 'hansen1999';
  /** Null: by unit on a balanced panel, else wild. */
  readonly draw: Draw | null;
  readonly residuals: 'alternative' | 'null';
  readonly refine: 'none' | 'once' | 'stable';
  readonly intercepts: boolean;
  readonly shape: 'jump' | 'kink';
  readonly joint: boolean;
  readonly jumpTest: boolean;
  readonly robust: 'none' | 'unit' | 'row';
  /** Candidates of the robust test; null: as it has them. */
  readonly robustGrid: 'all' | number | null;
  /** The thresholds under other trims and without units, too. */
  readonly sensitivity: boolean;
  /** Other shapes of the change, too. */
  readonly shapeCheck: boolean;
}
