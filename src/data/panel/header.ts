import { at } from '../../error/at.ts';
import { nearestName } from '../../error/nearest-name.ts';
import { StudyError } from '../../error/study-error.ts';
import type { RawFile } from './contract.ts';

/** The header of `file` that is one of `aliases`, or null. */
function findHeader(file: RawFile, aliases: readonly string[]): string | null {
  const wanted = aliases.map((alias) => alias.normalize('NFKC'));
  return file.headers.find((header) => wanted.includes(header.normalize('NFKC').trim())) ?? null;
}

/**
 * The header of `file` that is one of `aliases`.
 * @throws missing-header
 */
export function requireHeader(file: RawFile, aliases: readonly string[]): string {
  const found = findHeader(file, aliases);
  if (found !== null) return found;
  throw new StudyError('missing-header', {
    file: file.path,
    header: at(aliases, 0),
    aliases,
    known: file.headers,
    nearest: nearestName(at(aliases, 0), file.headers),
  });
}

/** A reference table that a step needs. @throws file-not-found */
export function requireFile(file: RawFile | null, path: string, role: string): RawFile {
  if (file !== null) return file;
  throw new StudyError('file-not-found', { path, role, nearest: null });
}
