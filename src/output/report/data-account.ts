import type { LedgerRule } from '../../data/clean/ledger.ts';
import type { RowRule } from '../../data/clean/read-table.ts';
import type { FillRule } from '../../data/panel/fill.ts';
import type { CountedReason, FileRows } from '../../domain/contract.ts';
import type { LackingMeasure } from '../../error/lacking-measure.ts';
import type { LedgerLineDocument } from '../document/results/cell-document.ts';
import type { Label } from '../table/contract.ts';

/** The way of the data from raw files to the rows of each model: `data` of results.json and the report's data section. */
export interface DataAccount {
  readonly sources: readonly SourceAccount[];
  readonly coverage: Coverage;
  readonly ledger: LedgerAccount;
  readonly fills: readonly FillAccount[];
  readonly slips: readonly SlipAccount[];
  /** Measures without a value anywhere. */
  readonly empty: readonly LackingMeasure[];
  /** Files of raw tables in which no column is known, with what stands where their header would; left out: none is. */
  readonly passed?: readonly { readonly file: string; readonly header: readonly string[] }[];
  /** Models, parts of them, tables and figures that the rows of the panel do not give, each with why; left out: they give all. */
  readonly without_rows?: readonly {
    readonly what: string;
    readonly reason: { readonly en: string; readonly zh: string };
  }[];
  readonly flow: SampleFlow;
  /** Columns of each regression table that share their counts, in the order of the tables. */
  readonly models: readonly ModelRows[];
  /** Electricity is counted besides the coal of the city, which power plants burn too. */
  readonly counts_electricity_and_coal: boolean;
}

/** Why a row of a raw table is not used. */
export type RowReason = RowRule | CountedReason;

/** Rows read are rows used and rows left out. */
export interface SourceAccount {
  /** Kind of table. */
  readonly kind: string;
  readonly files: readonly FileRows[];
  readonly rows_read: number;
  readonly rows_used: number;
  readonly left_out: readonly { readonly reason: RowReason; readonly rows: number }[];
}

/** Cities of the panel by variable and year; the three counts add up to `cities`. */
export interface Coverage {
  readonly years: readonly number[];
  readonly cities: number;
  readonly variables: readonly {
    readonly variable: string;
    readonly observed: readonly number[];
    readonly filled: readonly number[];
    readonly missing: readonly number[];
  }[];
}

/** Of the registry the ledger holds the first lines of each kind; `count` is of all rows. */
export interface LedgerAccount {
  /** Below the folder of the run. */
  readonly file: string;
  readonly lines: number;
  readonly rules: readonly {
    readonly rule: LedgerRule;
    readonly count: number;
    readonly example: LedgerLineDocument;
  }[];
}

export interface FillAccount {
  readonly variable: string;
  readonly cells: number;
  readonly observed: number;
  readonly interpolated: number;
  readonly extrapolated: number;
  readonly missing: number;
  readonly rule: FillRule;
}

export interface SlipAccount {
  readonly indicator: string;
  readonly file: string | null;
  /** Null: the whole column of the file. */
  readonly city: number | string | null;
  readonly city_name: Label | null;
  readonly years: readonly [number, number];
  readonly power: number;
  readonly cells: number;
  /** Entries of `data.rules` that would mend it; null for a study that has no such rules. */
  readonly rule: string | null;
}

export interface SampleFlow {
  readonly gazetteer: number;
  readonly universe: number;
  readonly cities: number;
  readonly rows: number;
}

export interface ModelRows {
  /** Number of the table as printed. */
  readonly table: string;
  /** First and last column that share these counts, from 1. */
  readonly columns: readonly [number, number];
  readonly rows: number;
  readonly where: number;
  readonly missing: number;
  readonly singleton: number;
  /** Lost for other reasons: undefined functions, lags, weights, clusters. */
  readonly other: number;
  readonly nobs: number;
}

/** What became of raw tables of any unit on the way to a panel. */
export interface RawTablesAccount {
  readonly sources: readonly SourceAccount[];
  /** Units of the panel by variable and year; the counts add up to `units`. */
  readonly coverage: Omit<Coverage, 'cities'> & { readonly units: number };
  readonly ledger: LedgerAccount;
  readonly slips: readonly SlipAccount[];
}
