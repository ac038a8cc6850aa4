import type { StudyError } from '../../error/study-error.ts';
import type { ColumnTable } from '../../table/column.ts';
import type { BilingualText } from '../source/contract.ts';
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

/** The raw layer, sorted by kind. */
export interface RawFiles {
  readonly registry: readonly TableFile[];
  readonly energy: readonly TableFile[];
  readonly yearbook: readonly TableFile[];
  readonly patents: readonly TableFile[];
  readonly reference: {
    readonly cities: RawFile;
    /** Groups of the study's own by code; null: none. */
    readonly groups: RawFile | null;
    /** Null: neither the study nor its pack has one. Likewise below. */
    readonly fuels: RawFile | null;
    readonly gridFactors: RawFile | null;
    readonly keywords: RawFile | null;
    readonly keywordExclusions: RawFile | null;
    /** The study's own first, then the pack's. */
    readonly cityAliases: readonly RawFile[];
    readonly divisionChanges: RawFile | null;
    readonly exchangeRates: RawFile | null;
  };
}

/** Kinds of raw tables, each the folder of that name. */
export type RawKind = Exclude<keyof RawFiles, 'reference'>;

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
  readonly fill: FillRule;
}

/** Which factors turn energy into carbon dioxide. */
export interface EmissionRules {
  /** Carbon content and oxidation: the Chinese inventory guideline, or the defaults of IPCC 2006. */
  readonly coefficients: 'china_inventory' | 'ipcc_2006';
  /** Electricity at the factor of the city's regional grid, or of the nation. */
  readonly grid: 'regional' | 'national';
}

/** A group column of the panel, with the column of the table of places that holds it. */
export interface PanelGroup {
  readonly id: string;
  readonly column: string;
  readonly isFlag: boolean;
}

/** What a panel is made of, without saying how. */
export interface PanelSpec {
  readonly years: readonly [first: number, last: number];
  /** Flag column of the table of places; null: every place. */
  readonly universe: string | null;
  readonly exclude: readonly ExclusionRule[];
  readonly groups: readonly PanelGroup[];
  /** Raw series that tables may hold. */
  readonly series: readonly string[];
  readonly variables: readonly PanelVariable[];
  readonly emissions: EmissionRules;
}

/** A query that finds faults: no row, no fault. */
export interface PanelCheck {
  readonly sql: string;
  readonly toError: (rows: ColumnTable) => StudyError;
}

export type PanelStepId = 'cities' | 'yearbook' | 'energy' | 'registry' | 'rates' | 'indicators' | 'variables';

/** Statements of one step and the checks that follow them. */
export interface PanelStep {
  readonly id: PanelStepId;
  readonly statements: readonly string[];
  readonly checks: readonly PanelCheck[];
}

/** The way from raw files to the panel as queries, without running any. */
export interface PanelRecipe {
  /** The first one settles the cities. */
  readonly steps: readonly [PanelStep, ...PanelStep[]];
  /** One row per city and year, sorted: the columns of `panel.csv`. */
  readonly panel: string;
  /** One row per unit of the gazetteer, as text: code, city_zh, city_en (null without one). */
  readonly cityNames: string;
  /** One row per sample rule: rule, cities_out, cities_left, rows_left. */
  readonly sampleLedger: string;
  /** One row per variable and year: observed, filled, missing cities of the panel. */
  readonly coverage: string;
  /** One row per variable: cells, observed, interpolated, extrapolated, missing. */
  readonly cellLedger: string;
}
