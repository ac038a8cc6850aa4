import {
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import { z } from 'zod';
import { systemCode } from '../../error/study-error.ts';
import { partialPath, syncFile, syncFiles, syncFolder } from './atomic-file.ts';
import { hashFile, listAllFiles } from './hash.ts';
import { partialPrefix } from './own-names.ts';
import { readPlain } from './plain-file.ts';
import { jsonOf } from './read-json.ts';
import { realTarget } from './real-path.ts';

/*
 * Files that were made out of sight get their places together. What is to be done is written down first (`commit.json`); from
 * then on it is done to its end, by this run or by the next one. Before that nothing has happened. So a run that is killed leaves
 * the old files or, after the next run, the new ones: never some of each.
 */

/** Where a folder keeps what is being made for it, and the list of what is to be done with it. */
const stageName = `${partialPrefix}stage`;
const stagePlace = (folder: string): string => join(folder, stageName);
export const stagedFiles = (folder: string): string => join(folder, stageName, 'files');
const commitPath = (folder: string): string => join(folder, stageName, 'commit.json');

/** What is to be done. Paths are below the folder; `null`: nothing was there. */
interface Commit {
  /** In this order, with the hash of what each one replaces. */
  readonly place: readonly (readonly [name: string, replaced: string | null])[];
  readonly remove: readonly (readonly [name: string, sha256: string])[];
}

/** What an earlier run left in a folder and this one cleared up. */
export interface Recovery {
  /** Files that it had made and that have their places now. */
  readonly placed: number;
  /** Half-made files that are gone. */
  readonly dropped: number;
}

/** Files in the way: not there before, or not as they were made. */
export interface InTheWay {
  readonly foreign: readonly string[];
  readonly changed: readonly string[];
}

/**
 * Sorts out which staged files would take the place of something that the program did not make.
 * @param made hash by name of what it made
 */
export async function inTheWay(
  folder: string,
  { names, made }: { readonly names: readonly string[]; readonly made: (name: string) => string | null | 'any' },
): Promise<InTheWay> {
  const foreign: string[] = [];
  const changed: string[] = [];
  for (const name of names) {
    const path = join(folder, name);
    const above = obstacle(folder, name);
    const found = above === null ? statSync(path, { throwIfNoEntry: false }) : undefined;
    if (found === undefined && above === null) continue;
    const own = made(name);
    if (own === 'any' && found?.isFile() === true) continue;
    if (own === null || found?.isFile() !== true) foreign.push(above ?? name);
    else if ((await hashFile(path)) !== own) changed.push(name);
  }
  return { foreign, changed };
}

/** A file where a folder of the name would have to be. */
function obstacle(folder: string, name: string): string | null {
  const parts = name.split('/');
  for (let i = 1; i < parts.length; i++) {
    const above = parts.slice(0, i).join('/');
    const found = statSync(join(folder, above), { throwIfNoEntry: false });
    if (found === undefined) return null;
    if (!found.isDirectory()) return above;
  }
  return null;
}

/**
 * Gives every staged file its place, those in `last` after the others, and takes away what is in `remove`. Every file is on the
 * disk before the first one is moved.
 */
export async function publish(
  folder: string,
  { last, remove }: { readonly last: readonly string[]; readonly remove: Commit['remove'] },
): Promise<void> {
  const names = listAllFiles(stagedFiles(folder));
  const ordered = [...names.filter((one) => !last.includes(one)), ...last.filter((one) => names.includes(one))];
  const place: [string, string | null][] = [];
  for (const name of ordered) {
    const old = join(folder, name);
    place.push([name, existsSync(old) ? await hashFile(old) : null]);
  }
  await syncFiles(ordered.map((name) => join(stagedFiles(folder), name)));
  const partial = `${commitPath(folder)}.new`;
  writeFileSync(partial, JSON.stringify({ place, remove } satisfies Commit));
  syncFile(partial);
  renameSync(partial, commitPath(folder));
  syncFolder(stagePlace(folder));
  await finish(folder);
}

/** Does what a commit says, from wherever it was left. @returns how many files were moved */
async function finish(folder: string): Promise<number> {
  const { place, remove } = readCommit(folder);
  const changedFolders = new Set<string>([folder]);
  let moved = 0;
  for (const [name, sha256] of remove) {
    const path = join(folder, name);
    if (lstatSync(path, { throwIfNoEntry: false })?.isFile() === true && (await hashFile(path)) === sha256)
      rmSync(path, { force: true });
    removeEmpty(dirname(path), folder);
  }
  for (const [name] of place) {
    const from = join(stagedFiles(folder), name);
    if (!existsSync(from)) continue;
    const target = realTarget(join(folder, name));
    mkdirSync(dirname(target), { recursive: true });
    move(from, target);
    changedFolders.add(dirname(target));
    moved++;
  }
  for (const one of changedFolders) syncFolder(one);
  rmSync(commitPath(folder), { force: true });
  rmSync(stagePlace(folder), { recursive: true, force: true });
  return moved;
}

/** A path that stays below the folder: whoever passes on a folder of results passes on this list with it. */
const below = z
  .string()
  .refine((name) => !isAbsolute(name) && name.split(/[\\/]/).every((part) => !['', '.', '..'].includes(part)));

const commitSchema = z.object({
  place: z.array(z.tuple([below, z.string().nullable()])),
  remove: z.array(z.tuple([below, z.string()])),
});

/** @throws file-unreadable for what is no list of ours, and for one that leads out of its folder */
function readCommit(folder: string): Commit {
  const path = commitPath(folder);
  return jsonOf(readPlain(path).toString('utf8'), path, commitSchema);
}

/** By name, or through a copy beside the target where a link leads to another disk. */
function move(from: string, target: string): void {
  try {
    renameSync(from, target);
  } catch (error) {
    if (systemCode(error) !== 'EXDEV') throw error;
    const partial = partialPath(target);
    copyFileSync(from, partial);
    syncFile(partial);
    renameSync(partial, target);
    rmSync(from, { force: true });
  }
}

/** Removes folders that have become empty, up to `root`, which stays. */
function removeEmpty(folder: string, root: string): void {
  for (let at = folder; at !== root && at.startsWith(root); at = dirname(at)) {
    if (!existsSync(at) || readdirSync(at).length > 0) return;
    rmdirSync(at);
  }
}

/**
 * Brings a folder that an earlier run left in the middle to an end: what was committed is finished, what was not is dropped. Only
 * for who holds the folder.
 * @param onInTheWay is told what somebody has put where a file was to go since then, and must throw
 * @returns null where nothing was left
 */
export async function recover(
  folder: string,
  onInTheWay: (names: readonly string[]) => never,
): Promise<Recovery | null> {
  if (!existsSync(stagePlace(folder))) return null;
  if (isUnfinished(folder)) {
    const names = await putThereSince(folder);
    if (names.length > 0) onInTheWay(names);
    return { placed: await finish(folder), dropped: 0 };
  }
  const files = stagedFiles(folder);
  const dropped = existsSync(files) ? listAllFiles(files).length : 0;
  dropStage(folder);
  return { placed: 0, dropped };
}

/** Files that are neither what a commit replaces nor what it puts there. */
async function putThereSince(folder: string): Promise<string[]> {
  const found: string[] = [];
  for (const [name, replaced] of readCommit(folder).place) {
    const [from, to] = [join(stagedFiles(folder), name), join(folder, name)];
    if (!existsSync(from) || !existsSync(to)) continue;
    if (statSync(to).isDirectory()) found.push(name);
    else if (![replaced, await hashFile(from)].includes(await hashFile(to))) found.push(name);
  }
  return found;
}

/** Whether an earlier run was stopped while its files got their places. */
export function isUnfinished(folder: string): boolean {
  return existsSync(commitPath(folder));
}

/** Takes away what is being made for a folder. What is committed stays, for the next run to finish. */
export function dropStage(folder: string): void {
  if (!existsSync(commitPath(folder))) rmSync(stagePlace(folder), { recursive: true, force: true, maxRetries: 2 });
}
