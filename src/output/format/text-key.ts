import type { en } from './en.ts';

/** Key of a fixed text of the program; a test holds every language to the same set. */
export type TextKey = keyof typeof en;
export type Language = 'en' | 'zh';
export const languages = ['en', 'zh'] as const satisfies readonly Language[];

/** The value of the HTML attribute `lang`. */
export function languageTag(language: Language): string {
  return language === 'zh' ? 'zh-Hans' : 'en';
}
