import { entryOf } from '../../error/at.ts';
import { StudyError } from '../../error/study-error.ts';
import { typedName } from '../column-name.ts';
import { closingQuotes, plainSign } from '../expression/signs.ts';
import { isBlank, isDigit, isNamePart, isNameStart, numberPattern } from '../expression/tokenize.ts';

/** One word of a condition; `at` counts characters from 0, `end` is the place after it. */
export interface ConditionToken {
  /** `quoted`: between double quotes, a text or the name of a column. */
  readonly kind: 'number' | 'name' | 'text' | 'quoted' | 'symbol' | 'end';
  /** A name and a text without their quotes. */
  readonly text: string;
  readonly at: number;
  readonly end: number;
  /** Written between backquotes: never a word of the language. */
  readonly isQuoted: boolean;
}

/** The longest first. */
const symbols = [
  ...[
    '!~~*',
    '!~~',
    '~~*',
    '%in%',
    '~~~',
    '!~',
    '~~',
    '~=',
    '==',
    '!=',
    '<>',
    '<=',
    '>=',
    '&&',
    '||',
    '::',
    '**',
    '//',
  ],
  ...['<<', '>>', '%%', '(', ')', '[', ']', '{', '}', ',', '=', '<', '>', '+', '-', '*', '/', '%', '^', '&', '|', '!'],
  ...['~', '@', ';', ':', '$', '?', '#'],
];

const backquotes = ['`', '｀'];
const doubleQuotes = ['"', '“', '”', '„', '＂'];

/**
 * Splits a condition into words and ends with one of kind `end`. `--` begins a comment to the end of its line.
 * @throws bad-where at a character that starts no word, at an open quote
 */
export function tokenizeCondition(text: string): readonly ConditionToken[] {
  const letters = [...text];
  const tokens: ConditionToken[] = [];
  let at = 0;
  while (at < letters.length) {
    if (isBlank(letters[at] ?? '')) at += 1;
    else if (letters[at] === '-' && letters[at + 1] === '-') at = endOfLine(letters, at);
    else {
      const token = tokenAt(text, letters, at);
      tokens.push(token);
      at = token.end;
    }
  }
  tokens.push({ kind: 'end', text: '', at: letters.length, end: letters.length, isQuoted: false });
  return tokens;
}

function endOfLine(letters: readonly string[], from: number): number {
  const end = letters.indexOf('\n', from);
  return end < 0 ? letters.length : end;
}

function tokenAt(where: string, letters: readonly string[], at: number): ConditionToken {
  const written = letters[at] ?? '';
  if (Object.hasOwn(closingQuotes, written)) return quotedAt(where, letters, at);
  const letter = plainSign(written);
  const following = plainSign(letters[at + 1] ?? ' ');
  if (isDigit(letter) || (letter === '.' && isDigit(following))) {
    const rest = letters.slice(at, at + 400).map(plainSign);
    const [number] = numberPattern.exec(rest.join('')) as RegExpExecArray; // it begins as a number does
    return { kind: 'number', text: number, at, end: at + number.length, isQuoted: false };
  }
  if (isNameStart(letter) || letter === '.') {
    let end = at + 1;
    while (end < letters.length && isNamePart(letters[end] ?? '')) end += 1;
    return { kind: 'name', text: letters.slice(at, end).join(''), at, end, isQuoted: false };
  }
  const rest = letters
    .slice(at, at + 4)
    .map(plainSign)
    .join('');
  const symbol = symbols.find((one) => rest.startsWith(one));
  if (symbol !== undefined) return { kind: 'symbol', text: symbol, at, end: at + symbol.length, isQuoted: false };
  throw new StudyError('bad-where', { where, fault: { kind: 'syntax', near: written }, column: at + 1 });
}

/** A text or a name between quotes; the closing quote written twice stands for itself. */
function quotedAt(where: string, letters: readonly string[], at: number): ConditionToken {
  const quote = letters[at] ?? '';
  const closers = entryOf(closingQuotes, quote);
  let inner = '';
  for (let i = at + 1; i < letters.length; i++) {
    const letter = letters[i] ?? '';
    if (!closers.includes(letter)) inner += letter;
    else if (letters[i + 1] === letter && letter === quote) inner += letters[i++];
    else return quotedToken(quote, inner, { at, end: i + 1 });
  }
  const near = letters.slice(at).join('');
  throw new StudyError('bad-where', { where, fault: { kind: 'syntax', near }, column: at + 1 });
}

function quotedToken(quote: string, inner: string, place: { at: number; end: number }): ConditionToken {
  if (backquotes.includes(quote)) return { kind: 'name', text: typedName(inner), ...place, isQuoted: true };
  return { kind: doubleQuotes.includes(quote) ? 'quoted' : 'text', text: inner, ...place, isQuoted: true };
}
