import type { Language } from '../format/text-key.ts';

/*
 * What is wrong with a text by the typography of its language. It reads prose: code, formulas, citations and quoted raw cells are
 * left out by who calls.
 */

/** Signs of Chinese print. */
const fullWidth = /[\u3000-\u303f\uff01-\uff60]|\p{Script=Han}/u;

const han = '[\\p{Script=Han}\\u3001\\u3002\\uff08\\uff09]';

/** Names of tests, papers, programs and commands, and what is quoted, are in their own language. */
const ownWords =
  /“[^”]*”|`[^`]*`|(?:[A-Z][\w.&-]*[, ]+(?:and |rk |Wald )?)+\(?(?:\d{4}\)?|F\b|LM\b)|(?:--?\w[\w-]*|\w+:\w+)(?: \w+)?|\bKaya \d\S*|\bkaya(?: [a-z]+)+|\bxtreg, [fr]e(?: \w+)?/g;

const faults: Readonly<Record<Language, readonly (readonly [fault: string, pattern: RegExp])[]>> = {
  en: [
    ['Chinese', fullWidth],
    ['straight quotes', /(?<![\w)\]])"|"(?![\w([])|(?<!\w)'\w[^']*\w'(?!\w)/],
    // A name such as Xi'an is as its file writes it.
    ['straight apostrophe', /[A-Za-z]'(?:s|t|re|ll|ve|d)\b|s' /],
    ['three points', /\.\.\./],
    ['hyphen for a dash', /\w -- \w/],
    ['hyphen for a minus', /(?<![\w.)\]–/-])-\.?\d|(?<=[\w)\]]) - (?=\(?[\w[])/],
  ],
  zh: [
    ['half-width mark', new RegExp(`${han}[,;:?!]|[,;:?!] ?${han}|${han}\\.(?![\\w.])|${han}\\.\\.\\.`, 'u')],
    [
      'half-width parenthesis',
      /\p{Script=Han} ?\([^()]*\p{Script=Han}[^()]*\)|\([^()]*\p{Script=Han}[^()]*\) ?\p{Script=Han}/u,
    ],
    ['straight quotes', /["'](?=\p{Script=Han})|(?<=\p{Script=Han})["']/u],
    ['room between characters', /[\p{Script=Han}，。；：、（）] [\p{Script=Han}，。；：、（）]/u],
    ['hyphen for a minus', /(?<![\w.)\]–/\p{Script=Han}-])-\.?\d|(?<=[\w)\]]) - (?=\(?[\w[])/u],
    ['English', /(?<![\w./-])[A-Za-z]{2,}(?:[ ,]+[a-z]{2,}){2,}/],
  ],
};

/** The faults of a text that is read in a language, each with the place; empty: none. */
export function typographyFaults(text: string, language: Language): readonly string[] {
  // Conditions and lines to copy are quoted as they are typed.
  const said = text.replace(/\b(?:where|take) "[^"]*"|`[^`]*`|= '[^']*'/g, '·');
  const read = language === 'zh' ? said.replace(ownWords, '·') : said;
  return faults[language].flatMap(([fault, pattern]) => {
    const found = pattern.exec(read);
    return found === null ? [] : [`${fault}: …${read.slice(Math.max(0, found.index - 30), found.index + 40)}…`];
  });
}
