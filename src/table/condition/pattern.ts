import { at } from '../../error/at.ts';

/** The test of a `like` pattern: `%` any characters, `_` one. */
export function likeTest(pattern: string, escapedBy: string | null, ignoresCase: boolean): (text: string) => boolean {
  const letters = [...pattern];
  const pieces = [''];
  const add = (source: string): void => void pieces.push(`${pieces.pop() ?? ''}${source}`);
  for (let i = 0; i < letters.length; i++) {
    const isEscape = escapedBy !== null && letters[i] === escapedBy && i + 1 < letters.length;
    if (isEscape) add(literal(letters[++i] ?? ''));
    else if (letters[i] === '%') pieces.push('');
    else add(letters[i] === '_' ? '.' : literal(letters[i] ?? ''));
  }
  return piecesTest(pieces, ignoresCase ? 'siu' : 'su');
}

/**
 * Whether a text is made of pieces in their order, the first at its beginning and the last at its end, with anything between them.
 * Each piece is taken where it stands first, so that the time is that of reading the text, not that of all ways to part it.
 * @param pieces sources of regular expressions, each of texts of one length
 */
export function piecesTest(pieces: readonly string[], flags: string): (text: string) => boolean {
  const [only = '', ...others] = pieces;
  if (others.length === 0) {
    const whole = new RegExp(`^${only}$`, flags);
    return (text) => whole.test(text);
  }
  const first = new RegExp(only, `${flags}y`);
  const last = new RegExp(`${others.at(-1) ?? ''}$`, `${flags}g`);
  const between = others.slice(0, -1).map((source) => new RegExp(source, `${flags}g`));
  return (text) => {
    let at = 0;
    const takes = (piece: RegExp): boolean => {
      piece.lastIndex = at;
      const isThere = piece.test(text);
      at = piece.lastIndex;
      return isThere;
    };
    return takes(first) && between.every(takes) && takes(last);
  };
}

function literal(letter: string): string {
  return /[\\^$.*+?()[\]{}|/]/.test(letter) ? `\\${letter}` : letter;
}

const posixClasses: Readonly<Record<string, string>> = {
  alpha: 'A-Za-z',
  digit: '0-9',
  alnum: '0-9A-Za-z',
  upper: 'A-Z',
  lower: 'a-z',
  space: '\\t\\n\\v\\f\\r ',
  blank: '\\t ',
  punct: '!-\\/:-@\\[-`{-~',
  xdigit: '0-9A-Fa-f',
  word: '0-9A-Za-z_',
};

/**
 * A regular expression as engines of linear time read it, so that an engine and this program choose the same rows; null for one
 * that they do not have (look-around, back references) or that cannot be read.
 * @param options `i` ignores case, `s` lets the point match a line break
 * @param isWhole whether it must match the whole text
 */
export function compilePattern(pattern: string, options: string, isWhole = false): RegExp | null {
  const leading = /^\(\?([is]+)\)/.exec(pattern);
  const body = pattern.slice(leading?.[0].length ?? 0);
  if (/\(\?(?![:P])|\(\?P(?!<)|\\[1-9kQEzZGC]/.test(body.replace(/\\\\/g, ''))) return null;
  const source = translated(body);
  const given = `${leading?.[1] ?? ''}${options}`;
  const flags = `u${given.includes('i') ? 'i' : ''}${given.includes('s') ? 's' : ''}`;
  try {
    return new RegExp(isWhole ? `^(?:${source})$` : source, flags);
  } catch {
    return null;
  }
}

function translated(body: string): string {
  let source = '';
  let isInClass = false;
  for (let i = 0; i < body.length; i++) {
    const sign = body[i];
    const named = isInClass ? /^\[:([a-z]+):\]/.exec(body.slice(i)) : null;
    if (named !== null && Object.hasOwn(posixClasses, at(named, 1))) {
      source += posixClasses[at(named, 1)];
      i += named[0].length - 1;
    } else if (sign === '\\' && i + 1 < body.length) source += escaped(body[++i] ?? '', isInClass);
    else if (body.startsWith('(?P<', i)) {
      source += '(?<';
      i += 3;
    } else {
      if (sign === '[') isInClass = true;
      if (sign === ']') isInClass = false;
      source += sign;
    }
  }
  return source;
}

function escaped(letter: string, isInClass: boolean): string {
  if (letter === 's') return isInClass ? '\\t\\n\\f\\r ' : '[\\t\\n\\f\\r ]';
  if (letter === 'A') return '^';
  if (letter === '-') return isInClass ? '\\-' : '-';
  return /[!"#%&',:;<=>@_`~ ]/.test(letter) ? letter : `\\${letter}`;
}
