import { existsSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { notWritable, partialPrefix, removePartials } from './atomic-file.ts';
import { hashFile, listFiles } from './hash.ts';

/** Files of a run that are made out of sight and get their places together at the end. */
export interface Stage {
  /** Path to write a file at; `name` is its path below the output folder. */
  path(name: string): string;
  write(name: string, content: string | Uint8Array): void;
  /** Every staged file by its path below the output folder. */
  names(): readonly string[];
  /** Every staged file with its hash, by name. */
  files(): Promise<Record<string, { sha256: string; bytes: number }>>;
  /** Moves every file to its place, those in `last` after the others; an older file of that name is replaced at once. */
  publish(last: readonly string[]): void;
  /** Leaves nothing behind; the output folder goes too when the run made it. */
  discard(): void;
}

/**
 * Opens a stage inside the output folder, and clears what an interrupted run left there.
 * @throws output-not-writable
 */
export function openStage(folder: string): Stage {
  const isNew = !existsSync(folder);
  const place = join(folder, `${partialPrefix}stage`);
  const attempt = <T>(path: string, action: () => T): T => {
    try {
      return action();
    } catch (cause) {
      throw notWritable(path, cause);
    }
  };
  attempt(folder, () => {
    mkdirSync(folder, { recursive: true });
    removePartials(folder);
    mkdirSync(place);
  });
  const pathOf = (name: string): string => {
    const path = join(place, name);
    attempt(path, () => mkdirSync(dirname(path), { recursive: true }));
    return path;
  };
  return {
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
    publish: (last) => {
      const names = listFiles(place);
      for (const name of [
        ...names.filter((one) => !last.includes(one)),
        ...last.filter((one) => names.includes(one)),
      ]) {
        const target = join(folder, name);
        attempt(target, () => {
          mkdirSync(dirname(target), { recursive: true });
          renameSync(join(place, name), target);
        });
      }
      rmSync(place, { recursive: true, force: true });
    },
    discard: () => {
      rmSync(place, { recursive: true, force: true });
      if (isNew && existsSync(folder) && readdirSync(folder).length === 0) rmdirSync(folder);
    },
  };
}
