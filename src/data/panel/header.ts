import { nearestName } from '../../error/nearest-name.ts';
import { StudyError } from '../../error/study-error.ts';
import type { RawFile } from './contract.ts';

/** A header taken apart: 地区生产总值(万元) is the name 地区生产总值 in the unit 万元. */
export interface Header {
  readonly text: string;
  readonly name: string;
  /** Empty when the header has no bracket behind the name. */
  readonly unit: string;
}

/** Splits the last bracket group, full or half width, off a header. */
export function splitHeader(text: string): Header {
  const plain = text.normalize('NFKC').trim();
  const match = /^(.*?)\s*\(([^()]*)\)$/u.exec(plain);
  return match === null ? { text, name: plain, unit: '' } : { text, name: match[1], unit: match[2].trim() };
}

/** The header of `file` that is one of `aliases`, or null. */
export function findHeader(file: RawFile, aliases: readonly string[]): string | null {
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
    header: aliases[0],
    aliases,
    known: file.headers,
    nearest: nearestName(aliases[0], file.headers),
  });
}

/** Files by their headers: those with the same ones can be read in one scan. */
export function groupByHeaders(files: readonly RawFile[]): Map<string, RawFile[]> {
  const groups = new Map<string, RawFile[]>();
  for (const file of files) {
    const key = file.headers.join('\u0000');
    groups.set(key, [...(groups.get(key) ?? []), file]);
  }
  return groups;
}
