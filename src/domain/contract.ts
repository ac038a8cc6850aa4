import type { OtherDefinition } from '../data/clean/definitions.ts';
import type { LedgerLine, LedgerRule } from '../data/clean/ledger.ts';
import type { Observation } from '../data/clean/observation.ts';
import type { PanelRecipe, TableFile } from '../data/panel/contract.ts';
import type { CellsOf } from '../data/panel/trace.ts';
import type { BilingualText, Bounds, IndicatorDefinition, UnitFactors } from '../data/source/contract.ts';
import type { PlaceAnswer, PlaceIndex, PlaceQuery } from '../data/source/places.ts';
import type { DeclaredUnit } from '../data/source/unit.ts';
import type { ColumnTable } from '../table/column.ts';

/** How missing cells of a measure are treated: interpolated linearly inside a unit, or kept missing. */
export type MissingRule = 'linear' | 'keep';

/** A variable of the panel, declared once: everything that is known of it stands here. */
export interface MeasureDefinition {
  readonly id: string;
  readonly label: BilingualText;
  readonly unit: BilingualText;
  /** An expression over series; its free names are the inputs. */
  readonly formula: string;
  /** What it can be; values outside are told in the ledger and kept. */
  readonly bounds?: Bounds;
  /** Where it is defined. */
  readonly source: BilingualText;
  /** The rule when a study says nothing. Ends are never extrapolated. */
  readonly missing: MissingRule;
  /** What its source leaves open or contradicts, and what was taken. */
  readonly note?: BilingualText;
  /** An option of the study file: its values, the default first, with the formula each one means. */
  readonly option?: { readonly name: string; readonly formulas: Readonly<Record<string, string>> };
}

/** A series by unit and time that is computed from raw tables, not read from one: what it is, in words. */
export interface DerivedIndicator {
  readonly id: string;
  readonly label: BilingualText;
  readonly unit: DeclaredUnit;
  /** How it is computed, for the report. */
  readonly method: BilingualText;
  readonly source: string;
}

/** A group column of a panel: the column of the table of places that holds it, and whether it is a 0/1 flag. */
export interface GroupColumn {
  readonly column: string;
  readonly isFlag: boolean;
  /** It holds numbers, such as degrees; left out: it does not. */
  readonly isNumber?: boolean;
}

/** How kinds of energy are written in tables. */
export interface FuelWords {
  /** What may stand behind the name of a fuel: its consumption, its use. */
  readonly words: readonly string[];
  /** Other names by key of the fuel. */
  readonly names: Readonly<Record<string, readonly string[]>>;
  /** Units of fuels that are weighed, metered by volume and by power, and of standard coal, as tables usually write them. */
  readonly units: Readonly<Record<'kg' | 'm3' | 'kWh' | 'coal', UnitFactors>>;
}

/** What is known of a field, as data: a folder below packs/. A study that names it may use every name in it. */
export interface Pack {
  readonly id: string;
  readonly title: BilingualText;
  /** What a unit of its panels is called in the study file and as a column. */
  readonly unit: string;
  /** The code behind it: an entry of `domains`; null for none. */
  readonly domain: string | null;
  /** Raw series by kind of table, which is the folder that the tables of that kind lie in. */
  readonly tables: Readonly<Record<string, readonly IndicatorDefinition[]>>;
  /** Series that others say as well. */
  readonly definitions: readonly OtherDefinition[];
  readonly derived: readonly DerivedIndicator[];
  readonly measures: readonly MeasureDefinition[];
  readonly groups: Readonly<Record<string, GroupColumn>>;
  readonly fuels: FuelWords | null;
}

/** What the code behind a pack answers. */
export interface Domain {
  /** The raw values behind one series of a unit in a year. */
  readonly cellsOf: CellsOf;
  /** Series that are counted from rows of another kind of file, not read from cells, with that kind. */
  readonly counted: Readonly<Record<string, string>>;
  /** Kind of table of a raw series that reference tables tell of; null for every other. */
  readonly kindOf: (indicator: string) => string | null;
  /** Whether what these series count may be counted twice, by the kinds of energy that were read. */
  readonly countsTwice: (series: readonly string[], fuels: readonly string[]) => boolean;
}

/** What the code of a domain runs its queries on. */
export interface DomainEngine {
  table(sql: string): Promise<ColumnTable>;
  load(name: string, table: ColumnTable): Promise<void>;
}

/** Why a row that was looked at to be counted is not. */
export type CountedReason =
  | 'keyword'
  | 'broken'
  | 'trapped'
  | 'denied'
  | 'duplicate'
  | 'struck-off'
  | 'branch'
  | 'individual'
  | 'no-date'
  | 'bad-date'
  | 'early'
  | 'late'
  | 'unplaced';

/** A file that was read, and its rows. */
export interface FileRows {
  readonly path: string;
  readonly format: string;
  readonly encoding: string | null;
  readonly rows: number;
}

/** Rows of another kind of file that were counted into a series, with where they went. */
export interface CountedRows {
  readonly kind: string;
  readonly files: readonly FileRows[];
  readonly rows: number;
  readonly counted: number;
  readonly leftOut: readonly { readonly reason: CountedReason; readonly rows: number }[];
  /** Distinct things that the rows tell of, counted or not, and those of them that no place was found for. */
  readonly found: number;
  readonly unplaced: number;
  /** First rows of every kind of trouble. */
  readonly ledger: readonly LedgerLine[];
  /** All rows under each rule. */
  readonly rules: ReadonlyMap<LedgerRule, number>;
  /** What they were found by, in the order of its list. */
  readonly words: readonly CountedWord[];
}

/** A word that rows are found by. */
export interface CountedWord {
  /** As listed; in both languages where the list has them. */
  readonly word: string | { readonly en: string; readonly zh: string };
  /** Counted things that it finds, whatever else finds them. */
  readonly counted: number;
  /** Those that nothing else finds. */
  readonly only: number;
}

/** Series that raw tables may hold, by kind of table, with the kinds of energy among them. */
export interface RawSeries {
  readonly indicators: Readonly<Record<string, readonly IndicatorDefinition[]>>;
  readonly fuels: readonly string[];
}

/** A panel of a domain: what is known of its making beyond tables of values. Made for one study and its files. */
export interface DomainPanel {
  /** The way to the panel that holds these of the study's measures. */
  readonly recipe: (measures: readonly { readonly id: string }[]) => PanelRecipe;
  /** Raw tables that are read cell by cell, by kind. */
  readonly tables: Readonly<Record<string, readonly TableFile[]>>;
  /** Kinds of raw tables with all of their files, those that are counted included. */
  readonly files: Readonly<Record<string, readonly TableFile[]>>;
  readonly places: PlaceIndex;
  /** The row of a table of aliases that would settle a place; null where a row would not help. */
  readonly aliasRow: (query: PlaceQuery, answer: PlaceAnswer & { readonly place: null }) => string | null;
  readonly series: () => RawSeries;
  /** Counts rows of another kind of file into the engine; null: no measure needs it. */
  readonly count: { readonly kind: string; readonly run: (engine: DomainEngine) => Promise<CountedRows> } | null;
  /** Values as the tables report them taken to the units of the panel. */
  readonly settle: (observations: readonly Observation[]) => {
    readonly observations: readonly Observation[];
    readonly ledger: readonly LedgerLine[];
  };
}

/** A regression whose slopes are known, because its data were made to have them. */
export interface TrueModel {
  /** Where the publication prints it, as `table4(1)`; the outcome itself where it is its main regression, of the whole sample. */
  readonly id: string;
  readonly outcome: string;
  readonly fixedEffects: readonly string[];
  /** Part of the sample as an SQL condition; null for the whole. */
  readonly where: string | null;
  readonly regressors: readonly string[];
  /** Known slopes; regressors that are not listed have slopes of no special value. */
  readonly slopes: Readonly<Record<string, number>>;
}

/** A number of the publication that a study follows, as printed there. */
export interface PrintedNumber {
  readonly table: string;
  readonly column: string;
  readonly term: string;
  readonly cell: string;
  readonly value: number;
  /** Digits after the point. */
  readonly decimals: number;
}

/** Where packs are found. */
export interface PackSource {
  /** Of the packs that come with the program. */
  readonly names: readonly string[];
  /** The pack of a name or a path, as a study writes it. @throws study-invalid, file-not-found, file-unreadable */
  readonly read: (name: string) => Pack;
}
