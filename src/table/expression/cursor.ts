import { at } from '../../error/at.ts';
import { nearestName } from '../../error/nearest-name.ts';
import type { Expected } from '../../error/said.ts';
import { StudyError } from '../../error/study-error.ts';
import type { Token } from './tokenize.ts';
import { tokenize } from './tokenize.ts';

/** A reader's place in a list of tokens. The one mutable thing of the parsers; it never leaves them. */
export interface Cursor {
  readonly text: string;
  readonly tokens: Token[];
  at: number;
  /** Whether l(), f() and d() may stand in expressions: in formulas of models, which know a panel. */
  readonly hasLags: boolean;
  /** How many operands the one that is read stands within. */
  depth: number;
  /** How many operators the deepest operand of what was read of this expression stands under. */
  height: number;
  /** Where ranges of periods were read. */
  readonly ranges: Token[];
}

export function cursorOf(text: string, { hasLags = false }: { readonly hasLags?: boolean } = {}): Cursor {
  return { text, tokens: [...tokenize(text)], at: 0, hasLags, depth: 0, height: 0, ranges: [] };
}

export function peek(cursor: Cursor, ahead = 0): Token {
  return at(cursor.tokens, Math.min(cursor.at + ahead, cursor.tokens.length - 1));
}

export function next(cursor: Cursor): Token {
  const token = peek(cursor);
  cursor.at += 1;
  return token;
}

export function isSymbol(cursor: Cursor, symbol: string, ahead = 0): boolean {
  const token = peek(cursor, ahead);
  return token.kind === 'symbol' && token.text === symbol;
}

/** Steps over `symbol` if it comes next. */
export function accept(cursor: Cursor, symbol: string): boolean {
  if (!isSymbol(cursor, symbol)) return false;
  cursor.at += 1;
  return true;
}

export function expectSymbol(cursor: Cursor, symbol: string, expected: Expected = `"${symbol}"`): void {
  if (!accept(cursor, symbol)) throw syntaxError(cursor, expected);
}

/** Whether a plain (not backquoted) name stands before an opening parenthesis. */
export function isCall(cursor: Cursor): boolean {
  const token = peek(cursor);
  return token.kind === 'name' && !token.isQuoted && isSymbol(cursor, '(', 1);
}

/** The error for the token that comes next (or `token`). */
export function syntaxError(
  cursor: Cursor,
  expected: Expected,
  known: readonly string[] = [],
  token: Token = peek(cursor),
): StudyError<'formula-syntax'> {
  return new StudyError('formula-syntax', {
    formula: cursor.text,
    column: token.column,
    found: token.kind === 'end' ? '' : token.text,
    expected,
    suggestion: known.length === 0 ? null : nearestName(token.text, known),
  });
}
