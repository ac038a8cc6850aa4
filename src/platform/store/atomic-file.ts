import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { reasonOf, StudyError } from '../../error/study-error.ts';

/** Files that are still being written start with this; a finished file never does. */
export const partialPrefix = '.kaya-partial-';

/** The name beside `path` under which it is written before it gets its own. */
export function partialPath(path: string): string {
  return join(dirname(path), `${partialPrefix}${basename(path)}`);
}

/**
 * Lets `write` make a file at a partial name, then gives it its own: the file is whole or not there. Makes its folder.
 * @throws output-not-writable
 */
export async function atomically(path: string, write: (partial: string) => Promise<void>): Promise<void> {
  const partial = partialPath(path);
  try {
    mkdirSync(dirname(path), { recursive: true });
    await write(partial);
    renameSync(partial, path);
  } catch (cause) {
    rmSync(partial, { force: true });
    if (cause instanceof StudyError && cause.code !== 'engine-failure') throw cause;
    throw notWritable(path, cause);
  }
}

/** The error of a file or folder that could not be made. */
export function notWritable(path: string, cause: unknown): StudyError<'output-not-writable'> {
  return new StudyError('output-not-writable', { path, reason: reasonOf(cause) }, { cause });
}

/** Writes a file whole or not at all. */
export async function writeAtomic(path: string, content: string | Uint8Array): Promise<void> {
  await atomically(path, async (partial) => writeFileSync(partial, content));
}

/** Removes what an interrupted run left under partial names in a folder and below it. */
export function removePartials(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.name.startsWith(partialPrefix)) rmSync(path, { recursive: true, force: true });
    else if (entry.isDirectory()) removePartials(path);
  }
}
