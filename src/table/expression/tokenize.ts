import { entryOf } from '../../error/at.ts';
import { said } from '../../error/said.ts';
import { StudyError } from '../../error/study-error.ts';
import { typedName } from '../column-name.ts';
import { closingQuotes, nameQuotes, plainSign } from './signs.ts';

/** One word of an expression or formula; `column` counts characters from 1. */
export interface Token {
  readonly kind: 'number' | 'name' | 'string' | 'symbol' | 'end';
  /** The name without backquotes, the symbol, or the digits as written. */
  readonly text: string;
  readonly column: number;
  /** Written between backquotes: never a keyword or a function. */
  readonly isQuoted: boolean;
}

const symbols = [
  '==',
  '!=',
  '<=',
  '>=',
  '**',
  '##',
  '#',
  '+',
  '-',
  '*',
  '/',
  '^',
  '(',
  ')',
  '[',
  ']',
  ',',
  '~',
  '|',
  ':',
  '<',
  '>',
  '=',
];
const nameStart = /[\p{L}_]/u;
const namePart = /[\p{L}\p{M}\p{N}_.]/u;
const digit = /[0-9]/;
/** White space, and what copying from a page leaves unseen between words. */
const blank = /[\s\u200b-\u200d\u2060]/;
export const numberPattern = /^(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?/;

/** What words of formulas and of conditions are made of. */
export const isNameStart = (letter: string): boolean => nameStart.test(letter);
export const isNamePart = (letter: string): boolean => namePart.test(letter);
export const isDigit = (letter: string): boolean => digit.test(letter);
export const isBlank = (letter: string): boolean => blank.test(letter);

/**
 * Splits `text` into tokens and ends with one of kind `end`.
 * @throws formula-syntax at a character that starts no token, or at an unclosed quote.
 */
export function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = [];
  // Positions count code points, as a reader would.
  const letters = [...text];
  let at = 0;
  while (at < letters.length) {
    const letter = letters[at] ?? '';
    if (blank.test(letter)) {
      at += 1;
      continue;
    }
    const token = tokenAt(text, letters, at);
    tokens.push(token.token);
    at = token.next;
  }
  tokens.push({ kind: 'end', text: '', column: letters.length + 1, isQuoted: false });
  return tokens;
}

function tokenAt(text: string, letters: readonly string[], at: number): { token: Token; next: number } {
  const written = letters[at] ?? '';
  const column = at + 1;
  if (Object.hasOwn(closingQuotes, written)) {
    const closers = entryOf(closingQuotes, written);
    let end = at + 1;
    while (end < letters.length && !closers.includes(letters[end] ?? '')) end += 1;
    if (end === at + 1 || end === letters.length) {
      const expected = said('formula.closing_quote', { quote: closers[0] ?? written });
      throw new StudyError('formula-syntax', { formula: text, column, found: written, expected, suggestion: null });
    }
    const kind = nameQuotes.includes(written) ? 'name' : 'string';
    const inner = letters.slice(at + 1, end).join('');
    const name = kind === 'name' ? typedName(inner) : inner;
    return { token: { kind, text: name, column, isQuoted: true }, next: end + 1 };
  }
  const letter = plainSign(written);
  const next = plainSign(letters[at + 1] ?? ' ');
  if (digit.test(letter) || (letter === '.' && digit.test(next))) {
    const match = numberPattern.exec(
      letters
        .slice(at, at + 40)
        .map(plainSign)
        .join(''),
    ) as RegExpExecArray; // it begins as a number does
    return {
      token: { kind: 'number', text: match[0], column, isQuoted: false },
      next: at + match[0].length,
    };
  }
  if (nameStart.test(letter) || letter === '.') {
    let end = at + 1;
    while (end < letters.length && namePart.test(letters[end] ?? '')) end += 1;
    return { token: { kind: 'name', text: letters.slice(at, end).join(''), column, isQuoted: false }, next: end };
  }
  const symbol = symbols.find((s) => letter + (s.length === 2 ? next : '') === s);
  if (symbol === undefined) {
    const expected = said('formula.token');
    throw new StudyError('formula-syntax', { formula: text, column, found: written, expected, suggestion: null });
  }
  return { token: { kind: 'symbol', text: symbol, column, isQuoted: false }, next: at + symbol.length };
}

/** `name` as a formula has to write it: between backquotes when it is not a plain word. */
export function quoteName(name: string): string {
  const letters = [...name];
  const starts =
    nameStart.test(letters[0] ?? '') ||
    (letters[0] === '.' && letters[1] !== undefined && letters[1] !== '.' && !digit.test(letters[1]));
  return starts && letters.every((letter) => namePart.test(letter)) ? name : `\`${name}\``;
}

/** A name as an option gives it: without the backquotes around it, whatever is between them but line breaks (`typedName`). */
export function unquoteName(text: string): string {
  const name = text.trim();
  const isQuoted = name.length > 2 && name.startsWith('`') && name.indexOf('`', 1) === name.length - 1;
  return typedName(isQuoted ? name.slice(1, -1) : name);
}
