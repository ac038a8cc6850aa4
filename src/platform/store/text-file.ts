import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { FileFault } from '../../error/file-fault.ts';
import type { Expected } from '../../error/said.ts';
import { isStudyError, StudyError, systemCode } from '../../error/study-error.ts';
import { nearestFile } from '../file/nearest-file.ts';
import { type InputRecord, inputRecord } from '../store/input-record.ts';

/** A text file, in UTF-8 where nothing else is said, noted in the record of what is read. @throws file-not-found with the nearest name, file-unreadable, input-changed */
export function readText(
  path: string,
  role: Expected,
  record: InputRecord = inputRecord(),
  decode: (bytes: Uint8Array) => string = (bytes) => new TextDecoder('utf-8', { fatal: true }).decode(bytes),
): { text: string; bytes: Uint8Array } {
  if (!existsSync(path)) {
    const near = nearestFile(path);
    throw new StudyError('file-not-found', { path, role, nearest: near === null ? null : join(dirname(path), near) });
  }
  const unreadable = (reason: FileFault, cause?: unknown): StudyError =>
    new StudyError('file-unreadable', { path, reason, line: null, column: null }, { cause });
  const stat = statSync(path);
  if (!stat.isFile()) throw unreadable(stat.isDirectory() ? 'folder' : 'no-plain-file');
  try {
    const bytes = readFileSync(path);
    record.noteBytes(path, bytes);
    return { text: decode(bytes), bytes };
  } catch (cause) {
    if (isStudyError(cause)) throw cause;
    throw unreadable(systemCode(cause) === 'EACCES' ? 'no-permission' : 'not-utf8', cause);
  }
}
