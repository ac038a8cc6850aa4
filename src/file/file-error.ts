import type { FileFault } from '../error/file-fault.ts';
import { StudyError } from '../error/study-error.ts';

/** Where in a file a fault was found, and how many cells were meant and met. */
export interface FaultPlace {
  readonly sheet?: string | null;
  readonly column?: string | null;
  readonly expected?: number;
  readonly found?: number;
}

/** The error of a file that cannot be read; `line` is the line of a text file or the row of a sheet, from 1. */
export function fileError(
  path: string,
  reason: FileFault,
  line: number | null = null,
  cause?: unknown,
  place: FaultPlace = {},
): StudyError<'file-unreadable'> {
  const detail = { path, line, column: null, reason, ...place };
  return new StudyError('file-unreadable', detail, cause === undefined ? {} : { cause });
}
