import { keyHeaders } from '../../data/language/key-headers.ts';
import { at } from '../../error/at.ts';
import type { Phrase } from '../table/contract.ts';
import { bilingualSentence } from './format-text.ts';
import { ownTablesEn } from './own-tables/en.ts';
import { ownTablesZh } from './own-tables/zh.ts';

export type OwnTableKey = keyof typeof ownTablesEn;

/** What is said of raw tables of the user's own, in both languages. */
export function ownTableWords(
  key: OwnTableKey,
  values: NonNullable<Phrase['values']>,
): { readonly en: string; readonly zh: string } {
  return bilingualSentence({ en: ownTablesEn[key], zh: ownTablesZh[key] }, values);
}

/** Cells of a header that are shown. */
const mostShown = 8;

/** A file of raw tables that was passed over. */
export function passedWords({ file, header }: { readonly file: string; readonly header: readonly string[] }) {
  const shown = header.slice(0, mostShown).join(' | ');
  const known = { name: at(keyHeaders.name, 0), code: at(keyHeaders.code, 0) };
  return ownTableWords('tables.passed', { file, header: header.length > mostShown ? `${shown} | …` : shown, ...known });
}
