/** How missing cells of a measure are treated: interpolated linearly inside a city, or kept missing. */
export type MissingRule = 'linear' | 'keep';

/** What a study file may say about a known measure. */
export interface MeasureSignature {
  /** The rule when the file says nothing. */
  readonly missing: MissingRule;
  /** Each option to its values, the default first. */
  readonly options: Readonly<Record<string, readonly string[]>>;
}

/** The names that a study file may use, known before any data is read. */
export interface Vocabulary {
  readonly measures: Readonly<Record<string, MeasureSignature>>;
  /** Raw indicators that the formula of a new measure may use. */
  readonly indicators: readonly string[];
  /** Group columns that a panel may carry. */
  readonly groups: readonly string[];
}
