import type { Coefficient } from './coefficients.ts';
import type { CovarianceLabel } from './result.ts';

/** Why a change is not taken apart. */
export type NoChangeParts =
  /** The outcomes are not the same. */
  | 'outcome'
  | 'weights'
  | 'instruments'
  /** A model lacks the term, or has another measure in its place. */
  | 'term'
  /** No row is in both samples. */
  | 'rows'
  /** The covariance has no form for several models. */
  | 'no-joint-form';

/** How a coefficient changes from one model to another: the parts add up to the whole. */
export interface ColumnChange {
  readonly term: string;
  readonly from: string;
  readonly to: string;
  /** Rows of the one, of the other, and of both. */
  readonly nobs: { readonly from: number; readonly to: number; readonly common: number };
  /** Null where it is not taken apart. */
  readonly vcov: CovarianceLabel | null;
  readonly reason: NoChangeParts | null;
  /** The second coefficient less the first. */
  readonly total: Coefficient | null;
  readonly parts: readonly ChangePart[];
}

/**
 * `rows_left`: rows that the second model lacks; `effects`: other fixed effects, on the common rows; `added` and `dropped`: a regressor
 * (Gelbach 2016); `rows_joined`: rows that the first model lacks.
 */
export interface ChangePart extends Coefficient {
  readonly what: 'rows_left' | 'effects' | 'added' | 'dropped' | 'rows_joined';
}
