import { bilingualSentence } from '../../format/format-text.ts';
import { runDiffEn } from '../../format/run-diff/en.ts';
import { runDiffZh } from '../../format/run-diff/zh.ts';
import type { Phrase, Text } from '../contract.ts';

/** Key of a fixed text about what differs between two runs. */
export type DiffKey = keyof typeof runDiffEn;

/** A sentence about what differs between two runs. */
export function told(key: DiffKey, values: NonNullable<Phrase['values']> = {}): Text {
  return bilingualSentence({ en: runDiffEn[key], zh: runDiffZh[key] }, values);
}
