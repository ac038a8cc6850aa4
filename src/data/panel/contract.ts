import type { StudyError } from '../../error/study-error.ts';
import type { ColumnTable } from '../../table/column.ts';
import type { FillRule } from './fill.ts';

/** A reference table as it was read, its columns by the headers of its first row. */
export interface ReferenceFile {
  readonly path: string;
  /** Cells as texts as they stand, missing where empty. */
  readonly table: ColumnTable;
  /** Line of the file, or row of the sheet, that each row stands on; from 1. */
  readonly lines: Float64Array;
}

/** A raw file of any format; `name` is its path below the raw folder, with forward slashes. */
export interface TableFile {
  readonly path: string;
  readonly name: string;
}

/** A variable of the panel, its formula and missing rule settled. */
export interface PanelVariable {
  readonly id: string;
  readonly formula: string;
  readonly fill: FillRule;
}

/** The table of values that the raw tables gave: unit, year, indicator, value (NULL where a cell says it is missing). */
export const observationTable = 'observations';

/** A query that finds faults: no row, no fault. */
export interface PanelCheck {
  readonly sql: string;
  readonly toError: (rows: ColumnTable) => StudyError;
}

/** One step: what the engine is given, the tables that it makes in order, and the checks that follow. */
export interface PanelStep {
  /** Its name, which progress shows. */
  readonly id: string;
  readonly loads: readonly { readonly name: string; readonly table: ColumnTable }[];
  readonly tables: readonly { readonly name: string; readonly query: string }[];
  readonly checks: readonly PanelCheck[];
}

/** The way from raw files to the panel as queries, without running any. */
export interface PanelRecipe {
  /** The first one settles the cities. */
  readonly steps: readonly [PanelStep, ...PanelStep[]];
  /** One row per unit and year, sorted: the columns of `panel.csv`. */
  readonly panel: string;
  /** One row per unit of the table of places and per larger one around it, as text: code, name_zh, name_en (null without one). */
  readonly placeNames: string;
  /** One row per sample rule: rule, cities_out, cities_left, rows_left. */
  readonly sampleLedger: string;
  /** One row per variable and year: observed, filled, missing units of the panel. */
  readonly coverage: string;
  /** One row per variable: cells, observed, interpolated, extrapolated, missing. */
  readonly cellLedger: string;
}
