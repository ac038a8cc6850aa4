import { at } from '../error/at.ts';
import { requireBudget } from '../error/budget.ts';
import { shownStart } from './shown-start.ts';

/** A reader's place in a list of words that ends with one of kind `end`. The one mutable thing of a parser; it never leaves it. */
export interface TokenCursor<T extends { readonly kind: string; readonly text: string }> {
  readonly tokens: readonly T[];
  at: number;
}

type AnyToken = { readonly kind: string; readonly text: string };

/** The word that comes next, or `ahead` words later; the last one where there are no more. */
export function peek<T extends AnyToken>(cursor: TokenCursor<T>, ahead = 0): T {
  return at(cursor.tokens, Math.min(cursor.at + ahead, cursor.tokens.length - 1));
}

/** The word that comes next, stepped over. */
export function next<T extends AnyToken>(cursor: TokenCursor<T>): T {
  const token = peek(cursor);
  cursor.at += 1;
  return token;
}

export function isSymbol(cursor: TokenCursor<AnyToken>, symbol: string, ahead = 0): boolean {
  const token = peek(cursor, ahead);
  return token.kind === 'symbol' && token.text === symbol;
}

/** Steps over `symbol` if it comes next. */
export function accept(cursor: TokenCursor<AnyToken>, symbol: string): boolean {
  return acceptAny(cursor, symbol) !== null;
}

/** The first of `symbols` that comes next, stepped over; null for none. */
export function acceptAny<S extends string>(cursor: TokenCursor<AnyToken>, ...symbols: readonly S[]): S | null {
  const found = symbols.find((symbol) => isSymbol(cursor, symbol)) ?? null;
  if (found !== null) cursor.at += 1;
  return found;
}

/** A cursor of a reader of operands with operators between them. */
export interface ChainCursor<T extends AnyToken> extends TokenCursor<T> {
  readonly text: string;
  /** How many operators the deepest operand of what was read of this chain stands under. */
  height: number;
}

/**
 * What `read` reads, and what `more` makes of it with what follows, until it makes nothing: each step is a level of whoever computes it.
 * @throws over-budget for a chain that is too long
 */
export function readLeftChain<Node>(
  cursor: ChainCursor<AnyToken>,
  read: () => Node,
  more: (left: Node) => Node | null,
): Node {
  const beside = cursor.height;
  cursor.height = 0;
  let left = read();
  let { height } = cursor;
  for (;;) {
    cursor.height = 0;
    const longer = more(left);
    if (longer === null) break;
    left = longer;
    height = Math.max(height, cursor.height) + 1;
    requireBudget('operators', height, shownStart(cursor.text));
  }
  cursor.height = Math.max(beside, height);
  return left;
}
