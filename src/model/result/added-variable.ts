/** The rows of one term net of everything else in its model, for the plot whose slope is the coefficient. */
export interface AddedVariable {
  /** As the user wrote it. */
  readonly term: string;
  /** The coefficient; null where this model lacks the term. */
  readonly estimate: number | null;
  /** Share of the variation of the outcome, net of the rest, that the term explains. */
  readonly partial_r2: number | null;
  readonly nobs: number;
  /** Means of rows that lie in one cell of an even grid, with their number; of few rows the rows themselves. */
  readonly points: readonly { readonly x: number; readonly y: number; readonly rows: number }[];
  /** Terms that this model lacks; with any, there are no numbers. */
  readonly absent: readonly string[];
}

/** More rows than this are told by the means of cells. */
export const mostPoints = 600;
