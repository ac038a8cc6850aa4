import { isStudyError, StudyError } from '../error/study-error.ts';

/** An error in a form that goes between threads, where it would lose its class. */
export type ThreadFailure =
  | { readonly failed: { readonly code: string; readonly detail: unknown } }
  | { readonly broken: string };

export function failureOf(error: unknown): ThreadFailure {
  if (isStudyError(error)) return { failed: { code: error.code, detail: error.detail } };
  return { broken: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}

/** The error again, on the other side. */
export function errorOf(failure: ThreadFailure): Error {
  if ('broken' in failure) return new Error(failure.broken);
  const { code, detail } = failure.failed;
  return new StudyError(code as never, detail as never); // they come from a StudyError of the other thread
}
