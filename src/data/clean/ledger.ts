/**
 * The ledger: every change that was made to a raw cell, every row that was left out, every proposal. What it does not
 * show did not happen.
 */
export interface LedgerLine {
  readonly file: string;
  readonly sheet: string | null;
  /** Line of a text file, row of a sheet, from 1; null for a line about a whole file or sheet. */
  readonly row: number | null;
  /** Column from 1; null for a line about a whole row. */
  readonly column: number | null;
  /** The cell as written; of a row that was left out, what told that it is one. */
  readonly before: string;
  /** What was taken for it; null when the cell is missing now, or the row left out. */
  readonly after: string | null;
  readonly rule: LedgerRule;
  /** The panel's cell that it concerns, as far as it is known by then. */
  readonly place: number | null;
  readonly year: number | null;
  readonly indicator: string | null;
}

/** What a line of the ledger says. Labels are text keys `mend.<rule>`. */
export const ledgerRules = [
  // files
  'encoding', // read as GB18030, UTF-16 …
  'delimiter', // cells are separated by something else than a comma
  // rows and headers
  'header-rows', // the header stands in several rows, or below a title
  'fill-down', // a merged or blank key cell has the value above it
  'province-row', // a subtotal among places, such as a province among cities
  'county-row', // a part of a place among places, such as a county
  'footnote-row', // a note below or above the table
  'district-column', // 市辖区 beside 全市
  'unknown-header', // a column that no alias knows, or one of another series
  'header-note', // a text in a header that no list knows, beside a unit that is known
  'other-concept', // a header of a near concept, taken for the indicator
  'column-twin', // a column of an indicator that one with a more usual header holds as well
  'unit-assumed', // no unit is written: the indicator's own is taken
  'stray-cell', // cells right of the table or in a column without a header
  // cells
  'full-width', // full-width digits, letters or blanks
  'thousands', // separators of thousands
  'footnote-mark', // ①, *, # behind a number
  'missing-mark', // a dash, an ellipsis: missing, never 0
  'zero-missing', // 0 where the indicator has no zeros
  'percent-sign',
  'excel-serial', // a date that Excel left as its serial number
  'unit-converted', // the unit column or the header names another unit
  'definition-changed', // growth taken for an index, a share made of two values
  'unreadable', // no number: an error unless a rule of the study takes it out
  // places
  'city-name', // an old or short name
  'city-code', // an old code
  'traditional', // traditional characters
  'unknown-city',
  'merged-city', // harmonised to the divisions of 2021
  'break-year', // the area of the place changed
  // values
  'duplicate-same',
  'duplicate-differs', // the source of higher priority was taken
  'unit-slip', // proposal: a factor of 10^k against the neighbours
  'unit-slip-applied',
  'hard-bound', // impossible: missing
  'soft-bound', // possible, but look at it
  'derived-bound', // a measure outside the values that it can have: kept
  'rule-applied', // a rule of the study
  // registry
  'registry-duplicate',
  'registry-date',
  'registry-code',
  'registry-unplaced',
  'registry-excluded',
] as const;

export type LedgerRule = (typeof ledgerRules)[number];
