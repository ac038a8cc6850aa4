import type { Diagnostic } from '../error/diagnostic.ts';
import type { Matrix } from '../math/matrix.ts';
import type { ColumnTable } from '../table/column.ts';
import type { Factor } from '../table/factor.ts';
import type { PeriodStep } from '../table/time/period-step.ts';
import type { ModelFormula } from './formula/ast.ts';
import type { RowLoss, SampleLosses } from './result/sample-losses.ts';

/** What is lost of a sample, for who makes one: what prints a result takes it from there. */
export { type LossReason, lossReasons, type RowLoss, type SampleLosses } from './result/sample-losses.ts';

/** Columns that name the units and the periods of a panel. */
export interface PanelKeys {
  readonly unit: string;
  readonly time: string;
  /** What one period is; null or left out: found from the times. */
  readonly step?: PeriodStep | null;
}

/** A fixed effect apart from the rows. */
export interface EffectShape {
  /** As the formula writes it: `city`, `city^year`, `city[trend]`. */
  readonly name: string;
  /** The variables in it, without slopes. */
  readonly variables: readonly string[];
  /** Levels. */
  readonly count: number;
  /** One for each variable with a slope in every level. */
  readonly slopes: readonly unknown[];
}

/** A fixed effect on the rows of the sample. */
export interface FixedEffect extends Factor, EffectShape {
  /** Variables with a slope in every level, n values each. */
  readonly slopes: readonly Float64Array[];
}

/** A model and its sample apart from the rows. */
export interface ModelDesign {
  readonly formula: ModelFormula;
  /** The place for error messages. */
  readonly where: string;
  readonly depvar: string;
  /** Names of the regressors, constant not among them. */
  readonly terms: readonly string[];
  /** A constant is a parameter: asked for, and no fixed effects. */
  readonly hasConstant: boolean;
  readonly effects: readonly EffectShape[];
  readonly panel: PanelKeys | null;
  readonly dropped: SampleLosses;
  /** The rows of `dropped` that are laid to something in the model. */
  readonly lost: readonly RowLoss[];
  readonly diagnostics: readonly Diagnostic[];
}

/** What a model is fitted on: numbers and codes of the sample's rows. */
export interface Design extends ModelDesign {
  readonly y: Float64Array;
  /** n x k, column-major, a column for each of `terms`. */
  readonly x: Matrix;
  readonly effects: readonly FixedEffect[];
  /** n analytic weights (the variance of a row is inverse to its weight), or null. */
  readonly weights: Float64Array | null;
  /** Row of the source table of every row of the sample. */
  readonly rows: Int32Array;
  readonly table: ColumnTable;
  /** The formula's third part; left out without instruments. */
  readonly instruments?: InstrumentColumns;
}

/** Excluded instruments. The structural regressors are the columns of `Design.x`, the endogenous ones first. */
export interface InstrumentColumns {
  readonly endogenousCount: number;
  readonly names: readonly string[];
  /** n x l, column-major. */
  readonly z: Matrix;
}

/** A covariance that was asked for, such as `cluster:city`, taken apart. */
export interface CovarianceRequest {
  readonly type: string;
  /** Columns that it groups by. */
  readonly by: readonly string[];
  /** Periods of autocorrelation; null or left out: floor(T^(1/4)). */
  readonly lag?: number | null;
  /** Weights by distance in time; left out: Bartlett. */
  readonly kernel?: SerialKernel;
  /** Column of time where it is not that of the panel. */
  readonly time?: string;
  /** Of panel-corrected errors: rows of one period, or of one unit, are correlated. */
  readonly within?: 'time' | 'unit';
  /** Set for Conley. */
  readonly spatial?: SpatialRequest;
}

/** Kernels of a long-run variance. */
export type SerialKernel =
  | 'bartlett'
  | 'parzen'
  | 'quadratic-spectral'
  | 'tukey-hanning'
  | 'tukey-hamming'
  | 'daniell'
  | 'truncated';

export interface KernelLabel {
  readonly name: SerialKernel;
  readonly bandwidth: number;
}

/** Which pairs of places are correlated. */
export interface SpatialRequest {
  readonly cutoffKm: number;
  readonly kernel: 'uniform' | 'bartlett';
  readonly latitude: string;
  readonly longitude: string;
  /** Pairs of one period only (each cross-section by itself), or of all rows whatever their period (fixest). */
  readonly pairs: 'period' | 'all';
}

/** Sorts of covariance that small-sample conventions tell apart. */
export type CovarianceKind = 'iid' | 'hc' | 'cluster' | 'nw' | 'dk' | 'conley';

/** The small-sample factor of a covariance, taken apart: numerator / (nobs - parameters), times a group factor for each term. */
export interface Correction {
  readonly nobs: number;
  /** N, N - 1, or 1 for iid, whose residual variance is SSR / (N - K). */
  readonly numerator: number;
  /** K as the convention counts it; 0 (1 for iid) where it does not correct. */
  readonly parameters: number;
  /** What K is made of; null where the convention does not correct. */
  readonly account: ParameterAccount | null;
  /** G of each term of the sum, and its G/(G-1) or 1. */
  readonly groups: readonly { readonly count: number; readonly factor: number }[];
}

/** K by its parts: slopes + constant + levels counted of every fixed effect + extra. */
export interface ParameterAccount {
  readonly slopes: number;
  readonly constant: number;
  readonly effects: readonly EffectAccount[];
  /** What belongs to no single effect: reghdfe's 1 for nested ones, fixest's least count, further redundancy. */
  readonly extra: number;
}

export interface EffectAccount {
  readonly name: string;
  readonly levels: number;
  readonly counted: number;
  readonly isNested: boolean;
}

/** Covariance of the estimates with all that a table needs to say about it. */
export interface Covariance {
  readonly type: string;
  readonly by: readonly string[];
  readonly clusters: readonly number[];
  /** p x p, in the order of `Fit.names`. */
  readonly matrix: Matrix;
  /** r x r with matrix = transform core transform', for tests that units of measurement do not touch. */
  readonly core?: Matrix;
  /** Factor on each term of the sum (one term but for multiway clusters). */
  readonly factors: readonly number[];
  /** Degrees of freedom of t; infinite for the normal. */
  readonly dof: number;
  /** p degrees of freedom where every estimate has its own (CR2, Satterthwaite); null where `dof` serves all. */
  readonly dofs?: Float64Array | null;
  /** Degrees of freedom of r x q orthonormal directions of the basis, where every test has its own (CR2); null: `dof`. */
  readonly degreesOf?: ((directions: Matrix) => number) | null;
  /** `factors` by their parts; left out where the method has no factor (HC2, HC3, CR2). */
  readonly correction?: Correction;
  /** Periods of autocorrelation that were used, and the kernel where it was asked for. */
  readonly lag?: number;
  readonly kernel?: KernelLabel;
  /** Greatest distance of pairs that count, km. */
  readonly cutoffKm?: number;
}

/** A small-sample convention. `counting` says whose way of counting parameters. */
export interface SmallSampleRule {
  /** As the user wrote it. */
  readonly label: string;
  readonly counting: 'fixest' | 'reghdfe' | 'xtreg' | 'areg' | 'plm' | 'linearmodels';
  /** Multiply by numerator / (N-K). */
  readonly adjusts: boolean;
  /** Which fixed effects K counts. */
  readonly fixefK: 'none' | 'nested' | 'full';
  /** Multiply by G/(G-1). */
  readonly adjustsClusters: boolean;
  /** G of a multiway sum: the least of all, or each term's own. */
  readonly clusterDf: 'min' | 'conventional';
  /** How each sort of covariance is corrected, and the distribution of its ratios. */
  readonly forms: Readonly<Record<CovarianceKind, CorrectionForm>>;
  /** Divisor of SSR for iid where `adjusts` is false: N or N - 1. */
  readonly bareDivisor: 'n' | 'n-1';
  /**
   * Where a covariance that is not positive is repaired: in the orthonormal basis (left out), or in the units of the
   * regressors as fixest and reghdfe do.
   */
  readonly repairs?: 'basis' | 'units';
  /** Fixed effects come with the constant of Stata's xtreg and areg. */
  readonly printsConstant: boolean;
  /** Residuals behind the covariance of two-step GMM: those of the first step, as its weights (ivreg2), or the estimate's own (ivregress). */
  readonly gmmResiduals: 'first' | 'final';
  /** The convention of the overall F where it is not that of the standard errors: ivreg2 prints F with small-sample factors and no z of it. */
  readonly overallRule: string | null;
  /** Weights as they are in SSR and RMSE, or scaled to a mean of 1 (Stata). */
  readonly weightScale: 'raw' | 'mean-one';
  /** Rows alone in a level of a fixed effect: what the software does unless it is told otherwise. */
  readonly singletons: Singletons;
}

/** Rows that are alone in a level of a fixed effect leave the sample, again and again until none is left, or stay. */
export type Singletons = 'keep' | 'drop';

export interface CorrectionForm {
  /** Numerator over N - K; `bare`: no factor at all. */
  readonly scale: 'n' | 'n-1' | 'one' | 'bare';
  readonly isGrouped: boolean;
  /** t with G - 1, with N - K, with the number of units less one, or the normal. */
  readonly dof: 'groups' | 'residual' | 'units' | 'normal';
}
