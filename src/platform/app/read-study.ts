import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { FileFault } from '../../error/file-fault.ts';
import { nearestName } from '../../error/nearest-name.ts';
import { StudyError } from '../../error/study-error.ts';
import { lazily } from '../../math/lazy.ts';
import { parseStudy } from '../../study/language/load-study.ts';
import { type PublishedNumber, parsePublished } from '../../study/language/published.ts';
import { type ResolvedStudy, resolveStudy } from '../../study/language/resolve.ts';
import type { StudySpec } from '../../study/language/spec.ts';
import { hashBytes } from '../store/hash.ts';
import { usualName } from './study-file.ts';

/** A study with its place: paths in it are relative to `folder`. */
export interface LocatedStudy {
  /** As messages show it. */
  readonly file: string;
  /** Absolute. */
  readonly folder: string;
  readonly study: ResolvedStudy;
  /** The study file as it was read, plain defaults filled in. */
  readonly spec: StudySpec;
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
  const spec = parseStudy(text, file);
  const study = resolveStudy(spec);
  return { file, folder, study, spec, sha256: hashBytes(bytes), published: lazily(() => readPublished(folder, study)) };
}

function readPublished(folder: string, study: ResolvedStudy): readonly PublishedNumber[] {
  if (study.published === null) return [];
  const path = join(folder, study.published);
  return parsePublished(readText(path, 'printed numbers').text, path);
}

/** A text file in UTF-8. @throws file-not-found with the nearest name, file-unreadable */
export function readText(path: string, role: string): { text: string; bytes: Uint8Array } {
  if (!existsSync(path)) throw new StudyError('file-not-found', { path, role, nearest: nearestFile(path) });
  const unreadable = (reason: FileFault, cause?: unknown): StudyError =>
    new StudyError('file-unreadable', { path, reason, line: null, column: null }, { cause });
  if (statSync(path).isDirectory()) throw unreadable('folder');
  try {
    const bytes = readFileSync(path);
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), bytes };
  } catch (cause) {
    throw unreadable((cause as NodeJS.ErrnoException).code === 'EACCES' ? 'no-permission' : 'not-utf8', cause);
  }
}

function nearestFile(path: string): string | null {
  const folder = dirname(path);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) return null;
  const near = nearestName(basename(path), readdirSync(folder));
  return near === null ? null : join(folder, near);
}
