import { nearestName } from '../../error/nearest-name.ts';
import { said } from '../../error/said.ts';
import { isStudyError, StudyError } from '../../error/study-error.ts';
import { piecesTest } from '../../table/condition/pattern.ts';
import type { Expression } from '../../table/expression/ast.ts';
import { parseExpression } from '../../table/expression/parse.ts';
import { plainSign } from '../../table/expression/signs.ts';
import { quoteName } from '../../table/expression/tokenize.ts';
import { interceptName } from '../estimate/constant.ts';

/** A text in which every term of a model stands as a name `#j` between backquotes. */
export interface MarkedText {
  readonly text: string;
  /** Column of the user's text, from 1, for every character of the marked one. */
  readonly columns: readonly number[];
  readonly source: string;
  readonly option: string;
}

const namePart = /[\p{L}\p{N}_.]/u;
const constantNames = ['_cons', 'Intercept'];

/**
 * Finds the terms of a model in a text: the longest that fits, white space aside, so that `log(x)` is the coefficient of
 * log(x) where the model has one. `_b[term]` and `` `term` `` name a term whatever is in it; `_cons` is the constant.
 * @param terms names of the coefficients.
 * @param option the option that the text came with, for messages.
 */
export function markTerms(source: string, terms: readonly string[], option: string): MarkedText {
  const letters = [...source];
  const known = knownNames(terms);
  let text = '';
  const columns: number[] = [];
  const put = (piece: string, column: number): void => {
    text += piece;
    for (let i = 0; i < piece.length; i++) columns.push(column);
  };
  let at = 0;
  while (at < letters.length) {
    // The longest first: between backquotes may stand the beginning of a product.
    const found = longestTerm(letters, at, known) ?? quotedTerm(letters, at, terms, source, option);
    if (found !== null) {
      put(`\`#${found.index}\``, at + 1);
      at = found.end;
      continue;
    }
    put(plainSign(letters[at]), at + 1);
    at += 1;
  }
  columns.push(letters.length + 1);
  return { text, columns, source, option };
}

interface KnownName {
  readonly letters: readonly string[];
  readonly index: number;
}

/** Longest first. */
function knownNames(terms: readonly string[]): readonly KnownName[] {
  const names = terms.map((term, index) => ({ letters: [...term].filter((letter) => !/\s/.test(letter)), index }));
  const constant = terms.indexOf(interceptName);
  if (constant >= 0) for (const name of constantNames) names.push({ letters: [...name], index: constant });
  return names.sort((a, b) => b.letters.length - a.letters.length);
}

function longestTerm(
  letters: readonly string[],
  at: number,
  known: readonly KnownName[],
): { index: number; end: number } | null {
  const before = letters[at - 1] ?? '';
  if (/\s/.test(letters[at]) || namePart.test(before) || before === ':') return null;
  for (const name of known) {
    const end = endOfMatch(letters, at, name.letters);
    if (end === null) continue;
    const after = letters[end] ?? '';
    const isCut = after === ':' || (namePart.test(letters[end - 1]) && (namePart.test(after) || '(['.includes(after)));
    if (after === '' || !isCut) return { index: name.index, end };
  }
  return null;
}

/** Where `wanted` ends when it stands at `at`, white space in the text skipped. */
function endOfMatch(letters: readonly string[], at: number, wanted: readonly string[]): number | null {
  let end = at;
  for (const letter of wanted) {
    while (end > at && end < letters.length && /\s/.test(letters[end])) end += 1;
    if (letters[end] !== letter) return null;
    end += 1;
  }
  return end;
}

/** `_b[term]` or a term between backquotes. @throws bad-option for a term that the model lacks */
function quotedTerm(
  letters: readonly string[],
  at: number,
  terms: readonly string[],
  source: string,
  option: string,
): { index: number; end: number } | null {
  const isBackquoted = letters[at] === '`';
  if (!isBackquoted && letters.slice(at, at + 3).join('') !== '_b[') return null;
  const start = at + (isBackquoted ? 1 : 3);
  const end = isBackquoted ? letters.indexOf('`', start) : closingBracket(letters, start);
  if (end < 0) return null;
  const name = letters.slice(start, end).join('').trim();
  const index = [constantNames.includes(name) ? interceptName : name, quoteName(name)].reduce(
    (found, text) => (found < 0 ? terms.indexOf(text) : found),
    -1,
  );
  if (index < 0) throw unknownTerm(name, terms, source, option);
  return { index, end: end + 1 };
}

function closingBracket(letters: readonly string[], start: number): number {
  let depth = 1;
  for (let at = start; at < letters.length; at++) {
    if (letters[at] === '[') depth += 1;
    else if (letters[at] === ']') depth -= 1;
    if (depth === 0) return at;
  }
  return -1;
}

/** A piece of a marked text as an expression over `#j`. @throws formula-syntax with the column in the user's text */
export function parseMarked(marked: MarkedText, start = 0, end = marked.text.length): Expression {
  try {
    return parseExpression(marked.text.slice(start, end));
  } catch (error) {
    if (!isStudyError(error, 'formula-syntax')) throw error;
    const column = marked.columns[Math.min(start + error.detail.column - 1, marked.columns.length - 1)];
    const found = typedTerm(marked, start + error.detail.column - 1, error.detail.found);
    throw new StudyError(
      'formula-syntax',
      { ...error.detail, found, formula: marked.source, column },
      { cause: error },
    );
  }
}

/** What was found as it was typed, where it is one of the marks `#j`. */
function typedTerm({ text, columns, source }: MarkedText, at: number, found: string): string {
  const mark = /#\d+/.exec(found);
  if (mark === null || text[at] !== '`') return found;
  const end = text.indexOf('`', at + 1);
  const typed = [...source].slice(columns[at] - 1, columns[end + 1] - 1);
  return found.replace(mark[0], typed.join('').trim());
}

/** The position of a term that a name in a marked expression stands for. @throws bad-option */
export function termIndex(name: string, terms: readonly string[], marked: MarkedText): number {
  const index = name.startsWith('#') ? Number(name.slice(1)) : -1;
  if (index >= 0 && index < terms.length) return index;
  throw unknownTerm(name, terms, marked.source, marked.option);
}

/** The one slope that a text names, as the model writes it. @throws bad-option */
export function oneTerm(text: string, terms: readonly string[], option: string): string {
  const slopes = terms.filter((name) => name !== interceptName);
  const found = /^`#(\d+)`$/.exec(markTerms(text, slopes, option).text.trim());
  const term = found === null ? undefined : slopes[Number(found[1])];
  if (term === undefined) throw unknownTerm(text, slopes, text, option);
  return term;
}

export function unknownTerm(
  name: string,
  terms: readonly string[],
  source: string,
  option: string,
): StudyError<'bad-option'> {
  const shown = [...terms.slice(0, 12), ...(terms.length > 12 ? ['…'] : [])];
  const value = name === source ? source : `${name} (${source})`;
  return new StudyError('bad-option', {
    option,
    value,
    expected: terms.length === 0 ? said('expected.some_regressor') : said('expected.terms_of_model', { terms: shown }),
    suggestion: nearestName(name, terms),
  });
}

/**
 * The terms of a family: `i(year)`, all of `year::…`; `i(year, x)`; a pattern with stars such as `year::*` or `*:ai`.
 * `*` alone is every slope.
 * @returns positions in `terms`, empty when the text names no family.
 */
export function familyOf(text: string, terms: readonly string[]): readonly number[] {
  const bare = text.replaceAll(/\s/g, '');
  const levels = /^i\(([^,()]+)(?:,(?!ref=)([^=]+?))?(?:,ref=.*)?\)$/.exec(bare);
  const pattern = levels === null ? bare : `${levels[1]}::*${levels[2] === undefined ? '' : `:${levels[2]}`}`;
  if (!pattern.includes('*')) return [];
  const source = pattern.split('*').map((piece) => piece.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const isMember = piecesTest(source, 'u');
  const isPlainDummies = levels !== null && levels[2] === undefined;
  const members = terms.flatMap((term, j) => {
    const compact = term.replaceAll(/\s/g, '');
    return term === interceptName || !isMember(compact) ? [] : [j];
  });
  // i(f) is the dummies alone, not their products; where the model has products only, as of i(f, x), it is those.
  const plain = isPlainDummies
    ? members.filter(
        (j) =>
          !terms[j]
            .replaceAll(/\s/g, '')
            .slice(pattern.length - 1)
            .includes(':'),
      )
    : members;
  return plain.length > 0 ? plain : members;
}
