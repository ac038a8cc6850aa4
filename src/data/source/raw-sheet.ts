import { at } from '../../error/at.ts';
import type { Diagnostic } from '../../error/diagnostic.ts';

/**
 * One sheet of a raw file as it stands, whatever its format was: rows of text cells. A number of a typed file (xlsx, xls,
 * dta, parquet) is its shortest decimal text, a date is yyyy-mm-dd, an absent cell is the empty text. Nothing is cleaned.
 */
export interface RawSheet {
  /** The path that errors and the ledger name: below the raw folder, with forward slashes. */
  readonly path: string;
  /** Name of the sheet; null for a format that has none. */
  readonly sheet: string | null;
  /** Rows in file order, the header rows among them; rows may differ in length. */
  readonly rows: readonly (readonly string[])[];
  /** Line of the file on which each row starts, from 1; null when rows and lines agree (row i is line i + 1). */
  readonly lines: Int32Array | null;
  /** What the reader found out and had to say: encoding, delimiter, merged cells. */
  readonly reading: SheetReading;
}

/** How a file was read. */
export interface SheetReading {
  readonly format: 'csv' | 'xlsx' | 'xls' | 'ods' | 'html' | 'xml' | 'dta' | 'parquet';
  /** Of a text file: utf-8, utf-8-bom, utf-16le, utf-16be, gb18030; of others what was found where they do not say it. */
  readonly encoding: string | null;
  readonly delimiter: string | null;
  /** Merged areas, from 0 and both ends included; the value stands in the first cell, the others are empty. */
  readonly merges: readonly {
    readonly top: number;
    readonly left: number;
    readonly bottom: number;
    readonly right: number;
  }[];
  /** Of a sheet that spreadsheets do not show. */
  readonly isHidden?: boolean;
  /** Row and column, from 0, of the first formula that was saved without a value, which stands as its own text. */
  readonly bareFormula?: { readonly row: number; readonly column: number } | null;
  /** What is to be said about how it was read. */
  readonly notes?: readonly Diagnostic[];
}

/** The line (or row of the sheet) that row `index` of a sheet stands on, from 1. */
export function lineOf(sheet: RawSheet, index: number): number {
  return sheet.lines === null ? index + 1 : at(sheet.lines, index);
}

/** Where a cell stands in the raw files. */
export interface CellPlace {
  readonly file: string;
  readonly sheet: string | null;
  /** Line of a text file, row of a sheet; from 1. */
  readonly row: number;
  /** Column from 1. */
  readonly column: number;
}
