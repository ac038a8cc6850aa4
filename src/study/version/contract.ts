/**
 * What a reader of the report changed of a study. A version is plain data, stands whole in an address, and holds nothing of what the
 * study itself says: without changes it is the authors' own.
 */
export interface Version {
  /** The covariance that tables print, as it is typed (`cluster:city`); null: each model's own. */
  readonly vcov: string | null;
  /** First and last time of the rows; null: all of them. */
  readonly period: readonly [first: number, last: number] | null;
  /** Condition that rows must meet beside those of the models; null: none. */
  readonly where: string | null;
  /** Units without their rows, by the key of the panel. */
  readonly without: readonly string[];
  /** Controls that the models do without, by name. */
  readonly dropped: readonly string[];
  /** What happens to values beyond the percentiles `share` and 100 - `share` of each variable of the models. */
  readonly tails: { readonly how: 'winsor' | 'trim'; readonly share: number } | null;
  /** Share of the rows that each regime of a threshold model keeps; null: as the model has it. */
  readonly thresholdTrim: number | null;
  /** Replicates of the threshold tests; null: as the model has them. */
  readonly replicates: number | null;
}

/** The version of the authors. */
export const authorsVersion: Version = {
  vcov: null,
  period: null,
  where: null,
  without: [],
  dropped: [],
  tails: null,
  thresholdTrim: null,
  replicates: null,
};
