import type { Language } from '../../../output/format/text-key.ts';
import { en } from './en.ts';
import { zh } from './zh.ts';

export type WordKey = keyof typeof en;

/** A text of the page in one language, its slots filled. */
export function say(language: Language, key: WordKey, values: Readonly<Record<string, string>> = {}): string {
  const text = language === 'zh' ? zh[key] : en[key];
  return text.replace(/\{(\w+)\}/g, (slot, name: string) => values[name] ?? slot);
}
