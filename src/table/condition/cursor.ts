import { StudyError } from '../../error/study-error.ts';
import type { WhereFault } from '../../error/where-fault.ts';
import { accept, type ChainCursor, peek } from '../token-cursor.ts';
import type { Condition } from './ast.ts';
import { type ConditionToken, tokenizeCondition } from './tokenize.ts';

/** A reader's place in the words of a condition. */
export interface ConditionCursor extends ChainCursor<ConditionToken> {
  depth: number;
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
  if (cursor.depth > mostLevels) throw faultAt(cursor, peek(cursor), { kind: 'too-deep' });
  const condition = read();
  cursor.depth -= 1;
  return condition;
}

/** Whether the words, in any case, come next. */
export function isWord(cursor: ConditionCursor, word: string, ahead = 0): boolean {
  const token = peek(cursor, ahead);
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
  if (!accept(cursor, sign)) throw syntaxFault(cursor);
}

/** @throws bad-where where the word does not come next */
export function expectWord(cursor: ConditionCursor, word: string): void {
  if (!acceptWords(cursor, word)) throw syntaxFault(cursor);
}

/** The error for the word that comes next (or `token`): the condition cannot be read there. */
export function syntaxFault(cursor: ConditionCursor, token: ConditionToken = peek(cursor)): StudyError {
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
