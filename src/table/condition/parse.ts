import { entryOf, lastOf } from '../../error/at.ts';
import { isStudyError, StudyError } from '../../error/study-error.ts';
import { accept, acceptAny, isSymbol, next, peek, readLeftChain } from '../token-cursor.ts';
import type { Comparison, Condition } from './ast.ts';
import { partsOf } from './ast.ts';
import type { ConditionCursor, ConditionReading } from './cursor.ts';
import {
  acceptWords,
  cursorOver,
  expectSign,
  expectWord,
  faultAt,
  isWord,
  oneLevelIn,
  syntaxFault,
  written,
} from './cursor.ts';
import { printCondition } from './print.ts';
import { readProduct } from './read-value.ts';
import { isNothing, missingTest, negationOf } from './words.ts';

/**
 * Reads a condition. Signs and calls of SQL, R, Stata and pandas that have one meaning are understood, those in doubt refused
 * with what to write.
 * @throws bad-where with the place in the text
 * @example parseCondition("year >= 2010 and region in ('East', 'West')")
 */
export function parseCondition(text: string): Condition {
  try {
    return readWhole(text, { pipes: 'or', isCommaAnd: false });
  } catch (error) {
    const advice = adviceFor(text, error);
    if (advice instanceof StudyError) throw advice;
    return advice;
  }
}

/** What a text that cannot be read as it stands is after all, or its error with how it would be right. */
function adviceFor(text: string, error: unknown): Condition | StudyError {
  if (!isStudyError(error, 'bad-where')) throw error;
  const { fault } = error.detail;
  const sign = fault.kind === 'bit-sign' ? fault.sign : fault.kind === 'syntax' ? fault.near : '';
  if (sign === '||') return readOr(text, { pipes: 'join', isCommaAnd: false }) ?? error;
  if (sign !== ',') return error;
  const joined = readOr(text, { pipes: 'or', isCommaAnd: true });
  if (joined === null) return error;
  return new StudyError('bad-where', {
    ...error.detail,
    fault: { kind: 'other-words', write: printCondition(joined) },
  });
}

function readOr(text: string, reading: ConditionReading): Condition | null {
  try {
    return readWhole(text, reading);
  } catch (error) {
    if (isStudyError(error, 'bad-where')) return null;
    throw error;
  }
}

function readWhole(text: string, reading: ConditionReading): Condition {
  const cursor = cursorOver(text, reading, readCondition);
  const first = readCondition(cursor);
  const parts = [first];
  while (reading.isCommaAnd && accept(cursor, ',')) parts.push(readCondition(cursor));
  if (peek(cursor).kind !== 'end') throw syntaxFault(cursor);
  return parts.length === 1 ? first : { kind: 'and', parts, at: first.at };
}

/** Reads a condition at the cursor: `or` binds least, then `and`, then `not`, then comparison. */
export function readCondition(cursor: ConditionCursor): Condition {
  const signs = cursor.reading.pipes === 'or' ? ['|', '||'] : ['|'];
  return oneLevelIn(cursor, () => readChain(cursor, { kind: 'or', signs, read: readAnd }));
}

function readAnd(cursor: ConditionCursor): Condition {
  return readChain(cursor, { kind: 'and', signs: ['&', '&&'], read: readNot });
}

interface Chain {
  readonly kind: 'and' | 'or';
  readonly signs: readonly string[];
  readonly read: (cursor: ConditionCursor) => Condition;
}

function readChain(cursor: ConditionCursor, { kind, signs, read }: Chain): Condition {
  const first = read(cursor);
  const parts = [first];
  for (;;) {
    const token = peek(cursor);
    const sign = acceptAny(cursor, ...signs);
    if (sign === null && !acceptWords(cursor, kind)) break;
    const right = read(cursor);
    if (sign !== null) requireConditions(cursor, { sign, word: kind, at: token.at }, [lastOf(parts), right]);
    parts.push(right);
  }
  return parts.length === 1 ? first : { kind, parts, at: first.at };
}

/** Signs stand for words between conditions alone: between numbers they are the bits of SQL, between texts a join. */
function requireConditions(
  cursor: ConditionCursor,
  { sign, word, at }: { readonly sign: string; readonly word: string; readonly at: number },
  sides: readonly Condition[],
): void {
  if (sides.every(isConditionByForm)) return;
  throw new StudyError('bad-where', {
    where: cursor.text,
    column: at + 1,
    fault: { kind: 'bit-sign', sign, word, ...bitAdvice(sign, word, sides) },
  });
}

function bitAdvice(sign: string, word: string, sides: readonly Condition[]): { readonly write?: string } {
  return sign === '||' ? {} : { write: sides.map(printCondition).join(` ${word} `) };
}

/** Whether something is a condition whatever its columns hold. */
function isConditionByForm(condition: Condition): boolean {
  switch (condition.kind) {
    case 'and':
    case 'or':
      return condition.parts.every(isConditionByForm);
    case 'compare':
    case 'not':
    case 'in':
    case 'between':
    case 'like':
    case 'is':
    case 'truth':
    case 'missing':
      return true;
    case 'call':
      return /^(?:starts_with|ends_with|contains|regexp_matches|regexp_full_match)$/.test(condition.name);
    case 'case':
      return partsOf(condition).some(isConditionByForm);
    default:
      return false;
  }
}

function readNot(cursor: ConditionCursor): Condition {
  const { at } = peek(cursor);
  if (!acceptWords(cursor, 'not')) return readComparison(cursor);
  return negationOf(
    oneLevelIn(cursor, () => readNot(cursor)),
    at,
  );
}

const comparisons: Readonly<Record<string, Comparison>> = {
  '=': '=',
  '==': '=',
  '!=': '<>',
  '<>': '<>',
  '~=': '<>',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
};

function readComparison(cursor: ConditionCursor): Condition {
  const start = peek(cursor);
  // `!x = 1` is not (x = 1) in R and (not x) = 1 in Stata.
  const isSigned = isSymbol(cursor, '!') || isSymbol(cursor, '~');
  let isFirst = true;
  let isDoubtful = false;
  return readLeftChain<Condition>(
    cursor,
    () => {
      const tested = readProduct(cursor);
      isDoubtful = isSigned && tested.kind === 'not';
      return tested;
    },
    (left) => {
      const token = peek(cursor);
      const isIn = isSymbol(cursor, '%in%');
      const test = readOneTest(cursor, isDoubtful && isIn && left.kind === 'not' ? left.operand : left);
      if (test === null) return null;
      if (isDoubtful && isIn && test.kind === 'in') {
        isFirst = false;
        return { ...test, isNot: true };
      }
      if (isDoubtful) {
        const operand = left.kind === 'not' ? left.operand : left;
        const write = `not (${printCondition(replaceOperand(test, operand))})`;
        throw faultAt(cursor, start, { kind: 'ambiguous', sign: written(cursor, start), write });
      }
      if (!isFirst && test.kind !== 'is') throw syntaxFault(cursor, token);
      isFirst = false;
      return test;
    },
  );
}

/** The test with another thing tested. */
function replaceOperand(test: Condition, operand: Condition): Condition {
  return test.kind === 'compare' ? { ...test, left: operand } : ({ ...test, operand } as Condition); // every other test has one
}

/** One comparison, `in`, `between`, `like` or `is` of what stands before it; null where none follows. */
function readOneTest(cursor: ConditionCursor, left: Condition): Condition | null {
  const token = peek(cursor);
  const { at } = token;
  if (token.kind === 'symbol' && Object.hasOwn(comparisons, token.text)) {
    next(cursor);
    return compared(cursor, left, entryOf(comparisons, token.text), at);
  }
  if (accept(cursor, '%in%')) return { ...readList(cursor, left, at), isNot: false };
  const matching = readMatch(cursor, left);
  if (matching !== null) return matching;
  if (acceptWords(cursor, 'is')) return readIs(cursor, left, at);
  if (acceptWords(cursor, 'isnull')) return missingTest(left, false, at);
  if (acceptWords(cursor, 'notnull')) return missingTest(left, true, at);
  const isNot = isWord(cursor, 'not') && ['in', 'between', 'like', 'ilike'].some((word) => isWord(cursor, word, 1));
  if (isNot) next(cursor);
  if (acceptWords(cursor, 'in')) return { ...readList(cursor, left, at), isNot };
  if (acceptWords(cursor, 'between')) {
    const low = readProduct(cursor);
    expectWord(cursor, 'and');
    return { kind: 'between', operand: left, low, high: readProduct(cursor), isNot, at };
  }
  const ignoresCase = isWord(cursor, 'ilike');
  if (!ignoresCase && !isWord(cursor, 'like')) return null;
  next(cursor);
  return readPattern(cursor, left, { ignoresCase, isNot, at });
}

/** What Stata and R write for a missing cell on one side: `x < .`, `x != NA`. */
function compared(cursor: ConditionCursor, left: Condition, operator: Comparison, at: number): Condition {
  const token = peek(cursor);
  const right = readProduct(cursor);
  if (right.kind !== 'name' || !isNothing(right)) return { kind: 'compare', operator, left, right, at };
  const isMissing = operator === '=' || operator === '>=';
  const isThere = operator === '<>' || operator === '<';
  const test = isMissing ? missingTest(left, false, at) : isThere ? missingTest(left, true, at) : null;
  if (test === null) throw syntaxFault(cursor, token);
  if (right.name === '.') return test;
  // In R and pandas a comparison with NA holds for no row.
  throw faultAt(cursor, token, { kind: 'other-words', write: printCondition(test) });
}

const matchSigns: Readonly<Record<string, { readonly isLike: boolean; readonly isNot: boolean }>> = {
  '~': { isLike: false, isNot: false },
  '!~': { isLike: false, isNot: true },
  '~~': { isLike: true, isNot: false },
  '!~~': { isLike: true, isNot: true },
  '~~*': { isLike: true, isNot: false },
  '!~~*': { isLike: true, isNot: true },
};

/** The signs that SQL has for patterns. */
function readMatch(cursor: ConditionCursor, left: Condition): Condition | null {
  const token = peek(cursor);
  if (token.kind !== 'symbol' || !Object.hasOwn(matchSigns, token.text)) {
    const isNot = isWord(cursor, 'not') && isWord(cursor, 'similar', 1);
    if (!acceptWords(cursor, ...(isNot ? ['not'] : []), 'similar', 'to')) return null;
    return matched(left, readProduct(cursor), isNot, token.at);
  }
  next(cursor);
  const { isLike, isNot } = entryOf(matchSigns, token.text);
  if (isLike) return readPattern(cursor, left, { ignoresCase: token.text.endsWith('*'), isNot, at: token.at });
  return matched(left, readProduct(cursor), isNot, token.at);
}

function matched(left: Condition, pattern: Condition, isNot: boolean, at: number): Condition {
  const call: Condition = { kind: 'call', name: 'regexp_full_match', args: [left, pattern], at };
  return isNot ? { kind: 'not', operand: call, at } : call;
}

function readPattern(
  cursor: ConditionCursor,
  operand: Condition,
  { ignoresCase, isNot, at }: { readonly ignoresCase: boolean; readonly isNot: boolean; readonly at: number },
): Condition {
  const pattern = readLiteral(cursor);
  const escapedBy = acceptWords(cursor, 'escape') ? readLiteral(cursor) : null;
  return { kind: 'like', operand, pattern, escapedBy, ignoresCase, isNot, at };
}

function readLiteral(cursor: ConditionCursor): string {
  const token = peek(cursor);
  if (token.kind !== 'text' && token.kind !== 'quoted') throw syntaxFault(cursor);
  return next(cursor).text;
}

function readIs(cursor: ConditionCursor, operand: Condition, at: number): Condition {
  const isNot = acceptWords(cursor, 'not');
  const what = (['missing', 'null', 'true', 'false'] as const).find((word) => acceptWords(cursor, word));
  if (what !== undefined) return { kind: 'is', operand, what: what === 'null' ? 'missing' : what, isNot, at };
  if (!acceptWords(cursor, 'distinct', 'from')) throw syntaxFault(cursor);
  const right = readProduct(cursor);
  const same: Condition = {
    kind: 'or',
    parts: [
      {
        kind: 'is',
        operand: { kind: 'compare', operator: '=', left: operand, right, at },
        what: 'true',
        isNot: false,
        at,
      },
      { kind: 'and', parts: [missingTest(operand, false, at), missingTest(right, false, at)], at },
    ],
    at,
  };
  return isNot ? same : { kind: 'not', operand: same, at };
}

const closing: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/** The values of `in`: between brackets of any kind, with R's `c` before them or without, or one alone after `%in%`. */
function readList(cursor: ConditionCursor, operand: Condition, at: number): Extract<Condition, { kind: 'in' }> {
  if (isWord(cursor, 'c') && isSymbol(cursor, '(', 1)) next(cursor);
  const open = acceptAny(cursor, '(', '[', '{');
  if (open === null) return { kind: 'in', operand, values: [readProduct(cursor)], isNot: false, at };
  if (isWord(cursor, 'select')) throw faultAt(cursor, peek(cursor), { kind: 'not-a-row-condition', found: 'select' });
  const values = [readCondition(cursor)];
  while (accept(cursor, ',')) values.push(readCondition(cursor));
  expectSign(cursor, entryOf(closing, open));
  return { kind: 'in', operand, values, isNot: false, at };
}
