/** How a plan fitted many models: what it shared, what it could not. Numbers and strings only. */
export interface PlanReport {
  readonly models: number;
  readonly groups: readonly PlanGroupReport[];
  /** Models that share nothing: the only one on its sample, or with instruments. */
  readonly alone: readonly string[];
  /** Wall time of all fits, milliseconds; null where no clock was given. */
  readonly ms: number | null;
}

/** Models on the same rows with the same fixed effects and weights. */
export interface PlanGroupReport {
  readonly models: readonly string[];
  /** Value of the split variable, null for the whole sample. */
  readonly sample: string | null;
  readonly nobs: number;
  readonly effects: readonly { readonly name: string; readonly levels: number }[];
  readonly weights: string | null;
  readonly outcomes: readonly string[];
  /** Distinct columns, outcomes among them, that were absorbed once. */
  readonly columns: number;
  /** Columns that the models name altogether: what single fits would absorb. */
  readonly named: number;
  readonly method: string;
  readonly iterations: number;
  /** Independent regressors: every model is a problem of this many rows. */
  readonly rank: number;
  /** Models solved without the rows. */
  readonly solves: number;
  readonly fallbacks: readonly { readonly model: string; readonly reason: FallbackReason }[];
  /** Groupings of clusters whose cross-products were formed once. */
  readonly clusters: readonly { readonly by: string; readonly clusters: number }[];
  readonly ms: number | null;
}

/**
 * Why a model was fitted on its rows: `ill-conditioned` above the limit of `solveSubset`; `near-perfect-fit` where the
 * residual is lost in the outcome's rounding; `dependent-columns` where the columns of all models together are collinear;
 * `large-mean` where a constant meets a mean far above the spread; `refused` where the fit ends in an error.
 */
export type FallbackReason = 'ill-conditioned' | 'near-perfect-fit' | 'dependent-columns' | 'large-mean' | 'refused';
