import { entryOf } from '../../error/at.ts';

/**
 * Signs that a Chinese input method, a word processor or a web page puts in place of those of a formula, one character for
 * one, so that places in the text stay true. Letters are left alone: a column may be named with them.
 */
const sameSigns: Readonly<Record<string, string>> = {
  '（': '(',
  '）': ')',
  '［': '[',
  '］': ']',
  '～': '~',
  '〜': '~',
  '∼': '~',
  '˜': '~',
  '＋': '+',
  '－': '-',
  '−': '-',
  '‐': '-',
  '‑': '-',
  '‒': '-',
  '–': '-',
  '—': '-',
  '﹣': '-',
  '＊': '*',
  '∗': '*',
  '／': '/',
  '∕': '/',
  '＾': '^',
  '｜': '|',
  '∣': '|',
  '│': '|',
  '，': ',',
  '：': ':',
  '∶': ':',
  '＝': '=',
  '＜': '<',
  '＞': '>',
  '＃': '#',
  '％': '%',
  '！': '!',
  '＂': '"',
  '＇': "'",
  '｀': '`',
  '．': '.',
};

const fullWidthZero = 0xff10;

/** The plain sign that `letter` stands for; the letter itself when it stands for none. */
export function plainSign(letter: string): string {
  const code = letter.codePointAt(0) ?? 0;
  if (code < 128) return letter;
  if (code >= fullWidthZero && code < fullWidthZero + 10) return String(code - fullWidthZero);
  return sameSigns[letter] ?? letter;
}

/** Quotation marks that open a name or a text, each with those that close it. */
export const closingQuotes: Readonly<Record<string, readonly string[]>> = {
  '`': ['`', '´', '｀'],
  '｀': ['｀', '`'],
  '"': ['"'],
  "'": ["'"],
  '“': ['”', '“'],
  '”': ['”'],
  '„': ['“', '”'],
  '‘': ['’', '‘'],
  '’': ['’'],
  '＂': ['＂'],
  '＇': ['＇'],
  '「': ['」'],
  '『': ['』'],
};

/** Quotation marks around the name of a column, not around a text. */
export const nameQuotes: readonly string[] = ['`', '｀'];

/** The text with plain signs outside quotation marks, of the same length in characters. */
export function plainSigns(text: string): string {
  const letters = [...text];
  let closers: readonly string[] | null = null;
  return letters
    .map((letter) => {
      if (closers !== null) {
        if (closers.includes(letter)) closers = null;
        return letter;
      }
      if (Object.hasOwn(closingQuotes, letter)) {
        closers = entryOf(closingQuotes, letter);
        return letter;
      }
      return plainSign(letter);
    })
    .join('');
}
