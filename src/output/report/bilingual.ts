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
  if (others.length === 0) return withChineseMarked(one);
  return markups
    .map(({ language, markup }) => {
      const marked = language === 'zh' ? markup : withChineseMarked(markup);
      return `<${tag} lang="${languageTag(language)}">${marked}</${tag}>`;
    })
    .join('');
}

/**
 * Markup whose Chinese words, names and raw cells that are quoted as they stand, are told to a screen reader and to the choice of a typeface.
 * Their tag is not that of the page's Chinese, which the style hides; what stands in a picture or in code stays as it is.
 */
export function withChineseMarked(markup: string): string {
  return markup.replace(
    /<(svg|math|pre|code)\b[\s\S]*?<\/\1>|<[^>]*>|([\u3000-\u303f\uff00-\uffef\p{Script=Han}]+)/gu,
    (whole, _element: string | undefined, chinese: string | undefined) =>
      chinese === undefined ? whole : `<bdi lang="cmn-Hans">${chinese}</bdi>`,
  );
}
