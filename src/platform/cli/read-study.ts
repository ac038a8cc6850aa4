import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { nearestName } from '../../error/nearest-name.ts';
import { reasonOf, StudyError } from '../../error/study-error.ts';
import { lazily } from '../../model/plan/lazy.ts';
import { parseStudy } from '../../study/language/load-study.ts';
import { type PublishedNumber, parsePublished } from '../../study/language/published.ts';
import { type ResolvedStudy, resolveStudy } from '../../study/language/resolve.ts';
import { hashBytes } from '../store/hash.ts';
import { usualName } from './study-file.ts';

/** A study with its place: paths in it are relative to `folder`. */
export interface LocatedStudy {
  /** As messages show it. */
  readonly file: string;
  /** Absolute. */
  readonly folder: string;
  readonly study: ResolvedStudy;
  /** Hash of the bytes that `study` was read from. */
  readonly sha256: string;
  /**
   * The printed numbers that the study names, read at the first request; none when it names no file.
   * @throws file-not-found, file-unreadable, study-invalid
   */
  readonly published: () => readonly PublishedNumber[];
}

/**
 * Reads a study file, or the study.yaml of a folder.
 * @throws file-not-found, file-unreadable, study-invalid
 */
export function readStudy(path: string): LocatedStudy {
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  const file = isFolder ? join(path, usualName) : path;
  const folder = dirname(resolve(file));
  const { text, bytes } = readText(file, 'study file');
  const study = resolveStudy(parseStudy(text, file));
  return { file, folder, study, sha256: hashBytes(bytes), published: lazily(() => readPublished(folder, study)) };
}

function readPublished(folder: string, study: ResolvedStudy): readonly PublishedNumber[] {
  if (study.published === null) return [];
  const path = join(folder, study.published);
  return parsePublished(readText(path, 'printed numbers').text, path);
}

/** A text file in UTF-8. @throws file-not-found with the nearest name, file-unreadable */
export function readText(path: string, role: string): { text: string; bytes: Uint8Array } {
  if (!existsSync(path)) throw new StudyError('file-not-found', { path, role, nearest: nearestFile(path) });
  try {
    const bytes = readFileSync(path);
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), bytes };
  } catch (cause) {
    throw new StudyError('file-unreadable', { path, reason: reasonOf(cause), line: null, column: null }, { cause });
  }
}

function nearestFile(path: string): string | null {
  const folder = dirname(path);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) return null;
  const near = nearestName(basename(path), readdirSync(folder));
  return near === null ? null : join(folder, near);
}
