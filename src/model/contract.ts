import type { Diagnostic, Outcome } from '../error/diagnostic.ts';
import type { AbsorptionReport } from '../math/absorb/contract.ts';
import type { Matrix } from '../math/matrix.ts';
import type { ColumnTable } from '../table/column.ts';
import type { Factor } from '../table/factor.ts';
import type { ModelFormula } from './formula/ast.ts';

/** Columns that name the units and the periods of a panel. */
export interface PanelKeys {
  readonly unit: string;
  readonly time: string;
}

/** A fixed effect on the rows of the sample. */
export interface FixedEffect extends Factor {
  /** As the formula writes it: `city`, `city^year`, `city[trend]`. */
  readonly name: string;
  /** The variables in it, without slopes. */
  readonly variables: readonly string[];
  /** Variables with a slope in every level, n values each. */
  readonly slopes: readonly Float64Array[];
}

/** What a model is fitted on: numbers and codes of the sample's rows. */
export interface Design {
  readonly formula: ModelFormula;
  /** The place for error messages. */
  readonly where: string;
  readonly depvar: string;
  readonly y: Float64Array;
  /** Names of the columns of x, constant not among them. */
  readonly terms: readonly string[];
  /** n x k, column-major. */
  readonly x: Matrix;
  /** A constant is a parameter: asked for, and no fixed effects. */
  readonly hasConstant: boolean;
  readonly effects: readonly FixedEffect[];
  /** n analytic weights (the variance of a row is inverse to its weight), or null. */
  readonly weights: Float64Array | null;
  /** Row of the source table of every row of the sample. */
  readonly rows: Int32Array;
  readonly table: ColumnTable;
  readonly panel: PanelKeys | null;
  readonly dropped: SampleLosses;
  readonly diagnostics: readonly Diagnostic[];
}

/** Rows that did not make it into the sample, by reason. */
export interface SampleLosses {
  readonly missing: number;
  readonly singleton: number;
  readonly where: number;
}

/**
 * A least squares fit apart from all inference. With u the true errors, estimates - truth = transform basis' u: every
 * covariance follows from the residuals in `basis`, without another look at the regressors' scale. With weights, basis and
 * residuals carry the root of the weight.
 */
export interface Fit {
  readonly design: Design;
  /** p names; `(Intercept)` first where the constant is a parameter. */
  readonly names: readonly string[];
  readonly coefficients: Float64Array;
  /** n x r, orthonormal columns. */
  readonly basis: Matrix;
  /** p x r. */
  readonly transform: Matrix;
  /** n residuals. */
  readonly residuals: Float64Array;
  /** n x k: kept regressors without constant, after absorption. */
  readonly regressors: Matrix;
  readonly collinear: readonly string[];
  /** Slopes kept (the constant not counted). */
  readonly slopeCount: number;
  /** Rank of the fixed effects, exact or reghdfe's pairwise bound. */
  readonly absorbedRank: number;
  readonly isRankExact: boolean;
  readonly absorption: AbsorptionReport;
  readonly sums: FitSums;
  readonly diagnostics: readonly Diagnostic[];
}

/** Sums of squares (weighted) and the correlations of xtreg. */
export interface FitSums {
  readonly ssr: number;
  /** Around the mean with a constant or fixed effects, else around zero. */
  readonly total: number;
  /** Of y net of all fixed effects; null without any. */
  readonly within: number | null;
  /** Of y net of the unit effect alone; null without fixed effects. */
  readonly withinUnit: number | null;
  readonly xtregBetween: number | null;
  readonly xtregOverall: number | null;
}

/** The clusters of one clustering variable on the sample's rows. */
export interface Clustering extends Factor {
  readonly name: string;
}

/** A covariance that was asked for, such as `cluster:city`, taken apart. */
export interface CovarianceRequest {
  readonly type: string;
  /** Columns that it groups by. */
  readonly by: readonly string[];
}

/** Covariance of the estimates with all that a table needs to say about it. */
export interface Covariance {
  readonly type: string;
  readonly by: readonly string[];
  readonly clusters: readonly number[];
  /** p x p, in the order of `Fit.names`. */
  readonly matrix: Matrix;
  /** Factor on each term of the sum (one term but for multiway clusters). */
  readonly factors: readonly number[];
  /** Degrees of freedom of t. */
  readonly dof: number;
}

/** A way to estimate the covariance: one file each, listed in `inference/registry.ts`. */
export interface CovarianceMethod {
  readonly id: string;
  /** Takes `--vcov` apart. @throws bad-option */
  readonly read: (argument: string | null) => CovarianceRequest;
  /** Columns that must be complete before the sample is fixed. */
  readonly columnsNeeded: (request: CovarianceRequest) => readonly string[];
  readonly covariance: (fit: Fit, request: CovarianceRequest, rule: SmallSampleRule) => Outcome<Covariance>;
}

/** A small-sample convention. `counting` says whose way of counting parameters. */
export interface SmallSampleRule {
  /** As the user wrote it. */
  readonly label: string;
  readonly counting: 'fixest' | 'reghdfe' | 'xtreg' | 'plm';
  /** Multiply by (N-1)/(N-K), or N/(N-K) without clusters. */
  readonly adjusts: boolean;
  /** Which fixed effects K counts. */
  readonly fixefK: 'none' | 'nested' | 'full';
  /** Multiply by G/(G-1). */
  readonly adjustsClusters: boolean;
  /** G of a multiway sum: the least of all, or each term's own. */
  readonly clusterDf: 'min' | 'conventional';
}
