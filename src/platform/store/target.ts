import { existsSync, readdirSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';
import { StudyError } from '../../error/study-error.ts';
import type { RefusedTarget } from '../../error/written-place.ts';
import { madeIn } from './made.ts';
import { isOwnName } from './own-names.ts';
import { isBelow, isSamePlace, realTarget } from './real-path.ts';
import { withSlashes } from './slashes.ts';

// What may be written to: a user's file is replaced only where its name was given, and some names are never taken.

/** Folders whose entries are no files: devices, what the system says of itself. /dev/shm holds files. */
const systemFolders = ['/dev', '/proc', '/sys'];
/** What people and systems leave in an empty folder. */
const unnoticed = ['.gitignore', '.gitkeep', '.DS_Store', 'Thumbs.db', 'desktop.ini', 'lost+found'];

/** What a command reads, and how the place was named to it. */
export interface TargetUse {
  readonly option: string;
  /** Files and folders that are read. */
  readonly inputs?: readonly string[];
  /** The folder of the study: results may lie in it, never around it. */
  readonly study?: string;
}

function refuse(use: TargetUse, path: string, why: RefusedTarget, files: readonly string[] = []): StudyError {
  return new StudyError('output-refused', { option: use.option, path, why, files });
}

/**
 * Holds any path apart from the root, devices, what the system says of itself, and the inside of repositories.
 * @returns where it leads, links resolved
 * @throws output-refused
 */
export function checkPlace(path: string, use: TargetUse): string {
  if (path === '') throw refuse(use, path, 'empty');
  const place = realTarget(path);
  const isSystem = systemFolders.some((folder) => isBelow(place, folder)) && !isBelow(place, '/dev/shm');
  if (isSystem || systemFolders.some((folder) => path.startsWith(`${folder}/`) && !path.startsWith('/dev/shm/')))
    throw refuse(use, path, 'system');
  if (dirname(place) === place) throw refuse(use, path, 'root');
  if (place.split(sep).includes('.git')) throw refuse(use, path, 'repository');
  return place;
}

/**
 * Holds a file that is written apart from what must stay: what is read, devices and folders, write-protected files, and results
 * that a manifest vouches for. A plain file of that very name is replaced: its name was given.
 * @returns where it is written, links resolved
 * @throws output-refused
 */
export function checkFileTarget(path: string, use: TargetUse): string {
  const place = checkPlace(path, use);
  const found = statSync(place, { throwIfNoEntry: false });
  if (found?.isDirectory() === true || /[/\\]$/.test(path)) throw refuse(use, path, 'folder');
  if (found !== undefined && !found.isFile()) throw refuse(use, path, 'special');
  const input = use.inputs?.find((one) => isSamePlace(one, path));
  if (input !== undefined) throw refuse(use, path, 'input', [input]);
  if (found !== undefined && (found.mode & 0o222) === 0) throw refuse(use, path, 'protected');
  const run = runOf(place);
  if (run !== null) throw refuse(use, path, 'of-run', [run]);
  return place;
}

/** How far above a file the manifest of its run may lie: tables/a.csv, provenance/ledger.csv, yearbook/part/2009.csv. */
const manifestDepth = 3;

/** The folder whose manifest lists a file; null: none. */
function runOf(place: string): string | null {
  let folder = dirname(place);
  for (let i = 0; i < manifestDepth; i++, folder = dirname(folder)) {
    const name = withSlashes(relative(folder, place));
    const made = madeIn(folder);
    if (made !== null && (made.has(name) || name === 'manifest.json')) return folder;
  }
  return null;
}

/**
 * Holds a folder of results apart from what must stay: the root, the home folder, a repository, and folders that hold what is read
 * or lie in it.
 * @returns where it is written, links resolved
 * @throws output-refused
 */
export function checkFolderTarget(path: string, use: TargetUse): string {
  const place = checkPlace(path, use);
  const found = statSync(place, { throwIfNoEntry: false });
  if (found !== undefined && !found.isDirectory()) throw refuse(use, path, 'file');
  if (isSamePlace(place, homedir())) throw refuse(use, path, 'home');
  const { study, inputs = [] } = use;
  const held = [...(study === undefined ? [] : [study]), ...inputs].find((one) => isBelow(realTarget(one), place));
  if (held !== undefined) throw refuse(use, path, 'holds-input', [held]);
  const around = inputs.find((one) => isFolder(one) && isBelow(place, realTarget(one)));
  if (around !== undefined) throw refuse(use, path, 'in-input', [around]);
  if (existsSync(join(place, '.git'))) throw refuse(use, path, 'repository');
  return place;
}

/**
 * Holds a folder that the program did not make apart from results.
 * @param own names in it that are looked at by themselves
 * @throws output-refused with names of what lies in it
 */
export function checkStrangers(place: string, use: TargetUse, own: readonly string[] = []): void {
  if (madeIn(place) !== null) return;
  const strangers = strangersIn(place).filter((name) => !own.includes(name));
  if (strangers.length > 0) throw refuse(use, place, 'foreign', strangers);
}

/** What lies in a folder that is not of the program's own keeping and is noticed by people. */
export function strangersIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => !isOwnName(name) && !unnoticed.includes(name))
    .sort();
}

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
