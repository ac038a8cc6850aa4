import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { StudyError } from '../../error/study-error.ts';
import { makeCleared } from './at-exit.ts';
import { notWritable } from './atomic-file.ts';
import { hashFile, listAllFiles, listFiles } from './hash.ts';
import { isUnlisted, madeIn } from './made.ts';
import { dropStage, inTheWay, publish, stagedFiles } from './publish.ts';

/** How staged files get their places. */
export interface Publication {
  /** These after the others. */
  readonly last: readonly string[];
  /** Of what the program made there before, what goes. */
  readonly remove?: readonly string[];
  /** Files that may be replaced though the program did not make them, or not as they are; below the folder. */
  readonly replace?: readonly string[];
}

/** Files of a run that are made out of sight and get their places together at the end. */
export interface Stage {
  /** Where the staged files lie. */
  readonly place: string;
  /** Path to write a file at; `name` is its path below the folder. */
  path(name: string): string;
  write(name: string, content: string | Uint8Array): void;
  /** Every staged file by its path below the folder. */
  names(): readonly string[];
  /** Every staged file with its hash, by name. */
  files(): Promise<Record<string, { sha256: string; bytes: number }>>;
  /**
   * Gives every file its place; an older one that the program made is replaced.
   * @throws output-refused with the names of files that it did not make, or that were changed; nothing was moved then
   */
  publish(publication: Publication): Promise<void>;
  /** Leaves nothing behind. */
  discard(): void;
}

/**
 * Opens a stage inside a folder that the run holds.
 * @param option as the folder was named, for errors
 * @throws output-not-writable
 */
export function openStage(folder: string, option = '--out'): Stage {
  const place = stagedFiles(folder);
  const clear = (): void => dropStage(folder);
  const make = (): void => void mkdirSync(place, { recursive: true });
  const forget = attempt(folder, () => makeCleared(make, clear, { kind: 'stage', path: folder }));
  const pathOf = (name: string): string => {
    const path = join(place, name);
    attempt(path, () => mkdirSync(dirname(path), { recursive: true }));
    return path;
  };
  return {
    place,
    path: pathOf,
    write: (name, content) => {
      const path = pathOf(name);
      attempt(path, () => writeFileSync(path, content));
    },
    names: () => listFiles(place),
    files: async () => {
      const found: Record<string, { sha256: string; bytes: number }> = {};
      for (const name of listFiles(place)) {
        const path = join(place, name);
        found[name] = { sha256: await hashFile(path), bytes: statSync(path).size };
      }
      return found;
    },
    publish: async ({ last, remove = [], replace = [] }) => {
      const made = madeIn(folder);
      const names = [...listAllFiles(place), ...remove];
      await checkReplaced(folder, names, { replace, option });
      const gone: [string, string][] = [];
      for (const name of remove) {
        const path = join(folder, name);
        if (existsSync(path)) gone.push([name, isUnlisted(name) ? await hashFile(path) : (made?.get(name) ?? '')]);
      }
      try {
        await publish(folder, { last, remove: gone });
      } catch (cause) {
        throw cause instanceof StudyError ? cause : notWritable(folder, cause);
      }
      forget();
    },
    discard: () => {
      forget();
      clear();
    },
  };
}

/**
 * Looks for files that a run would replace and that the program did not make, or that were changed since.
 * @param names below the folder
 * @throws output-refused
 */
export async function checkReplaced(
  folder: string,
  names: readonly string[],
  { replace, option }: { readonly replace: readonly string[]; readonly option: string },
): Promise<void> {
  const made = madeIn(folder);
  const { foreign, changed } = await inTheWay(folder, {
    names: names.filter((name) => !replace.includes(name)),
    made: (name) => (made !== null && isUnlisted(name) ? 'any' : (made?.get(name) ?? null)),
  });
  for (const [why, found] of [
    ['in-the-way', foreign],
    ['changed', changed],
  ] as const) {
    if (found.length === 0) continue;
    throw new StudyError('output-refused', { option, path: folder, why, files: found });
  }
}

function attempt<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (cause) {
    throw notWritable(path, cause);
  }
}
