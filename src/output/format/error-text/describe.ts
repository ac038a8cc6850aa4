import type { Diagnostic } from '../../../error/diagnostic.ts';
import type { StudyError } from '../../../error/study-error.ts';
import type { Language } from '../text-key.ts';

/** One paragraph for people: what was found, what was expected, where, and the next step. */
export function describeError(error: StudyError, language: Language): string {
  return `${error.code} ${language}`;
}

/** One sentence for people on something noteworthy. */
export function describeDiagnostic(diagnostic: Diagnostic, language: Language): string {
  return `${diagnostic.code} ${language}`;
}
