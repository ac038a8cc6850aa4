import type { Outcome } from '../../error/diagnostic.ts';
import type { Matrix } from '../../math/matrix.ts';
import type { Covariance, CovarianceRequest, PanelKeys, SmallSampleRule } from '../contract.ts';
import type { Groups, Influence, Sample } from '../fit.ts';

/** What a covariance groups by, on one sample: made by `prepare`, and used for any number of meats. */
export interface Grouping {
  /** Groups as a result shows them: clusters of each variable, periods. */
  readonly counts: readonly number[];
  /** Whether a meat has no negative eigenvalue as it comes. */
  readonly isDefinite: boolean;
}

/**
 * Scores q_i v_i of rows in their factors, one column of residuals v after the other, or their sums by group. A covariance that
 * averages products of residuals needs the factors; the others need the products.
 */
export interface Scores {
  /** The place for error messages. */
  readonly where: string;
  /** Null where the rows are elsewhere. */
  readonly rows: ScoreRows | null;
  /** Sums in each group, count x m, where they can be had without the rows. */
  readonly sums?: (groups: Groups) => Matrix | null;
  /** Products of the sums of each group, added over groups, m x m, where those can be had; of the rows themselves without groups. */
  readonly products?: (groups: Groups | null) => Matrix | null;
  /** Columns and residuals in coordinates of an orthonormal basis, and how many rows there are: enough where errors are alike. */
  readonly coordinates?: { readonly q: Matrix; readonly v: readonly Float64Array[]; readonly count: number };
}

export interface ScoreRows {
  /** n x m. */
  readonly q: Matrix;
  readonly v: readonly Float64Array[];
  /** n x (m v.length): the scores written out. */
  readonly written: () => Matrix;
  /** Set where `q` is to be made of other columns: of one column v alone. */
  readonly from?: { readonly regressors: Matrix; readonly triangle: Matrix };
}

/** How a covariance was asked for, beside its grouping. */
export interface CovarianceOptions {
  readonly request: CovarianceRequest;
  readonly rule: SmallSampleRule;
}

/**
 * A way to estimate the covariance: one file each, listed in `inference/catalog.ts`. It speaks three times: which columns it
 * needs before the sample is fixed; how the rows of the sample are grouped; and what is in the middle of the sandwich for any
 * scores, so that tests of instruments and joint covariances of several models follow the covariance of the estimates.
 */
export interface CovarianceMethod<G extends Grouping = Grouping> {
  readonly id: string;
  /** Other names of the same thing. */
  readonly aliases: readonly string[];
  /** What stands behind the name, as help and error messages show it. */
  readonly usage: string;
  /**
   * Which errors may go together: none and all alike, none of two rows, or those of a cluster, a period, a series or
   * a neighbourhood. Methods of one sort differ in corrections only.
   */
  readonly errors: 'alike' | 'rows' | 'clusters' | 'periods' | 'series' | 'space';
  /**
   * When several models have it jointly: always, if no row is in two of them, as clusters of the rows, by the leverages of each
   * model, or never.
   */
  readonly joint: 'always' | 'distinct-rows' | 'by-row' | 'leverage' | 'never';
  /** Takes a covariance's words apart. @throws bad-option */
  readonly read: (argument: string | null) => CovarianceRequest;
  /** Columns that must be complete before the sample is fixed. */
  readonly columnsNeeded: (request: CovarianceRequest, panel?: PanelKeys | null) => readonly string[];
  /**
   * Codes of the groups on the rows of a sample.
   * @throws unknown-column, panel-needed, cluster-too-few, missing-cluster, rows-needed, and those of the method
   */
  prepare(sample: Sample, request: CovarianceRequest): G;
  /**
   * The covariance of sum_i q_i v_i without small-sample factors or leverages: sum over the pairs of rows that go together of
   * s_i s_j', for methods that average residuals their averages in place of the products.
   * @returns (m v.length)-square, symmetric. @throws rows-needed
   */
  meat(scores: Scores, grouping: G): Matrix;
  /** Whether the meat is made of averages of products of residuals, so that scores written out do not tell it. */
  readonly isAveraged: boolean;
  /** transform (meat with factors) transform'. @throws rows-needed, covariance-undefined */
  covariance(influence: Influence, grouping: G, options: CovarianceOptions): Outcome<Covariance>;
}
