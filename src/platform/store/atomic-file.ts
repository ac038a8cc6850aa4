import {
  chmodSync,
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import { reasonOf, StudyError } from '../../error/study-error.ts';
import { atExit } from './at-exit.ts';
import { partialPrefix, tagOf } from './own-names.ts';
import { isAbandoned, ownTag } from './owner.ts';
import { checkFileTarget } from './target.ts';

let count = 0;

/**
 * A name beside `path` under which it is written before it gets its own: no other run has it, nor another file of this one. The
 * ending stays, by which some writers know the format.
 */
export function partialPath(path: string): string {
  return join(dirname(path), `${partialPrefix}${ownTag}-${++count}${extname(path).slice(0, 16)}`);
}

/**
 * Lets `write` make a file at a partial name, then gives it its own: the file is whole or not there, also when the power fails.
 * Makes its folder, keeps a link at its name and the rights of a file that it replaces.
 * @param option as the path was named, for the error
 * @throws output-refused, output-not-writable
 */
export async function atomically(
  path: string,
  write: (partial: string) => Promise<void>,
  option = '--out',
): Promise<void> {
  const place = checkFileTarget(path, { option });
  const partial = partialPath(place);
  const clear = (): void => rmSync(partial, { force: true });
  const forget = atExit(clear, { kind: 'file', path: partial });
  try {
    mkdirSync(dirname(place), { recursive: true });
    sweepPartials(dirname(place));
    await write(partial);
    const old = statSync(place, { throwIfNoEntry: false });
    if (old !== undefined) chmodSync(partial, old.mode & 0o7777);
    syncFile(partial);
    renameSync(partial, place);
  } catch (cause) {
    clear();
    if (cause instanceof StudyError && cause.code !== 'engine-failure') throw cause;
    throw notWritable(path, cause);
  } finally {
    forget();
  }
}

/** The error of a file or folder that could not be made. */
export function notWritable(path: string, cause: unknown): StudyError<'output-not-writable'> {
  return new StudyError('output-not-writable', { path, reason: reasonOf(cause) }, { cause });
}

/** Writes a file whole or not at all. */
export async function writeAtomic(path: string, content: string | Uint8Array, option = '--out'): Promise<void> {
  await atomically(path, async (partial) => writeFileSync(partial, content), option);
}

/** Has the bytes of a file on the disk when this returns. */
export function syncFile(path: string): void {
  const handle = openSync(path, 'r+');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** How many files are sent to the disk at once: it gathers what comes together. */
const syncedTogether = 16;

/** Has what was written to files on the disk. */
export async function syncFiles(paths: readonly string[]): Promise<void> {
  const left = paths.values();
  const syncNext = async (): Promise<void> => {
    for (const path of left) {
      const handle = await open(path, 'r+');
      try {
        await handle.sync();
      } finally {
        await handle.close();
      }
    }
  };
  await Promise.all(Array.from({ length: syncedTogether }, syncNext));
}

/** Makes new names in a folder last; where a folder cannot be opened (Windows) the system sees to it. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Removes from a folder what processes that are gone were writing there. @returns how many */
export function sweepPartials(folder: string): number {
  const found = readdirSync(folder).filter((name) => name.startsWith(partialPrefix) && isAbandoned(tagOf(name) ?? ''));
  for (const name of found) rmSync(join(folder, name), { recursive: true, force: true });
  return found.length;
}

/** Removes what an interrupted run left under partial names in a folder and below it; only for who holds the folder alone. */
export function removePartials(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.name.startsWith(partialPrefix)) rmSync(path, { recursive: true, force: true });
    else if (entry.isDirectory()) removePartials(path);
  }
}
