/** What can stand below an estimate, or beside it: standard error, t or z, p, 95% interval, p adjusted for a family of hypotheses. */
export const cellStatistics = ['se', 't', 'p', 'ci', 'adjusted'] as const;
export type CellStatistic = (typeof cellStatistics)[number];

/** Rows below the coefficients: of the fit, of its test, of its sample. */
export const fitRows = [
  'nobs',
  'r2',
  'r2_adj',
  'r2_within',
  'r2_within_adj',
  'r2_xtreg_within',
  'r2_xtreg_between',
  'r2_xtreg_overall',
  'rmse',
  'f',
  'f_p',
  'first_stage_f',
  'outcome_mean',
  'outcome_sd',
  'clusters',
] as const;
export type FitRow = (typeof fitRows)[number];
