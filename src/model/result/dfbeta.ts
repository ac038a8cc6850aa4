/** What single rows, units and periods do to the coefficient of a term. */
export interface Dfbeta {
  /** As the user wrote it. */
  readonly term: string;
  readonly estimate: number | null;
  readonly groups: readonly DfbetaGroup[];
  /** Terms that this model lacks; with any, there are no numbers. */
  readonly absent: readonly string[];
}

export interface DfbetaGroup {
  /** The column, `a^b` for combinations; null: single rows. */
  readonly by: string | null;
  /** Rows, or levels. */
  readonly levels: number;
  /** 2 / sqrt(levels). */
  readonly cutoff: number;
  /** Members whose DFBETAS is farther from zero than that. */
  readonly beyond: number;
  /** Members without which the coefficient is not determined. */
  readonly undetermined: number;
  /** In the order of the data; of more than `mostMembers` those farthest from zero. */
  readonly members: readonly DfbetaMember[];
}

export interface DfbetaMember {
  /** Place in the order of the data, or of the levels, from 1. */
  readonly place: number;
  /** The level; of a row its unit and time, its number in the data where there is no panel. */
  readonly level: string;
  readonly rows: number;
  /** b - b without it; null where nothing is left to determine it. */
  readonly dfbeta: number | null;
  /** That over s(-) sqrt((X'X)^-1_jj), s(-) the root mean squared error without it; null where there is none. */
  readonly dfbetas: number | null;
}

/** Members that a result holds at most of each group. */
export const mostMembers = 2000;
