import { at } from '../../error/at.ts';

/** The expression of a `like` pattern: `%` any characters, `_` one. */
export function likeExpression(pattern: string, escapedBy: string | null, ignoresCase: boolean): RegExp {
  const letters = [...pattern];
  let source = '';
  for (let i = 0; i < letters.length; i++) {
    const isEscape = escapedBy !== null && letters[i] === escapedBy && i + 1 < letters.length;
    if (isEscape) source += literal(letters[++i] ?? '');
    else if (letters[i] === '%') source += '.*';
    else if (letters[i] === '_') source += '.';
    else source += literal(letters[i] ?? '');
  }
  return new RegExp(`^${source}$`, ignoresCase ? 'siu' : 'su');
}

export function literal(letter: string): string {
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
