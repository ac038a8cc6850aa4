/** A measure that the raw tables cannot give, and what they lack for it. */
export interface LackingMeasure {
  readonly variable: string;
  readonly formula: string;
  /** Kinds of raw tables without any file: folders of the raw layer. */
  readonly missing_tables: readonly string[];
  /** Raw series of its formula without a value, each with its usual header. */
  readonly missing_series: readonly { readonly series: string; readonly header: string }[];
  /** Headers that were passed over and are like one of these series. */
  readonly near: readonly NearHeader[];
  /** Where every series was read: years that hold them all, and those of the panel; null elsewhere. */
  readonly years: { readonly read: readonly [number, number]; readonly panel: readonly [number, number] } | null;
}

/** A header that no name knows, beside the known name that is nearest to it. */
export interface NearHeader {
  readonly header: string;
  readonly file: string;
  readonly series: string;
  readonly known: string;
}
