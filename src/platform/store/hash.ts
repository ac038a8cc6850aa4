import { createHash } from 'node:crypto';
import { createReadStream, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { isStudyError, systemCode } from '../../error/study-error.ts';
import { isOwnName } from './own-names.ts';
import { requirePlain } from './plain-file.ts';
import { withSlashes } from './slashes.ts';

/** SHA-256 of bytes, or of a text as UTF-8, in hex. */
export function hashBytes(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/** Bytes of a file that is read at once: a stream costs more than so many. */
const smallFile = 1 << 20;

/** SHA-256 of a plain file, in hex, a large one read as a stream. @throws file-unreadable for a folder, a pipe, a device */
export async function hashFile(path: string): Promise<string> {
  requirePlain(path);
  if (statSync(path).size <= smallFile) return hashBytes(readFileSync(path));
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk as Uint8Array); // a stream without an encoding gives bytes
  return hash.digest('hex');
}

/** The same, null for a file that cannot be read: whoever needs it says why. */
export async function hashOrNull(path: string): Promise<string | null> {
  try {
    return await hashFile(path);
  } catch (error) {
    if (systemCode(error) !== null || isStudyError(error, 'file-unreadable')) return null;
    throw error;
  }
}

/** Every file below a folder, as relative paths with forward slashes, sorted. */
export function listAllFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => withSlashes(relative(folder, join(entry.parentPath, entry.name))))
    .sort();
}

/** The same without what the program keeps beside them. */
export function listFiles(folder: string): string[] {
  return listAllFiles(folder).filter((name) => !isOwnName(name));
}
