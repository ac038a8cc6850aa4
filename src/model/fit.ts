import type { Diagnostic } from '../error/diagnostic.ts';
import type { AbsorptionReport } from '../math/absorb/contract.ts';
import type { Matrix } from '../math/matrix.ts';
import type { Factor } from '../table/factor.ts';
import type { Design, ModelDesign } from './contract.ts';
import type { EngineNote } from './result/engine-note.ts';

/**
 * How estimates depend on the errors of the rows. With u the true errors, estimates - truth = transform basis' u: every
 * covariance follows from the scores basis_i u_i, without another look at the regressors' scale. A fit is one, and so are
 * several fits side by side.
 */
export interface Influence {
  readonly design: Pick<ModelDesign, 'where' | 'panel' | 'hasConstant' | 'effects'>;
  readonly nobs: number;
  /** p names; `(Intercept)` first where the constant is a parameter. */
  readonly names: readonly string[];
  /** p x r. */
  readonly transform: Matrix;
  /** Slopes kept (the constant not counted). */
  readonly slopeCount: number;
  /** Rank of the fixed effects, exact or reghdfe's pairwise bound. */
  readonly absorbedRank: number;
  readonly sums: Pick<FitSums, 'ssr'>;
  readonly instrumented?: Pick<InstrumentedFit, 'classicalCore'>;
  readonly gives: RowScores | GivesSums | GivesEstimates;
}

/** What parameters are counted from. */
export type Counted = Pick<Influence, 'design' | 'nobs' | 'slopeCount' | 'absorbedRank' | 'gives'>;

/** What is given beside the estimates: the rows. */
export interface RowScores {
  readonly kind: 'rows';
  readonly sample: SampleRows;
  /** n x r, orthonormal columns; with weights basis and residuals carry the root of the weight. */
  readonly basis: Matrix;
  /** n residuals. */
  readonly residuals: Float64Array;
  /** The effects are two, and every pair of their levels is one row. */
  readonly isFullGrid: boolean;
  /** n x k: set with `triangle`, where the basis is made of the regressors when it is asked for. */
  readonly regressors?: Matrix;
  /** k x k, upper triangular: regressors = basis triangle. */
  readonly triangle?: Matrix;
  /** Sums of the scores in each group, count x r; null where going through the rows is cheaper. Left out for a model that shares nothing. */
  readonly sums?: (key: string, groups: Factor) => Matrix | null;
}

/** What is given beside the estimates: sums by group that were asked for while the rows were at hand (in a database, say). */
export interface GivesSums extends OutsideRows {
  readonly kind: 'sums';
  /** Sums of the scores by the groups of one column, or of the combinations of several: count x r. */
  readonly sums: (key: string) => Matrix | null;
  /** Products of those sums added over the groups, r x r, of a null key those of the rows; null where they were not made. */
  readonly products?: (key: string | null) => Matrix | null;
  /** Products of the sums of q_i v_i in place of the fit's own scores, q and v as `PartialledOut` has them; null where they were not made. */
  readonly spread?: (key: string | null, q: Matrix, v: readonly Float64Array[]) => Matrix | null;
  /** What a wild bootstrap by these clusters asks of the rows; null where it was not made. */
  readonly clusterSums?: (key: string) => ClusterSums | null;
}

/** Sums by cluster of columns Z, orthonormal over all rows: effects that cross the clusters, then the basis of the regressors. */
export interface ClusterSums {
  readonly count: number;
  /** Columns c, and the first of the regressors. */
  readonly width: number;
  readonly slopesFrom: number;
  /** c x count: Z_g' e. */
  readonly scores: Matrix;
  /** c x count: Z_g' Z_g a for c numbers, those of effects 0. */
  readonly productsWith: (a: Float64Array) => Matrix;
  /** c x c of every cluster; null beside effects that cross them. */
  readonly grams: (() => readonly Matrix[]) | null;
}

/** Nothing is given beside the estimates. */
export interface GivesEstimates extends OutsideRows {
  readonly kind: 'estimates';
}

/** A sample whose rows stayed where they are. */
interface OutsideRows {
  readonly sample: SampleOutside;
  readonly counts: EffectCounts;
  /** Sum of the weights; null without. */
  readonly totalWeight: number | null;
}

/** What counting parameters asks of fixed effects beyond their sizes. */
export interface EffectCounts {
  /** Every level of effect `e` lies in one group. */
  readonly isNestedIn: (e: number, groups: Groups) => boolean;
  /** The most connected components that effect `order[place]` shares with any before it. */
  readonly redundantLevels: (order: readonly number[], place: number) => number;
  /** Levels of effect `e` in which its slope variable `s` does not vary. */
  readonly constantLevels: (e: number, s: number) => number;
}

/** What a covariance groups: the rows of a sample, or groups that were counted elsewhere. */
export type Sample = SampleRows | SampleOutside;

export interface SampleRows extends Pick<Design, 'where' | 'panel' | 'table' | 'rows' | 'effects' | 'weights'> {
  readonly kind: 'rows';
  /** The clusters of a variable, made by `make` at the first request; left out: at every request. */
  readonly clustering?: (name: string, make: () => Clustering) => Clustering;
}

export interface SampleOutside extends Pick<ModelDesign, 'where' | 'panel'> {
  readonly kind: 'outside';
  /** Groups by one column, or by the combinations of `a+b`; null where they were not counted. */
  readonly groupCount: (key: string) => number | null;
}

/** A least squares fit apart from all inference. */
export interface Fit extends Influence {
  readonly design: ModelDesign;
  readonly coefficients: Float64Array;
  /** r coordinates of the outcome: coefficients = transform projections; null where they are found otherwise (CUE). */
  readonly projections: Float64Array | null;
  readonly collinear: readonly string[];
  readonly isRankExact: boolean;
  readonly absorption: AbsorptionReport;
  readonly sums: FitSums;
  readonly diagnostics: readonly Diagnostic[];
  readonly gives: GivesRows | GivesSums | GivesEstimates;
  /** The same fit with the constant of xtreg, null where it is not estimable; left out where it is made from the rows. */
  readonly withXtregConstant?: () => Fit | null;
  /** Set by estimators with instruments. */
  readonly instrumented?: InstrumentedFit;
  /** What made the sums of a fit whose rows stayed elsewhere. */
  readonly engine?: EngineNote;
}

/** What a fit gives whose rows are at hand. */
export interface GivesRows extends RowScores {
  readonly design: Design;
  /** n x k: kept regressors without constant, after absorption. */
  readonly regressors: Matrix;
}

/** What an estimator with instruments leaves for the tests after it. */
export interface InstrumentedFit {
  readonly estimator: InstrumentEstimator;
  /** a of Fuller(a), k of the k-class as it was asked for; null for the others. */
  readonly number: number | null;
  /** k of the k-class: 1 for 2SLS, lambda for LIML; null for GMM. */
  readonly kappa: number | null;
  /** lambda of LIML where it was computed. */
  readonly lambda: number | null;
  readonly parts: PartialledOut;
  /** Residuals of the fit, as `parts` has its columns. */
  readonly residuals: Float64Array;
  /** r x r: the classical covariance is s2 transform this transform'; null: the unit matrix. */
  readonly classicalCore: Matrix | null;
  /** n residuals of the first step, which GMM's covariance is made of; null: the fit's own. */
  readonly scoreResiduals: Float64Array | null;
  /** One least squares fit of each endogenous regressor on all instruments. */
  readonly firstStages: readonly FirstStage[];
}

/** A least squares fit of which coefficients and their errors are shown. */
export type FirstStage = Influence & Pick<Fit, 'coefficients'>;

export type InstrumentEstimator = '2sls' | 'liml' | 'fuller' | 'kclass' | 'gmm' | 'cue';

/**
 * Outcome, endogenous regressors and instruments net of effects, constant and exogenous regressors: n values each (root of the weight
 * on them), or coordinates in an orthonormal basis where the rows are elsewhere. Lengths and angles are the same, and nothing else is
 * asked of them but spreads of scores.
 */
export interface PartialledOut {
  /** Kept endogenous regressors, K1 names. */
  readonly endogenous: readonly string[];
  /** Kept excluded instruments, L1 names. */
  readonly instruments: readonly string[];
  readonly y: Float64Array;
  /** n x K1. */
  readonly d: Matrix;
  /** n x L1, orthonormal columns that span the instruments. */
  readonly q: Matrix;
  /** n x L1: the instruments themselves, net. */
  readonly z: Matrix;
  /** n x k2, orthonormal: the constant where it is a parameter, and the exogenous regressors. */
  readonly exogenous: Matrix;
  /** All instruments as ivreg2's L counts them: excluded ones, exogenous ones, constant, rank of the absorbed effects. */
  readonly instrumentCount: number;
}

/** Sums of squares (weighted) and the correlations of xtreg. */
export interface FitSums {
  readonly ssr: number;
  /** Around the mean with a constant or fixed effects, else around zero. */
  readonly total: number;
  /** Of the outcome, by the weights where there are any; left out where its values are elsewhere. */
  readonly mean?: () => number;
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

/** Groups of rows; null for codes where the rows are elsewhere. */
export interface Groups {
  readonly name: string;
  readonly count: number;
  readonly codes: Int32Array | null;
}
