import type { ErrorCode, ErrorDetail } from './codes.ts';

/** A message of code and data. */
type Words = <C extends ErrorCode>(code: C, detail: ErrorDetail<C>) => string;

let wordsOf: Words = (code, detail) => `${code} ${JSON.stringify(detail)}`;

/** Gives errors that are made from now on another message: called once, by an entry whose users read messages. */
export function speakErrors(words: Words): void {
  wordsOf = words;
}

/**
 * The one error class. It carries a code and data; the sentence is made in `output/format` from both.
 * `detail` must be JSON-safe.
 */
export class StudyError<C extends ErrorCode = ErrorCode> extends Error {
  readonly code: C;
  readonly detail: ErrorDetail<C>;

  constructor(code: C, detail: ErrorDetail<C>, options?: { cause?: unknown }) {
    super(wordsOf(code, detail), options);
    this.name = 'StudyError';
    this.code = code;
    this.detail = detail;
  }
}

/** What was thrown, in the words that came with it. */
export function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

/** The code of an error of the operating system, `ENOSPC`; null of any other. */
export function systemCode(cause: unknown): string | null {
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : null;
}

/** Whether `error` is a StudyError, with that code if one is given. */
export function isStudyError<C extends ErrorCode>(error: unknown, code?: C): error is StudyError<C> {
  return error instanceof StudyError && (code === undefined || error.code === code);
}
