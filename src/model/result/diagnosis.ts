import type { NoPanelTest, PairSummary, PanelStatistic, TestLine } from './panel-tests.ts';

/** Checks of a model that can be asked for. */
export const modelChecks = ['vif', 'reset', 'serial', 'hetero', 'cd', 'lm'] as const;
export type ModelCheck = (typeof modelChecks)[number];

export type ModelStatistic =
  | 'reset'
  | 'wooldridge'
  | 'wooldridge-within'
  | 'modified-wald'
  | Extract<PanelStatistic, 'cd' | 'lm' | 'scaled-lm' | 'corrected-lm'>;

/**
 * Why a check has no statistic, beside the reasons of tests of panels: effects that differences do not take out; weights; the powers are
 * combinations of what the model has; the covariance has no variance for them; nothing is left to fit, or of the residuals.
 */
export type NoCheck = NoPanelTest | 'effects' | 'weights' | 'collinear' | 'no-variance' | 'exact-fit';

/** One test of a model. */
export interface ModelTestLine extends TestLine<ModelStatistic, NoCheck> {
  /** The coefficient that is tested, and its value without serial correlation. */
  readonly estimate?: number;
  readonly null_value?: number;
  /** Powers of the fitted values; those left out as combinations of what the model has. */
  readonly powers?: readonly number[];
  readonly dropped?: readonly string[];
  /** Rows and units behind the test; units left out because they have too few rows. */
  readonly rows?: number;
  readonly units?: number;
  readonly left_out?: number;
}

/** Variance inflation: 1 / (1 - R2) of each regressor on the others. */
export interface VarianceInflation {
  readonly term: string;
  /** Beside the other regressors, net of the fixed effects where the model has any. */
  readonly vif: number;
  /** Of models with fixed effects: of the regressors without the effects, and with their dummies among the others. */
  readonly pooled: number | null;
  readonly with_dummies: number | null;
}

/** What was asked of a model beside its estimates. */
export interface ModelDiagnosis {
  readonly tests: readonly ModelTestLine[];
  readonly vif: readonly VarianceInflation[] | null;
  /** Correlations of the residuals of pairs of units; null where none was asked for. */
  readonly pairs: PairSummary | null;
  /** The residuals are those of a model with an effect of each period, which pulls CD below zero. */
  readonly has_period_effects: boolean;
}
