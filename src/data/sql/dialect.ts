import type { CastTarget, Kind } from '../../table/condition/ast.ts';
import type { FunctionName } from '../../table/expression/ast.ts';

/** What a column of an engine holds: whole numbers of 32 or 64 bits, doubles, texts. */
export type StoredAs = 'whole' | 'long' | 'number' | 'text';

/**
 * What differs between SQL engines in what this program writes. Queries keep to what all of them read alike (SELECT, JOIN USING, WITH,
 * CASE, GROUP BY with names, named windows, IN, coalesce, nullif, abs, trim, replace, count, min, max); all else is spelled here.
 */
export interface Dialect {
  readonly id: string;
  quoteName(name: string): string;
  quoteText(text: string): string;
  number(value: number): string;
  /** NULL when the divisor is zero. */
  divide(left: string, right: string): string;
  power(left: string, right: string): string;
  /** By IEEE: infinite, or no number, when the divisor is zero. */
  quotient(left: string, right: string): string;
  /** No number, and a number above all others, in double precision. */
  readonly notANumber: string;
  readonly infinity: string;
  /** A function outside its domain gives NULL. */
  call(name: FunctionName, args: readonly string[]): string;

  /** A day of the calendar, yyyy-mm-dd. */
  day(iso: string): string;
  daysBetween(later: string, earlier: string): string;
  laterDay(day: string, days: string): string;
  /** `isTry`: NULL where a cell cannot be converted. The text of a whole number has no point. */
  cast(value: string, how: { readonly from: Kind; readonly to: CastTarget; readonly isTry: boolean }): string;
  /** A function of conditions (`table/condition/functions.ts`); outside its domain NULL. */
  rowFunction(name: string, args: readonly string[]): string;

  /** The statement that makes a table of a query, in the place of one of that name. */
  define(table: string, query: string): string;
  /** The statement that gives a table of `define` back. */
  discard(table: string): string;
  /** Rows that several queries read are laid down as a table: joining them again costs more there. */
  readonly laysRowsDown: boolean;
  /** Whether a value is in one of so many parts of all values, by a number that it always has. */
  inPart(value: string, number: number, count: number): string;
  /** A value as it is to be stored. */
  stored(value: string, as: StoredAs): string;
  /** A text as a number; NULL where it is none. */
  numberOfText(text: string): string;
  /** Neither missing, nor infinite, nor no number. */
  isFinite(value: string): string;
  /** Whether a number has one of the bits of a whole one. */
  sharesBit(value: string, bits: number): string;
  /** A whole number of one bit, by its place from 0, and the union of such over rows. */
  bitAt(place: string): string;
  bitUnion(value: string): string;
  /** The place of a row in its table, as the rows were put into it; null: rows have none. */
  readonly rowPlace: string | null;
  /** The number of a row of what is selected from, from 1. */
  readonly rowNumber: string;
  /** Two texts as one. */
  joinTexts(left: string, right: string): string;
  /** Whole numbers from first to last, as the column of something to select from. */
  wholeNumbers(
    range: readonly [first: number, last: number],
    as: { readonly table: string; readonly column: string },
  ): string;
  /** Rows of texts, as something to select from. */
  textRows(
    rows: readonly (readonly string[])[],
    as: { readonly table: string; readonly columns: readonly string[] },
  ): string;

  // Aggregates.
  /** An aggregate over the rows of a condition: `count(*)`, `max(x)`. */
  where(aggregate: string, condition: string): string;
  product(value: string): string;
  /** The value in the row where `order` is smallest. */
  atSmallest(value: string, order: string): string;
  /** Every text once, with a separator between. */
  distinctTexts(text: string, separator: string): string;
}
