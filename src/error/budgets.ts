/**
 * What a study, a formula or a file may ask for, so that the impossible is refused before memory goes. Each limit is far above what
 * a real study has and below what a machine of 8 GB survives; `KAYA_BUDGETS=models=50000,terms=20000` sets others (docs/methods/budgets.md).
 */
export const budgets = {
  /** Models of one formula: stepwise lists, outcomes and parts multiply. A table of 10,000 columns has no reader. */
  models: 10_000,
  /** Terms of one model: `a*b*c*…` doubles with every factor, and an interaction of two factors has their product. */
  terms: 5_000,
  /** Brackets and calls within each other: every level of them is a level of the reader's own stack. */
  nesting: 200,
  /** Characters of a file of the study language; the reader takes some 60 bytes for each. */
  letters: 10_000_000,
  /** Values of such a file with its aliases written out: nine lists of ten aliases each stand for a billion. */
  values: 1_000_000,
  /** Operators one behind the other in one expression, `a + b + …`: whoever computes it goes as deep as it is long. */
  operators: 1_000,
  /** Periods of one range of lags, `l(x, 1/40)`: each is a column of the length of the panel. */
  lags: 1_000,
  /** Tables and figures of one study: each is a handful of files and a part of the report. */
  exhibits: 2_000,
  /** Cells of the matrix of regressors, rows times columns, at 8 bytes each: 400 million are 3.2 GB. */
  cells: 400_000_000,
  /** Years of a panel that is made from raw tables: every place has a row for each. */
  periods: 10_000,
  /** Replicates of one bootstrap: the p-value of a million has a standard error below 0.0005. */
  replicates: 1_000_000,
  /** Rows times draws of a wild bootstrap in which every row has a weight: each goes through the fixed effects; a billion are some minutes. */
  row_draws: 1_000_000_000,
  /** Bytes of one cell of a data file, or its letters where the file is no text. */
  cell: 4_000_000,
  /** Letters of the name of a column: it is printed, looked for and written into formulas. */
  name: 4_096,
  /** Pairs of units whose correlation is asked for: those of 10,000 units; each goes through the periods of both. */
  pairs: 50_000_000,
  /** Correlations of one table, those of 1,000 variables: each has a cell, and a line in JSON. */
  correlations: 500_000,
  /** Specifications of one curve: outcomes, measures, effects and samples multiply, and every control doubles them. */
  specifications: 1_000_000,
  /** Columns of a data file: a name, a column and a description each. */
  columns: 200_000,
  /** Bytes of one message to `kaya mcp`: a formula and its options. */
  message: 10_485_760,
  /** Threads for each core of the machine: more only wait for each other. */
  threads_per_core: 8,
  /** Regressors that `study init` writes into a first study: a list that a person still reads. */
  first_regressors: 200,
} as const;

export type BudgetName = keyof typeof budgets;

/** More than a budget allows; of `threads_per_core` `asked` counts threads, `limit` those of each core. */
export interface OverBudget {
  readonly where: string;
  readonly budget: BudgetName;
  readonly asked: number;
  readonly limit: number;
}
