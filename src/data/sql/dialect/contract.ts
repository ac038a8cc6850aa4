import type { FunctionName } from '../../../table/expression/ast.ts';

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
}
