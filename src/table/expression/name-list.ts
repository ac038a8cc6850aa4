import { typedName } from '../column-name.ts';
import { joinNames } from './joined-names.ts';
import { closingQuotes, plainSign } from './signs.ts';

/**
 * Names in a list: between commas, and where there is none between blanks, `+`, `:` or `;`. A name between quotation marks
 * is taken as it stands inside; R's `~` and `c()` around the list are left off. Empty names are left out.
 * @example splitNames('`two words`, year'), splitNames('firm year'), splitNames('c("firm", "year")')
 */
export function splitNames(text: string): readonly string[] {
  return namesIn(text, (name) => name);
}

/** The same of names that `^` may join (`joined-names.ts`): a quoted one that holds the sign stays one. */
export function splitJoinedNames(text: string): readonly string[] {
  return namesIn(text, (name) => joinNames([name]));
}

function namesIn(text: string, quoted: (name: string) => string): readonly string[] {
  const pieces = piecesOf(text.replace(/^\s*[~～]/, '').replace(/^\s*c[(（](.*)[)）]\s*$/s, '$1'));
  const hasComma = pieces.some((piece) => piece.text === ',' && !piece.isQuoted);
  const isBreak = (letter: string): boolean => (hasComma ? letter === ',' : /[\s+:;,&]/.test(letter));
  const names: string[] = [];
  let name = '';
  for (const piece of pieces) {
    if (!piece.isQuoted && isBreak(piece.text)) {
      names.push(name);
      name = '';
    } else name += piece.isQuoted ? quoted(piece.text) : piece.text;
  }
  return [...names, name].map((one) => one.trim()).filter((one) => one !== '');
}

interface Piece {
  readonly text: string;
  readonly isQuoted: boolean;
}

/** Letters outside quotation marks, and what stands inside a pair of them as one piece. */
function piecesOf(text: string): readonly Piece[] {
  const letters = [...text];
  const pieces: Piece[] = [];
  for (let at = 0; at < letters.length; at++) {
    const letter = letters[at] ?? '';
    const closers = Object.hasOwn(closingQuotes, letter) ? closingQuotes[letter] : undefined;
    const end = closers === undefined ? -1 : letters.findIndex((one, i) => i > at && closers.includes(one));
    if (end < 0) pieces.push({ text: plainSign(letter), isQuoted: false });
    else {
      pieces.push({ text: typedName(letters.slice(at + 1, end).join('')), isQuoted: true });
      at = end;
    }
  }
  return pieces;
}

/** A text cut at commas outside brackets and backquotes: `z, l(x, 1)` are two terms. Empty ones are left out. */
export function splitTerms(text: string): readonly string[] {
  const terms: string[] = [];
  let term = '';
  let depth = 0;
  let isName = false;
  for (const letter of text) {
    if (letter === '`') isName = !isName;
    const sign = isName ? letter : plainSign(letter);
    if (!isName && '(['.includes(sign)) depth += 1;
    if (!isName && ')]'.includes(sign)) depth -= 1;
    if (sign === ',' && depth === 0 && !isName) {
      terms.push(term);
      term = '';
    } else term += letter;
  }
  return [...terms, term].map((one) => one.trim()).filter((one) => one !== '');
}
