import type { StudyError } from '../../error/study-error.ts';
import type { ColumnTable } from '../../table/column.ts';
import type { FillRule } from './fill.ts';

/** A raw file with the headers of its first row, as they stand. */
export interface RawFile {
  readonly path: string;
  /** The file that `path` is a copy of, when it is one. */
  readonly original?: string;
  readonly headers: readonly string[];
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

/** Statements of one step and the checks that follow them. */
export interface PanelStep {
  /** Its name, which progress shows. */
  readonly id: string;
  readonly statements: readonly string[];
  readonly checks: readonly PanelCheck[];
}

/** The way from raw files to the panel as queries, without running any. */
export interface PanelRecipe {
  /** The first one settles the cities. */
  readonly steps: readonly [PanelStep, ...PanelStep[]];
  /** One row per unit and year, sorted: the columns of `panel.csv`. */
  readonly panel: string;
  /** One row per unit of the table of places, as text: code, name_zh, name_en (null without one). */
  readonly placeNames: string;
  /** One row per sample rule: rule, cities_out, cities_left, rows_left. */
  readonly sampleLedger: string;
  /** One row per variable and year: observed, filled, missing units of the panel. */
  readonly coverage: string;
  /** One row per variable: cells, observed, interpolated, extrapolated, missing. */
  readonly cellLedger: string;
}
