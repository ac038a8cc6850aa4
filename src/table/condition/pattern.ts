import { RE2JS } from 're2js';

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

/**
 * The test of a regular expression, in time linear in the text whatever is written there: RE2's, which the engines have too, so that
 * they and this program choose the same rows. null for one that it does not have (look-around, back references) or that cannot be
 * read.
 * @param options `i` ignores case, `s` lets the point match a line break, `c` is neither
 * @param isWhole whether it must match the whole text
 */
export function patternTest(pattern: string, options: string, isWhole = false): ((text: string) => boolean) | null {
  const flags = (options.includes('i') ? RE2JS.CASE_INSENSITIVE : 0) | (options.includes('s') ? RE2JS.DOTALL : 0);
  try {
    const compiled = RE2JS.compile(pattern, flags);
    return isWhole ? (text) => compiled.testExact(text) : (text) => compiled.test(text);
  } catch {
    return null;
  }
}
