/** Descriptive statistics of one variable over its observed cells; null where one does not exist. */
export interface Description {
  readonly variable: string;
  readonly obs: number;
  readonly missing: number;
  readonly mean: number | null;
  /** Divisor n - 1. */
  readonly sd: number | null;
  readonly min: number | null;
  readonly p1: number | null;
  readonly p25: number | null;
  readonly median: number | null;
  readonly p75: number | null;
  readonly p99: number | null;
  readonly max: number | null;
  /** As Stata's xtsum: sd of x_it - x_i. + x.., and of the unit means. Null without a panel. */
  readonly within_sd: number | null;
  readonly between_sd: number | null;
}

/** What a column of text holds; null where there is no cell with text. */
export interface TextDescription {
  readonly variable: string;
  readonly obs: number;
  readonly missing: number;
  /** Number of different texts. */
  readonly distinct: number;
  /** The text that most rows have, the first of equals in the order of code units, and how many have it. */
  readonly most_common: string | null;
  readonly most_common_obs: number | null;
}
