import { LineCounter, parseDocument } from 'yaml';
import type { ErrorCode, ErrorDetail, NamedAt } from '../../error/codes.ts';
import { isStudyError, StudyError } from '../../error/study-error.ts';
import { type KeyPath, offsetOf, pathText } from './faults.ts';

/** Where a study file has the value of a key, or the nearest thing around it that is there. */
export function placeOfKey(text: string, file: string, path: KeyPath): NamedAt {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const { line, col } = lines.linePos(offsetOf(document, { path, at: 'value' }));
  return { file, line, column: col, key: pathText(path) };
}

/** Faults of a path that a study names. */
const ofPaths = [
  'file-not-found',
  'outside-study',
  'unsupported-format',
  'unknown-sheet',
  'choose-sheet',
] as const satisfies readonly ErrorCode[];

/** A fault of a path with the place of the study that names it; any other error as it is. */
export function named(error: unknown, place: () => NamedAt): unknown {
  const code = ofPaths.find((one) => isStudyError(error, one));
  if (code === undefined || !isStudyError(error)) return error;
  // A detail of one of these codes, each of which may have a place.
  const detail = { ...error.detail, named: place() } as ErrorDetail<typeof code>;
  return new StudyError(code, detail, { cause: error });
}

/** What `run` gives; a fault of the path that it reads gets its place in the study. */
export function naming<T>(place: () => NamedAt, run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw named(error, place);
  }
}
