import type { OtherDefinition } from '../data/clean/definitions.ts';
import type { CellsOf } from '../data/panel/trace.ts';
import type { BilingualText, Bounds, IndicatorDefinition, UnitFactors } from '../data/source/contract.ts';
import type { DeclaredUnit } from '../data/source/unit.ts';

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
