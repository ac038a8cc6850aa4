import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { StudyError } from '../../error/study-error.ts';

/** Files that are still being written start with this; a finished file never does. */
export const partialPrefix = '.kaya-partial-';

/** The name beside `path` under which it is written before it gets its own. */
export function partialPath(path: string): string {
  return join(dirname(path), `${partialPrefix}${basename(path)}`);
}

/** Writes a file whole or not at all: under a partial name first, then renamed. Makes its folder. */
export function writeAtomic(path: string, content: string | Uint8Array): void {
  atomically(path, (partial) => writeFileSync(partial, content));
}

/** Lets `write` make the file at a partial name, then gives it its own. */
export function atomically(path: string, write: (partial: string) => void): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    const partial = partialPath(path);
    write(partial);
    renameSync(partial, path);
  } catch (cause) {
    if (cause instanceof StudyError) throw cause;
    throw new StudyError(
      'output-not-writable',
      { path, reason: cause instanceof Error ? cause.message : String(cause) },
      { cause },
    );
  }
}

/** Removes what an interrupted run left under partial names in a folder and below it. */
export function removePartials(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.name.startsWith(partialPrefix)) rmSync(path, { recursive: true, force: true });
    else if (entry.isDirectory()) removePartials(path);
  }
}
