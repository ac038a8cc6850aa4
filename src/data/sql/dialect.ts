import type { CastTarget, Kind } from '../../table/condition/ast.ts';
import type { FunctionName } from '../../table/expression/ast.ts';

/** What differs between SQL engines in what this program writes. */
export interface Dialect {
  readonly id: string;
  quoteName(name: string): string;
  quoteText(text: string): string;
  number(value: number): string;
  /** NULL when the divisor is zero. */
  divide(left: string, right: string): string;
  power(left: string, right: string): string;
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
}
