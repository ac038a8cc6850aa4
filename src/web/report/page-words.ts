import { signal } from '@preact/signals';
import { versionEn } from '../../output/format/en/version.ts';
import { formatCount } from '../../output/format/format-number.ts';
import { publishedStyle } from '../../output/format/number-style.ts';
import { plural } from '../../output/format/plural.ts';
import { filledSlots } from '../../output/format/slots.ts';
import type { Language } from '../../output/format/text-key.ts';
import { versionZh } from '../../output/format/zh/version.ts';

/*
 * The words of the form alone: all words of the program would be ten times the form itself.
 */

type Key = keyof typeof versionEn;

const sentences: Readonly<Record<Language, Readonly<Record<Key, string>>>> = { en: versionEn, zh: versionZh };

/** The language that the page shows, and its changes. */
export const language = signal<Language>('en');

/** Follows the language switch of the page. */
export function followLanguage(root: HTMLElement): void {
  const read = (): void => {
    language.value = root.dataset.language === 'zh' ? 'zh' : 'en';
  };
  read();
  new MutationObserver(read).observe(root, { attributeFilter: ['data-language'] });
}

/** A sentence of the form in the language that the page shows. */
export function words(key: Key, values: Readonly<Record<string, string | number>> = {}): string {
  return filledSlots(sentences[language.value][key], ({ name, noun, word }) => {
    const value = values[name] ?? '';
    if (word !== null) return plural(value, ...word);
    const shown = typeof value === 'number' ? formatCount(value, publishedStyle) : value;
    return noun === null ? shown : `${shown} ${plural(value, ...noun)}`;
  });
}
