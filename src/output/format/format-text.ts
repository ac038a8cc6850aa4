import type { Phrase, PhraseValue, Text } from '../table/contract.ts';
import { en } from './en.ts';
import { formatCount, formatExact, ofShare } from './format-number.ts';
import { type NumberStyle, publishedStyle } from './number-style.ts';
import { plural } from './plural.ts';
import { filledSlots } from './slots.ts';
import type { Language, TextKey } from './text-key.ts';
import { visibleText } from './visible-text.ts';
import { zh } from './zh.ts';

const texts: Readonly<Record<Language, Readonly<Record<TextKey, string>>>> = { en, zh };

/** A fixed word of the program. */
export function wordOf(key: TextKey, language: Language): string {
  return texts[language][key];
}

/** A label or a sentence in one language, with nothing in it that acts (`visibleText`). Whole numbers among the values are printed as counts, others in full. */
export function formatText(text: Text, language: Language, style: NumberStyle = publishedStyle): string {
  if (typeof text === 'string') return visibleText(text);
  if ('key' in text) return formatPhrase(text, language, style);
  return visibleText(text[language]);
}

/**
 * A sentence of a command that no page has, in both languages at once: its words are not among those that a page opens with.
 * @throws RangeError when the sentence has a slot without a value
 */
export function bilingualSentence(
  sentence: Readonly<Record<Language, string>>,
  values: NonNullable<Phrase['values']> = {},
): { readonly en: string; readonly zh: string } {
  const filled = (language: Language): string =>
    withValues({ key: sentence.en, sentence: sentence[language] }, values, language, publishedStyle);
  return { en: filled('en'), zh: filled('zh') };
}

/** @throws RangeError when the sentence has a slot without a value */
function formatPhrase({ key, values = {} }: Phrase, language: Language, style: NumberStyle): string {
  return withValues({ key, sentence: texts[language][key] }, values, language, style);
}

/** A sentence with its values; `key` is how the error calls it. @throws RangeError when it has a slot without a value */
function withValues(
  { key, sentence }: { readonly key: string; readonly sentence: string },
  values: NonNullable<Phrase['values']>,
  language: Language,
  style: NumberStyle,
): string {
  return filledSlots(
    sentence,
    ({ text, name, noun, word }) => {
      if (name === 'own_stars') return style.stars.length === 0 ? '' : texts[language]['stars.own'];
      if (name === 'stars' && values.stars === undefined) return starLegend(style, language);
      const value = values[name];
      if (value === undefined) throw new RangeError(`${key}: no value for ${text}`);
      if (word !== null) return plural(value, ...word);
      const shown = formatValue(value, language, style);
      return noun === null ? shown : `${shown} ${plural(value, ...noun)}`;
    },
    areChinese,
  );
}

/** Chinese words stand side by side; a blank is for what is none of them, a number or a name. */
function areChinese(left: string, right: string): boolean {
  return /^\p{Script=Han}{2}$/u.test(left + right);
}

function formatValue(value: PhraseValue, language: Language, style: NumberStyle): string {
  if (typeof value !== 'number') return formatText(value, language, style);
  return Number.isInteger(value) ? formatCount(value, style) : formatExact(value).replace(/^-/, style.minus);
}

/** The key to the significance marks with the mark that parts it from the sentence, empty without marks; loosest level first in English, strictest first in Chinese as its journals do. */
function starLegend(style: NumberStyle, language: Language): string {
  if (style.stars.length === 0) return '';
  const strictFirst = [...style.stars];
  const looseFirst = [...style.stars].reverse();
  const mark = language === 'zh' ? '、' : ', ';
  return texts[language][style.legend === 'percent' ? 'stars.legend_percent' : 'stars.legend']
    .replace(
      '{items}',
      looseFirst.map((level) => `${level.mark} p < ${ofShare(formatExact(level.below), style)}`).join(', '),
    )
    .replace('{marks}', strictFirst.map((level) => level.mark).join(mark))
    .replace(
      '{levels}',
      strictFirst.map((level) => `${formatExact(Number((level.below * 100).toPrecision(12)))}%`).join(mark),
    );
}
