import type { LedgerLine } from '../../../data/clean/ledger.ts';
import type { TableFile } from '../../../data/panel/contract.ts';
import type { CountedRow } from '../../../data/panel/explain.ts';
import type { DivisionChange, GazetteerCity, PlaceAlias } from '../place/gazetteer.ts';
import type { MatchRules } from './judge-text.ts';
import type { Keyword } from './keyword.ts';

/** Which firms are counted, and how. The defaults are those of the paper's study. */
export interface CountRules {
  /** flow: firms by the year of their founding; stock: firms alive at the end of each year. */
  readonly count: 'flow' | 'stock';
  /** active: without firms that were struck off (注销, 吊销, 撤销). */
  readonly status: 'all' | 'active';
  readonly branches: boolean;
  readonly individuals: boolean;
}

export const usualCounting: CountRules = { count: 'flow', status: 'all', branches: true, individuals: true };

/** What cities are found by. Plain data: each thread makes its own index of it. */
export interface PlaceTables {
  readonly gazetteer: readonly GazetteerCity[];
  readonly aliases: readonly PlaceAlias[];
  readonly changes: readonly DivisionChange[];
}

/** What a scan is asked for. */
export interface ScanRules {
  readonly keywords: readonly Keyword[];
  readonly match: MatchRules;
  readonly counting: CountRules;
  /** Day of the export, yyyymmdd; a later founding is refused. Null: none is. */
  readonly asOf: number | null;
  /** Last year of a stock; null: the last year in which a firm was founded or closed. */
  readonly lastYear: number | null;
  /** Firms drawn for hand-coding; 0 for none. */
  readonly sample: number;
  /** Draw among the firms of one city and founding year alone; null or left out: among all that count. */
  readonly sampleOf?: { readonly city: number; readonly year: number } | null;
  readonly seed: number;
}

/** Why a firm that was hit is not counted. */
export const leftOutReasons = [
  'struck-off',
  'branch',
  'individual',
  'no-date',
  'bad-date',
  'early',
  'late',
  'unplaced',
] as const;
export type LeftOut = (typeof leftOutReasons)[number];

/**
 * Where the rows went. Rows that hold no keyword are counted in `rows` alone; the others are broken (cells missing or too
 * many), trapped, denied or hit rows; hit rows are duplicates or firms; firms are counted or left out.
 */
export interface RegistryAccount {
  readonly files: readonly {
    readonly path: string;
    readonly rows: number;
    readonly encoding: string;
    readonly delimiter: string;
  }[];
  readonly rows: number;
  readonly broken: number;
  readonly trapped: number;
  readonly denied: number;
  readonly hitRows: number;
  readonly duplicates: number;
  /** Distinct firms. */
  readonly firms: number;
  readonly counted: number;
  readonly leftOut: Readonly<Record<LeftOut, number>>;
  /** Firms whose code is noteworthy; they are counted. */
  readonly codes: { readonly missing: number; readonly malformed: number; readonly checkDigit: number };
  /** Struck off without a date: taken as alive in a stock. */
  readonly closedWithoutDate: number;
}

/** A cell of the count: city 0 for none found, year 0 for none usable. */
export interface FirmCell {
  readonly city: number;
  readonly year: number;
  readonly firms: number;
  /** By keyword: firms that only it finds. */
  readonly only: readonly number[];
}

/** A firm drawn for hand-coding, its cells as written. */
export type SampledFirm = CountedRow;

/** What a scan finds. */
export interface FirmScan {
  readonly keywords: readonly Keyword[];
  /** Sorted by city and year. */
  readonly cells: readonly FirmCell[];
  /** By keyword and founding year: counted firms that have it, whatever else they have. */
  readonly byKeyword: readonly { readonly keyword: number; readonly year: number; readonly firms: number }[];
  /** By keyword: counted firms that only it finds. */
  readonly only: readonly number[];
  readonly account: RegistryAccount;
  readonly sample: readonly SampledFirm[];
  /** First rows of every kind of trouble, in file order; the counts are in the account. */
  readonly ledger: readonly LedgerLine[];
}

/** Counts the firms of registry tables that a keyword finds. The result depends on neither threads nor memory. */
export interface FirmScanner {
  /** @throws file-not-found, file-unreadable, missing-header, unsupported-format */
  scan(files: readonly TableFile[], rules: ScanRules, places: PlaceTables): Promise<FirmScan>;
}
