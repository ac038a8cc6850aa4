/** Rows that did not make it into the sample, by reason; each row counts once, and all of them add up to the rows lost. */
export interface SampleLosses {
  /** An empty cell of outcome, regressors, instruments or fixed effects. */
  readonly missing: number;
  readonly singleton: number;
  /** Taken out by a filter. */
  readonly where: number;
  /** In another part of a split, or in none; left out without a split. */
  readonly split?: number;
  /** A function has no value there: log of what is not positive, division by zero. These and the next are left out where 0. */
  readonly undefined?: number;
  /** The panel has no row of that unit as many periods before or after. */
  readonly lag?: number;
  readonly weight_missing?: number;
  readonly weight_zero?: number;
  /** No value of a column of the covariance: cluster, period, coordinate. */
  readonly cluster?: number;
  /** Treated on every row that there is, so that nothing says what would have been. */
  readonly always_treated?: number;
  /** From the treatment of the last cohort on, where nobody is left untreated. */
  readonly last_treated?: number;
}

/** Reasons that are laid to something in the model, in the order in which they are told. */
export const lossReasons = [
  'missing',
  'undefined',
  'lag',
  'weight_missing',
  'weight_zero',
  'cluster',
  'always_treated',
  'last_treated',
] as const;
export type LossReason = (typeof lossReasons)[number];

/** Rows of one reason that failed first at one column, function or lag. */
export interface RowLoss {
  readonly reason: LossReason;
  readonly name: string;
  readonly rows: number;
}
