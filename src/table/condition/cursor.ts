import { at } from '../../error/at.ts';
import { requireBudget } from '../../error/budget.ts';
import type { WhereFault } from '../../error/codes.ts';
import { StudyError } from '../../error/study-error.ts';
import { shownStart } from '../shown-start.ts';
import type { Condition } from './ast.ts';
import { type ConditionToken, tokenizeCondition } from './tokenize.ts';

/** A reader's place in the words of a condition. The one mutable thing of the parser; it never leaves it. */
export interface ConditionCursor {
  readonly text: string;
  readonly tokens: readonly ConditionToken[];
  at: number;
  depth: number;
  /** How many operators the deepest operand of what was read of this chain stands under. */
  height: number;
  readonly reading: ConditionReading;
  /** Reads a whole condition, within brackets and arguments. */
  readonly condition: () => Condition;
}

/** What signs of two meanings are taken for. */
export interface ConditionReading {
  /** `||` joins texts in SQL and stands between conditions in C and Stata. */
  readonly pipes: 'or' | 'join';
  /** Whether a comma outside brackets is R's `and`. */
  readonly isCommaAnd: boolean;
}

/** Brackets and conditions within each other, beyond which nobody reads. */
const mostLevels = 100;

/** @param read the reader of whole conditions, which values within brackets go back to */
export function cursorOver(
  text: string,
  reading: ConditionReading,
  read: (cursor: ConditionCursor) => Condition,
): ConditionCursor {
  const cursor: ConditionCursor = {
    text,
    tokens: tokenizeCondition(text),
    at: 0,
    depth: 0,
    height: 0,
    reading,
    condition: () => read(cursor),
  };
  return cursor;
}

/** What `read` reads one level further in. @throws bad-where beyond the deepest */
export function oneLevelIn(cursor: ConditionCursor, read: () => Condition): Condition {
  cursor.depth += 1;
  if (cursor.depth > mostLevels) throw faultAt(cursor, peekWord(cursor), { kind: 'too-deep' });
  const condition = read();
  cursor.depth -= 1;
  return condition;
}

/**
 * What `read` reads, and what `more` makes of it with what follows, until it makes nothing: each step is a level of whoever computes it.
 * @throws over-budget for a chain that is too long
 */
export function readLeftChain(
  cursor: ConditionCursor,
  read: () => Condition,
  more: (left: Condition) => Condition | null,
): Condition {
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

export function peekWord(cursor: ConditionCursor, ahead = 0): ConditionToken {
  return at(cursor.tokens, Math.min(cursor.at + ahead, cursor.tokens.length - 1));
}

export function nextWord(cursor: ConditionCursor): ConditionToken {
  const token = peekWord(cursor);
  cursor.at += 1;
  return token;
}

export function isSign(cursor: ConditionCursor, sign: string, ahead = 0): boolean {
  const token = peekWord(cursor, ahead);
  return token.kind === 'symbol' && token.text === sign;
}

/** The first of `signs` that comes next, stepped over; null for none. */
export function acceptSign(cursor: ConditionCursor, ...signs: readonly string[]): string | null {
  const found = signs.find((sign) => isSign(cursor, sign)) ?? null;
  if (found !== null) cursor.at += 1;
  return found;
}

/** Whether the words, in any case, come next. */
export function isWord(cursor: ConditionCursor, word: string, ahead = 0): boolean {
  const token = peekWord(cursor, ahead);
  return token.kind === 'name' && !token.isQuoted && token.text.toLowerCase() === word;
}

/** Steps over words if all of them come next. */
export function acceptWords(cursor: ConditionCursor, ...words: readonly string[]): boolean {
  if (!words.every((word, ahead) => isWord(cursor, word, ahead))) return false;
  cursor.at += words.length;
  return true;
}

/** @throws bad-where where the sign does not come next */
export function expectSign(cursor: ConditionCursor, sign: string): void {
  if (acceptSign(cursor, sign) === null) throw syntaxFault(cursor);
}

/** @throws bad-where where the word does not come next */
export function expectWord(cursor: ConditionCursor, word: string): void {
  if (!acceptWords(cursor, word)) throw syntaxFault(cursor);
}

/** The error for the word that comes next (or `token`): the condition cannot be read there. */
export function syntaxFault(cursor: ConditionCursor, token: ConditionToken = peekWord(cursor)): StudyError {
  const period = periodAt(cursor.text, token.at);
  if (period !== null) return faultAt(cursor, token, { kind: 'other-words', write: `'${period}'` });
  return faultAt(cursor, token, { kind: 'syntax', near: written(cursor, token) });
}

/** A period such as 2005Q1 that is written around a place without its quotes; null where none is. */
function periodAt(text: string, at: number): string | null {
  for (const found of text.matchAll(/(?<![\w.'"])\d{4}-?[QMHW]\d{1,2}(?![\w'"])/gi)) {
    if (found.index <= at && at <= found.index + found[0].length) return found[0];
  }
  return null;
}

/** The error of a kind at a word. */
export function faultAt(cursor: ConditionCursor, token: ConditionToken, fault: WhereFault): StudyError {
  return new StudyError('bad-where', { where: cursor.text, fault, column: token.at + 1 });
}

/** A word as it stands in the text. */
export function written(cursor: ConditionCursor, { at, end }: ConditionToken): string {
  return [...cursor.text].slice(at, end).join('');
}
