import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { nearestName } from '../../error/nearest-name.ts';
import { StudyError } from '../../error/study-error.ts';
import { parseStudy } from '../../study/language/load-study.ts';
import { type PublishedNumber, parsePublished } from '../../study/language/published.ts';
import { type ResolvedStudy, resolveStudy } from '../../study/language/resolve.ts';

/** A study with its place: paths in it are relative to `folder`. */
export interface LocatedStudy {
  /** As messages show it. */
  readonly file: string;
  /** Absolute. */
  readonly folder: string;
  readonly study: ResolvedStudy;
}

/** The study file of a folder. */
export const usualName = 'study.yaml';

/**
 * Reads a study file, or the study.yaml of a folder.
 * @throws file-not-found, file-unreadable, study-invalid
 */
export function readStudy(path: string): LocatedStudy {
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  const file = isFolder ? join(path, usualName) : path;
  const study = resolveStudy(parseStudy(readText(file, 'study file'), file));
  return { file, folder: dirname(resolve(file)), study };
}

/** The printed numbers that a study names; none when it names no file. */
export function readPublished({ folder, study }: LocatedStudy): readonly PublishedNumber[] {
  if (study.published === null) return [];
  const path = join(folder, study.published);
  return parsePublished(readText(path, 'printed numbers'), path);
}

function readText(path: string, role: string): string {
  if (!existsSync(path)) throw new StudyError('file-not-found', { path, role, nearest: nearestFile(path) });
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new StudyError('file-unreadable', { path, reason, line: null, column: null }, { cause });
  }
}

function nearestFile(path: string): string | null {
  const folder = dirname(path);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) return null;
  const near = nearestName(basename(path), readdirSync(folder));
  return near === null ? null : join(folder, near);
}
