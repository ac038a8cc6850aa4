import type { FileFault } from '../../error/file-fault.ts';
import { StudyError } from '../../error/study-error.ts';

/** The error of a file that cannot be read; `line` is the line of a text file or the row of a sheet, from 1. */
export function fileError(
  path: string,
  reason: FileFault,
  line: number | null = null,
  cause?: unknown,
): StudyError<'file-unreadable'> {
  return new StudyError('file-unreadable', { path, line, column: null, reason }, cause === undefined ? {} : { cause });
}
