import type { Diagnostic } from '../../../error/diagnostic.ts';
import type { StudyError } from '../../../error/study-error.ts';
import type { Language } from '../text-key.ts';
import { type DiagnosticText, type ErrorText, readDetail } from './contract.ts';
import { diagnosticTextEn, errorTextEn } from './en.ts';
import { diagnosticTextZh, errorTextZh } from './zh.ts';

export const errorTexts: Readonly<Record<Language, ErrorText>> = { en: errorTextEn, zh: errorTextZh };
export const diagnosticTexts: Readonly<Record<Language, DiagnosticText>> = {
  en: diagnosticTextEn,
  zh: diagnosticTextZh,
};

/** One paragraph for people: what was found, what was expected, where, and the next step. */
export function describeError(error: StudyError, language: Language): string {
  // code and detail belong together by the constructor of StudyError; the compiler cannot see it through the union
  const text = errorTexts[language][error.code] as (detail: StudyError['detail']) => string;
  return text(error.detail);
}

/** One sentence for people on something noteworthy; data that the sentence has no place for follow in brackets. */
export function describeDiagnostic(diagnostic: Diagnostic, language: Language): string {
  const detail = readDetail(diagnostic.detail);
  const sentence = diagnosticTexts[language][diagnostic.code](detail);
  const rest = detail.rest().map(([name, value]) => `${name}: ${value}`);
  return rest.length === 0 ? sentence : `${sentence} [${rest.join('; ')}]`;
}
