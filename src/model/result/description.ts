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
