import { readFileSync, statSync } from 'node:fs';
import { fileError } from '../../file/file-error.ts';

/**
 * The bytes of a plain file. A pipe that somebody put in its place would be waited for without end, a device read without end.
 * @throws file-unreadable for what is none; the system's own error for what is not there
 */
export function readPlain(path: string): Buffer {
  requirePlain(path);
  return readFileSync(path);
}

/** @throws file-unreadable for a folder, a pipe, a device */
export function requirePlain(path: string): void {
  const about = statSync(path);
  if (!about.isFile()) throw fileError(path, about.isDirectory() ? 'folder' : 'no-plain-file');
}
