import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, resolve } from 'node:path';
import type { FileFault } from '../../error/file-fault.ts';
import { nearestName } from '../../error/nearest-name.ts';
import { StudyError } from '../../error/study-error.ts';
import { lazily } from '../../math/lazy.ts';
import { type AnyStudySpec, parseAnyStudy } from '../../study/language/load-any-study.ts';
import { type PublishedNumber, parsePublished } from '../../study/language/published.ts';
import { type ResolvedStudy, resolveStudy, type StudyCore } from '../../study/language/resolve.ts';
import { type ResolvedPanelFileStudy, resolvePanelFileStudy } from '../../study/language/resolve-panel-file.ts';
import type { StudySpec } from '../../study/language/spec.ts';
import type { PanelFileSpec } from '../../study/language/spec-panel-file.ts';
import { type PanelFiles, readPanelFiles } from '../../study/panel-source/read-panel-files.ts';
import type { TableReader } from '../../study/ports.ts';
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

/** A study about a ready panel with its place and what its files hold. */
export interface LocatedPanelFile {
  readonly file: string;
  /** Absolute. */
  readonly folder: string;
  readonly study: ResolvedPanelFileStudy;
  readonly spec: PanelFileSpec;
  readonly sha256: string;
  readonly published: () => readonly PublishedNumber[];
  /** The files of its panel, read. */
  readonly files: PanelFiles;
}

export type AnyLocatedStudy =
  | ({ readonly kind: 'raw-tables' } & LocatedStudy)
  | ({ readonly kind: 'panel-file' } & LocatedPanelFile);

/**
 * Reads a study file from raw tables, or the study.yaml of a folder.
 * @throws file-not-found, file-unreadable, study-invalid, which a study about a ready panel is here
 */
export function readStudy(path: string): LocatedStudy {
  const { file, text, ...place } = placeOf(path);
  const read = parseAnyStudy(text, file);
  if (read.kind === 'raw-tables') return locatedStudy({ file, ...place }, read.spec);
  const problem = 'this command works on raw tables, and data.panel names a ready panel: kaya study run takes it';
  const fault = { path: 'data.panel', line: lineOf(text, /^\s*panel\s*:/), column: 1, problem, nearest: null };
  throw new StudyError('study-invalid', { file, faults: [fault] });
}

/**
 * What a study file names besides itself: files and folders, absolute.
 * @throws file-not-found, file-unreadable, study-invalid
 */
export function pathsOfStudy(path: string): readonly string[] {
  const { file, text, folder } = placeOf(path);
  const read = parseAnyStudy(text, file);
  const named =
    read.kind === 'raw-tables'
      ? [read.spec.data.raw]
      : [resolvePanelFileStudy(read.spec).data].flatMap(({ files, join: joins }) => [
          ...files,
          ...joins.map((one) => one.file),
        ]);
  return [...named, ...(read.spec.published === undefined ? [] : [read.spec.published])].map((name) =>
    resolve(folder, name),
  );
}

/**
 * Reads a study file of either kind, or the study.yaml of a folder; of a ready panel its files as well, whose columns the study
 * is held to.
 * @throws file-not-found, file-unreadable, study-invalid, the errors of reading, stacking and joining the files
 */
export async function readAnyStudy(path: string, reader: TableReader): Promise<AnyLocatedStudy> {
  const { file, text, folder, sha256 } = placeOf(path);
  const first = parseAnyStudy(text, file);
  if (first.kind === 'raw-tables') return { kind: 'raw-tables', ...locatedStudy({ file, folder, sha256 }, first.spec) };
  const { data } = resolvePanelFileStudy(first.spec);
  const files = await readPanelFiles(data, reader, (name) => (isAbsolute(name) ? name : join(dirname(file), name)));
  const { spec } = parseAnyStudy(text, file, files.table.names) as Extract<AnyStudySpec, { kind: 'panel-file' }>;
  const study = resolvePanelFileStudy(spec, files.labels);
  const published = lazily(() => readPublished(folder, study));
  return { kind: 'panel-file', file, folder, sha256, spec, study, files, published };
}

function placeOf(path: string): { file: string; folder: string; text: string; sha256: string } {
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  const file = isFolder ? join(path, usualName) : path;
  const { text, bytes } = readText(file, 'study file');
  return { file, folder: dirname(resolve(file)), text, sha256: hashBytes(bytes) };
}

function locatedStudy(place: { file: string; folder: string; sha256: string }, spec: StudySpec): LocatedStudy {
  const study = resolveStudy(spec);
  return { ...place, study, spec, published: lazily(() => readPublished(place.folder, study)) };
}

/** First line that fits, from 1. */
function lineOf(text: string, form: RegExp): number {
  return (
    Math.max(
      0,
      text.split('\n').findIndex((line) => form.test(line)),
    ) + 1
  );
}

function readPublished(folder: string, study: StudyCore): readonly PublishedNumber[] {
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
