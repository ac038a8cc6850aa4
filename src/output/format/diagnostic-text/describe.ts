import type { Diagnostic } from '../../../error/diagnostic.ts';
import { type DiagnosticText, readDetail } from '../error-text/contract.ts';
import { shortDetail } from '../error-text/short-detail.ts';
import type { Language } from '../text-key.ts';
import { visibleText } from '../visible-text.ts';
import { diagnosticTextEn } from './en.ts';
import { diagnosticTextZh } from './zh.ts';

export const diagnosticTexts: Readonly<Record<Language, DiagnosticText>> = {
  en: diagnosticTextEn,
  zh: diagnosticTextZh,
};

/** One sentence for people on something noteworthy; data that the sentence has no place for follow in brackets. */
export function describeDiagnostic(diagnostic: Diagnostic, language: Language): string {
  const detail = readDetail(shortDetail(diagnostic.detail));
  const sentence = diagnosticTexts[language][diagnostic.code](detail);
  const rest = detail.rest().map(([name, value]) => `${name}: ${value}`);
  return visibleText(rest.length === 0 ? sentence : `${sentence} [${rest.join('; ')}]`);
}
