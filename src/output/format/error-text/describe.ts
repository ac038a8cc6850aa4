import type { StudyError } from '../../../error/study-error.ts';
import type { Language } from '../text-key.ts';
import { visibleText } from '../visible-text.ts';
import { withoutSecrets } from '../without-secrets.ts';
import type { ErrorText } from './contract.ts';
import { errorTextEn } from './en.ts';
import { shortDetail } from './short-detail.ts';
import { errorTextZh } from './zh.ts';

export const errorTexts: Readonly<Record<Language, ErrorText>> = { en: errorTextEn, zh: errorTextZh };

/** One paragraph for people: what was found, what was expected, where, and the next step; without what an address holds of secrets. */
export function describeError(error: StudyError, language: Language): string {
  // code and detail belong together by the constructor of StudyError; the compiler cannot see it through the union
  const text = errorTexts[language][error.code] as (detail: StudyError['detail']) => string;
  return visibleText(withoutSecrets(text(shortDetail(error.detail))));
}
