/** Two cells that give one place, year and series different values. */
export interface TwoValues {
  readonly indicator: string;
  /** Code of the place. */
  readonly city: number | string;
  readonly year: number;
  readonly cells: readonly string[];
  /** The two files, one when it contradicts itself. */
  readonly files: readonly string[];
  readonly count: number;
  /** Whether the study may mend cells by data.rules; left out: it may. */
  readonly hasRules?: boolean;
}
