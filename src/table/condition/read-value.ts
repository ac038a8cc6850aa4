import { entryOf, valueIn } from '../../error/at.ts';
import { accept, acceptAny, isSymbol, next, peek, readLeftChain } from '../token-cursor.ts';
import type { CastTarget, Condition } from './ast.ts';
import type { ConditionCursor } from './cursor.ts';
import { acceptWords, expectSign, expectWord, faultAt, isWord, oneLevelIn, syntaxFault } from './cursor.ts';
import { functionNamed, manyRowFunctions, nearestFunction, notSupported, rowFunctions } from './functions.ts';
import type { ConditionToken } from './tokenize.ts';
import { negationOf, otherCall, otherMethod } from './words.ts';

/** Reads sums, products and powers: what stands on one side of a comparison. */
export function readProduct(cursor: ConditionCursor): Condition {
  const joins = cursor.reading.pipes === 'join' ? (['||'] as const) : [];
  const whole = readLeftChain<Condition>(
    cursor,
    () => readFactor(cursor),
    (left) => {
      const { at } = peek(cursor);
      const operator = acceptAny(cursor, '+', '-', ...joins);
      return operator === null ? null : { kind: 'arithmetic', operator, left, right: readFactor(cursor), at };
    },
  );
  refuseSigns(cursor);
  return whole;
}

/** Signs of SQL that nothing here stands for, each with what does. */
const refusedSigns: Readonly<Record<string, string | null>> = {
  '//': 'floor(x / y)',
  '%%': 'mod(x, y)',
  '<<': null,
  '>>': null,
  '~~~': "s like 'a%'",
};

function refuseSigns(cursor: ConditionCursor): void {
  const token = peek(cursor);
  if (token.kind !== 'symbol' || !Object.hasOwn(refusedSigns, token.text)) return;
  throw faultAt(cursor, token, { kind: 'not-supported', name: token.text, write: entryOf(refusedSigns, token.text) });
}

function readFactor(cursor: ConditionCursor): Condition {
  return readLeftChain<Condition>(
    cursor,
    () => readSigned(cursor),
    (left) => {
      const { at } = peek(cursor);
      const operator = acceptAny(cursor, '*', '/', '%');
      return operator === null ? null : { kind: 'arithmetic', operator, left, right: readSigned(cursor), at };
    },
  );
}

function readSigned(cursor: ConditionCursor): Condition {
  const { at } = peek(cursor);
  if (accept(cursor, '-')) {
    return { kind: 'negate', operand: oneLevelIn(cursor, () => readSigned(cursor)), at };
  }
  if (accept(cursor, '+')) return oneLevelIn(cursor, () => readSigned(cursor));
  if (acceptAny(cursor, '!', '~') !== null) {
    return negationOf(
      oneLevelIn(cursor, () => readSigned(cursor)),
      at,
    );
  }
  if (isSymbol(cursor, '@')) throw faultAt(cursor, peek(cursor), { kind: 'not-supported', name: '@', write: 'abs(x)' });
  return readPower(cursor);
}

function readPower(cursor: ConditionCursor): Condition {
  const left = readCast(cursor);
  const token = peek(cursor);
  if (acceptAny(cursor, '^', '**') === null) return left;
  const right = isSymbol(cursor, '-') ? readSigned(cursor) : readCast(cursor);
  // 2^3^2 is 64 in Stata and SQL, 512 in R and Python.
  if (isSymbol(cursor, '^') || isSymbol(cursor, '**')) {
    throw faultAt(cursor, token, { kind: 'ambiguous', sign: '^', write: '(x ^ y) ^ z' });
  }
  return { kind: 'arithmetic', operator: '^', left, right, at: token.at };
}

const castTypes: readonly (readonly [RegExp, CastTarget])[] = [
  [/^(?:U?(?:TINY|SMALL|BIG|HUGE)INT|U?INT(?:EGER)?|INT\d)$/i, 'whole'],
  [/^(?:DOUBLE|FLOAT\d?|REAL|DECIMAL|NUMERIC|NUMBER)$/i, 'number'],
  [/^(?:VARCHAR|CHAR|TEXT|STRING)$/i, 'text'],
  [/^DATE$/i, 'date'],
  [/^BOOL(?:EAN)?$/i, 'truth'],
];

function readCast(cursor: ConditionCursor): Condition {
  return readLeftChain<Condition>(
    cursor,
    () => readAtom(cursor),
    (operand) => {
      const { at } = peek(cursor);
      if (!accept(cursor, '::')) return null;
      return { kind: 'cast', operand, to: readType(cursor), isTry: false, at };
    },
  );
}

function readType(cursor: ConditionCursor): CastTarget {
  const token = next(cursor);
  if (token.text.toLowerCase() === 'double') acceptWords(cursor, 'precision');
  const found = castTypes.find(([form]) => token.kind === 'name' && form.test(token.text));
  if (found === undefined || isSymbol(cursor, '(')) {
    throw faultAt(cursor, token, { kind: 'not-supported', name: token.text, write: 'cast(x as double)' });
  }
  return found[1];
}

function readAtom(cursor: ConditionCursor): Condition {
  const token = peek(cursor);
  const { at } = token;
  switch (token.kind) {
    case 'number':
      return numberAtom(cursor);
    case 'text':
      return { kind: 'text', value: next(cursor).text, at };
    case 'quoted':
      return { kind: 'text', value: next(cursor).text, at, mayName: true };
    case 'name':
      return readName(cursor, token);
    case 'symbol':
      if (!accept(cursor, '(')) throw syntaxFault(cursor);
      return readBrackets(cursor);
    case 'end':
      throw syntaxFault(cursor);
  }
}

function numberAtom(cursor: ConditionCursor): Condition {
  const token = next(cursor);
  const value = Number(token.text);
  if (!Number.isFinite(value)) throw faultAt(cursor, token, { kind: 'number-too-large' });
  return { kind: 'number', value, at: token.at };
}

function readBrackets(cursor: ConditionCursor): Condition {
  if (isWord(cursor, 'select')) throw faultAt(cursor, peek(cursor), { kind: 'not-a-row-condition', found: 'select' });
  const inner = cursor.condition();
  expectSign(cursor, ')');
  return inner;
}

/** Words that are never columns unless they stand between backquotes. */
const reserved = ['and', 'or', 'not', 'in', 'is', 'between', 'like', 'ilike', 'when', 'then', 'else', 'end', 'as'];

function readName(cursor: ConditionCursor, token: ConditionToken): Condition {
  const { at } = token;
  if (token.isQuoted) return { kind: 'name', name: next(cursor).text, at, isQuoted: true };
  const word = token.text.toLowerCase();
  const after = peek(cursor, 1);
  if (after.kind === 'symbol' && after.text === '(') return readCall(cursor);
  if (word === 'date' && (after.kind === 'text' || after.kind === 'quoted')) {
    next(cursor);
    return { kind: 'date', value: next(cursor).text, at };
  }
  if ((word === 'timestamp' || word === 'interval') && ['text', 'quoted', 'number'].includes(after.kind)) {
    throw faultAt(cursor, token, { kind: 'not-supported', name: word, write: entryOf(notSupported, word) });
  }
  if (word === 'case') return readCase(cursor);
  if (word === 'true' || word === 'false') {
    next(cursor);
    return { kind: 'truth', value: word === 'true', at };
  }
  if (word === 'null') {
    next(cursor);
    return { kind: 'missing', at };
  }
  if (reserved.includes(word)) throw syntaxFault(cursor);
  return { kind: 'name', name: next(cursor).text, at };
}

function readCase(cursor: ConditionCursor): Condition {
  const { at } = next(cursor);
  const subject = isWord(cursor, 'when') ? null : cursor.condition();
  const branches: { when: Condition; result: Condition }[] = [];
  while (acceptWords(cursor, 'when')) {
    const asked = cursor.condition();
    const when: Condition =
      subject === null ? asked : { kind: 'compare', operator: '=', left: subject, right: asked, at: asked.at };
    expectWord(cursor, 'then');
    branches.push({ when, result: cursor.condition() });
  }
  if (branches.length === 0) throw syntaxFault(cursor);
  const otherwise = acceptWords(cursor, 'else') ? cursor.condition() : null;
  expectWord(cursor, 'end');
  return { kind: 'case', branches, otherwise, at };
}

function readCall(cursor: ConditionCursor): Condition {
  const token = next(cursor);
  const name = token.text.toLowerCase();
  if (name === 'cast' || name === 'try_cast') return readCastCall(cursor, token, name === 'try_cast');
  if (name === 'extract') return readExtract(cursor, token);
  const method = otherMethod(token.text);
  const other = method?.call ?? otherCall(token.text);
  const known = functionNamed(token.text);
  if (other === null && known === null && !isDatePart(name)) throw unknownFunction(cursor, token);
  const args = readArguments(cursor);
  if (isWord(cursor, 'over') || isWord(cursor, 'filter')) {
    throw faultAt(cursor, token, { kind: 'not-a-row-condition', found: `${token.text}(…) ${peek(cursor).text}` });
  }
  const given = method === null ? args : [{ kind: 'name' as const, name: method.column, at: token.at }, ...args];
  if (other !== null) {
    if (given.length < other.least || given.length > other.most) throw wrongCount(cursor, token, other);
    return other.build(given, token.at);
  }
  if (isDatePart(name)) return datePart(cursor, token, given);
  if (known === null) throw unknownFunction(cursor, token);
  const { least, most } = valueIn(rowFunctions, known);
  if (given.length < least || given.length > most) throw wrongCount(cursor, token, { least, most });
  return { kind: 'call', name: known, args: given, at: token.at };
}

const isDatePart = (name: string): boolean => name === 'date_part' || name === 'datepart';

/** `date_part('year', d)` is `year(d)`. */
function datePart(cursor: ConditionCursor, token: ConditionToken, [part, operand]: readonly Condition[]): Condition {
  const name = part?.kind === 'text' ? functionNamed(part.value) : null;
  if (name === null || operand === undefined || rowFunctions.get(name)?.takes[0] !== 'date') {
    throw faultAt(cursor, token, { kind: 'not-supported', name: token.text, write: 'year(x)' });
  }
  return { kind: 'call', name, args: [operand], at: token.at };
}

function readExtract(cursor: ConditionCursor, token: ConditionToken): Condition {
  expectSign(cursor, '(');
  const part = next(cursor);
  expectWord(cursor, 'from');
  const operand = cursor.condition();
  expectSign(cursor, ')');
  return datePart(cursor, token, [{ kind: 'text', value: part.text, at: part.at }, operand]);
}

function readCastCall(cursor: ConditionCursor, token: ConditionToken, isTry: boolean): Condition {
  expectSign(cursor, '(');
  const operand = cursor.condition();
  expectWord(cursor, 'as');
  const to = readType(cursor);
  expectSign(cursor, ')');
  return { kind: 'cast', operand, to, isTry, at: token.at };
}

/** Arguments between brackets; a list within them (`isin([1, 2])`) stands for its members. */
function readArguments(cursor: ConditionCursor): readonly Condition[] {
  expectSign(cursor, '(');
  if (accept(cursor, ')')) return [];
  const open = acceptAny(cursor, '[', '{');
  const args = [cursor.condition()];
  while (accept(cursor, ',')) args.push(cursor.condition());
  if (open !== null) expectSign(cursor, open === '[' ? ']' : '}');
  expectSign(cursor, ')');
  return args;
}

function unknownFunction(cursor: ConditionCursor, token: ConditionToken) {
  const name = token.text.toLowerCase();
  if (manyRowFunctions.has(name))
    return faultAt(cursor, token, { kind: 'not-a-row-condition', found: `${token.text}()` });
  if (Object.hasOwn(notSupported, name)) {
    return faultAt(cursor, token, { kind: 'not-supported', name: token.text, write: entryOf(notSupported, name) });
  }
  return faultAt(cursor, token, { kind: 'unknown-function', name: token.text, nearest: nearestFunction(token.text) });
}

function wrongCount(
  cursor: ConditionCursor,
  token: ConditionToken,
  { least, most }: { readonly least: number; readonly most: number },
) {
  return faultAt(cursor, token, {
    kind: 'argument-count',
    name: token.text,
    least,
    most: Number.isFinite(most) ? most : null,
  });
}
