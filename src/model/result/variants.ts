import type { Coefficient } from './coefficients.ts';
import type { CovarianceLabel } from './result.ts';

/** A name of the author's, in both languages or one for both. */
export type VariantLabel = string | { readonly en: string; readonly zh: string };

/** What a variant may change, by its words. */
export const variantChanges = [
  'where',
  'replace',
  'add',
  'drop',
  'effects',
  'add_effects',
  'weights',
  'estimator',
  'vcov',
] as const;
export type VariantChange = (typeof variantChanges)[number];

/** One coefficient over a baseline and its variants, under one covariance. */
export interface VariantComparison {
  /** The term of the baseline. */
  readonly term: string;
  /** Of the baseline. */
  readonly vcov: CovarianceLabel;
  /** The baseline, then the variants in their order. */
  readonly lines: readonly [VariantLine, ...VariantLine[]];
}

export interface VariantLine {
  readonly model: string;
  /** Null: the baseline. */
  readonly label: VariantLabel | null;
  readonly is_assumption: boolean;
  readonly changes: readonly VariantChanged[];
  /** Every change is idle: it is the model of the baseline, by algebra. */
  readonly is_unchanged: boolean;
  /** What stands in the place of the term; null: the variant has none. */
  readonly term: string | null;
  readonly depvar: string;
  readonly nobs: number;
  readonly vcov: CovarianceLabel;
  readonly coefficient: Coefficient | null;
  /** The coefficient less that of the baseline, by the joint covariance of both. */
  readonly difference: Coefficient | null;
  /** Why there is no difference or no error of it; null: there is one, or it is the baseline. */
  readonly no_difference: NoVariantDifference | null;
}

export interface VariantChanged {
  readonly what: VariantChange;
  /** As it is written. */
  readonly text: string;
  /** Changes nothing by algebra: a condition that leaves out no row, effects inside those that are there. */
  readonly is_idle: boolean;
}

export type NoVariantDifference =
  /** The model is that of the baseline, errors apart. */
  | 'same-model'
  /** The covariance has no form for two models. */
  | 'no-joint-form'
  /** The variant or the baseline lacks the term. */
  | 'no-term';
