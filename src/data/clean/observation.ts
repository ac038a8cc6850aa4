import type { CellPlace } from '../source/raw-sheet.ts';

/** One raw value of one place and year, in the indicator's own unit, with the cell that it stands in. */
export interface Observation {
  /** Whose value it is: the unit of the panel, by the number that its index of places gives it. */
  readonly place: number;
  readonly year: number;
  /** Id of a yearbook indicator, `fuel.<key>` of an energy table, `green_inventions` and `green_utility_models`. */
  readonly indicator: string;
  /** Null where the cell says that the value is missing. */
  readonly value: number | null;
  readonly cell: CellPlace;
  /** The cell as written. */
  readonly written: string;
}
