import { nearestName } from '../../error/nearest-name.ts';
import type { Expected } from '../../error/said.ts';
import { StudyError } from '../../error/study-error.ts';
import { accept, type ChainCursor, isSymbol, peek } from '../token-cursor.ts';
import type { Token } from './tokenize.ts';
import { tokenize } from './tokenize.ts';

/** A reader's place in the tokens of an expression or formula. */
export interface Cursor extends ChainCursor<Token> {
  readonly tokens: Token[];
  /** Whether l(), f() and d() may stand in expressions: in formulas of models, which know a panel. */
  readonly hasLags: boolean;
  /** How many operands the one that is read stands within. */
  depth: number;
  /** Where ranges of periods were read. */
  readonly ranges: Token[];
}

export function cursorOf(text: string, { hasLags = false }: { readonly hasLags?: boolean } = {}): Cursor {
  return { text, tokens: [...tokenize(text)], at: 0, hasLags, depth: 0, height: 0, ranges: [] };
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
