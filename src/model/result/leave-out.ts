/** The coefficient of a term in fits without one level each of some columns. */
export interface LeaveOut {
  /** As the user wrote it. */
  readonly term: string;
  readonly estimate: number | null;
  readonly groups: readonly LeaveOutGroup[];
  /** Terms that this model lacks; with any, there are no numbers. */
  readonly absent: readonly string[];
}

export interface LeaveOutGroup {
  /** The column, `a^b` for combinations. */
  readonly by: string;
  readonly levels: number;
  /** Of the fits that determine the coefficient; null where none does. */
  readonly lowest: LeftOut | null;
  readonly highest: LeftOut | null;
  /** Fits whose coefficient has the other sign. */
  readonly sign_changes: number;
  /** Levels without which nothing determines the coefficient. */
  readonly undetermined: number;
  /** In the order of the levels. */
  readonly members: readonly LeftOut[];
}

export interface LeftOut {
  readonly level: string;
  readonly rows: number;
  /** Null where nothing is left to determine it. */
  readonly estimate: number | null;
}
