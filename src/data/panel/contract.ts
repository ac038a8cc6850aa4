import type { StudyError } from '../../error/study-error.ts';
import type { ColumnTable } from '../../table/column.ts';
import type { BilingualText } from '../source/contract.ts';

/** A raw file with the headers of its first row, as they stand. */
export interface RawFile {
  readonly path: string;
  readonly headers: readonly string[];
}

/** The raw layer, sorted by kind. */
export interface RawFiles {
  readonly registry: readonly RawFile[];
  readonly energy: readonly RawFile[];
  readonly yearbook: readonly RawFile[];
  readonly patents: readonly RawFile[];
  readonly reference: {
    readonly cities: RawFile;
    readonly fuels: RawFile;
    readonly gridFactors: RawFile;
    readonly keywords: RawFile;
    readonly exchangeRates: RawFile;
  };
}

/** A rule that takes cities out of the panel; exactly one of `cities` and `provinces` is not empty. */
export interface ExclusionRule {
  /** Chinese names or six-digit codes. */
  readonly cities: readonly string[];
  readonly provinces: readonly string[];
  readonly reason: BilingualText;
  readonly assumption: boolean;
}

/** A variable of the panel, its formula and missing rule settled. */
export interface PanelVariable {
  readonly id: string;
  readonly formula: string;
  readonly missing: 'linear' | 'keep';
}

/** What a panel is made of, without saying how. */
export interface PanelSpec {
  readonly years: readonly [first: number, last: number];
  readonly universe: string;
  readonly exclude: readonly ExclusionRule[];
  readonly groups: readonly string[];
  readonly variables: readonly PanelVariable[];
}

/** A query that finds faults: no row, no fault. */
export interface PanelCheck {
  readonly sql: string;
  readonly toError: (rows: ColumnTable) => StudyError;
}

export type PanelStepId = 'cities' | 'yearbook' | 'energy' | 'registry' | 'patents' | 'indicators' | 'variables';

/** Statements of one step and the checks that follow them. */
export interface PanelStep {
  readonly id: PanelStepId;
  readonly statements: readonly string[];
  readonly checks: readonly PanelCheck[];
}

/** The way from raw files to the panel as queries, without running any. */
export interface PanelPlan {
  readonly steps: readonly PanelStep[];
  /** One row per city and year, sorted: the columns of `panel.csv`. */
  readonly panel: string;
  /** One row per sample rule: rule, cities_out, cities_left, rows_left. */
  readonly sampleLedger: string;
  /** One row per variable: cells, observed, interpolated, missing. */
  readonly cellLedger: string;
  /** One row per raw table: rows read, rows used, rows that found no city. */
  readonly sourceLedger: string;
}
