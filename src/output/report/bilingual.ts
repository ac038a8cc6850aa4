import { escapeMarkup } from '../document/table/escape.ts';
import { formatText } from '../format/format-text.ts';
import { type Language, languages, languageTag } from '../format/text-key.ts';
import type { Text } from '../table/contract.ts';

/** A text in every language of the page, of which the style shows one; once when all are the same. */
export function say(text: Text): string {
  return inEach('span', (language) => escapeMarkup(formatText(text, language)));
}

/** Markup in every language of the page, each in an element of its own; without one when all are the same. */
export function inEach(tag: 'span' | 'div', markupOf: (language: Language) => string): string {
  const markups = languages.map((language) => ({ language, markup: markupOf(language) }));
  const [one = '', ...others] = new Set(markups.map(({ markup }) => markup));
  if (others.length === 0) return one;
  return markups.map(({ language, markup }) => `<${tag} lang="${languageTag(language)}">${markup}</${tag}>`).join('');
}
