import { gunzipSync } from 'node:zlib';
import type { Language } from '../format/text-key.ts';
import { bytesFromText } from '../report/byte-text.ts';

/** The markup of a language that is packed in a report: what stands beside each element of the language that it opens in. Empty where none is. */
export function packedLanguage(report: string, language: Language): string {
  const packed = new RegExp(`id="kaya-language-${language}"[^>]*>([^<]*)<`).exec(report)?.[1] ?? '';
  return packed === '' ? '' : gunzipSync(bytesFromText(packed)).toString('utf8');
}
