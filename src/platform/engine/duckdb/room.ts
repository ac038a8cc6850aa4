import { randomUUID } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { extname, join, resolve } from 'node:path';
import { said } from '../../../error/said.ts';
import { StudyError, systemCode } from '../../../error/study-error.ts';
import { makeCleared } from '../../store/at-exit.ts';
import { ownTag } from '../../store/owner.ts';
import { sweepAbandoned } from '../../store/scratch.ts';

/**
 * A private folder of an engine: the only one that it may write to. Files that it may read lie in it under names of ours, as links
 * to them, so that no path of a user is ever text for the engine, which takes `[1]`, `*` and `?` in a path for a pattern.
 */
export interface EngineRoom {
  readonly folder: string;
  /** Where the engine may put what does not fit into its memory. */
  readonly spill: string;
  /** The name of a file in the room, by the path that it was given as. @throws file-not-found for one that was not named */
  linkOf(path: string): string;
  /** Files that the links lead to, as the engine itself resolves them. */
  readonly targets: readonly string[];
  /** Lets `write` make a file at a name of the room, then gives it its own. */
  receive(path: string, write: (own: string) => Promise<void>): Promise<void>;
  remove(): void;
}

const prefix = 'kaya-engine-';
/** What an engine reads as a pattern. */
const magic = /[*?[]/;

const swept = new Set<string>();

/**
 * @param reads files that the engine may read
 * @param place folder to make the room in; null: the temporary one
 */
export function makeRoom(reads: readonly string[], place: string | null): EngineRoom {
  const parent = plainPlace(place);
  if (!swept.has(parent)) {
    swept.add(parent);
    sweepAbandoned(parent, prefix);
  }
  // The real one: the engine compares the paths that it may use with those that it finds.
  const folder = join(realpathSync(parent), `${prefix}${ownTag}-${randomUUID()}`);
  const clear = (): void => rmSync(folder, { recursive: true, force: true });
  const forget = makeCleared(() => mkdirSync(folder, { mode: 0o700 }), clear, { kind: 'folder', path: folder });
  const links = new Map<string, string>();
  const targets: string[] = [];
  for (const path of reads) {
    const target = realpathSync(path);
    const own = join(folder, `${links.size + 1}${plainEnding(path)}`);
    // What is not written into a database yet lies beside it, and is looked for under another name where there is a `?`.
    const waiting = `${target}.wal`;
    const isMisread = own.endsWith('.duckdb') && target.includes('?');
    linkTo(target, own, isMisread);
    if (isMisread && existsSync(waiting)) linkTo(waiting, `${own}.wal`, true);
    links.set(resolve(path), own);
    targets.push(target);
  }
  let received = 0;
  return {
    folder,
    spill: join(folder, 'spill'),
    targets,
    linkOf: (path) => {
      const own = links.get(resolve(path));
      if (own === undefined) throw new StudyError('file-not-found', { path, role: said('file.engine'), nearest: null });
      return own;
    },
    receive: async (path, write) => {
      const own = join(folder, `out-${++received}`);
      try {
        await write(own);
        moveTo(own, path);
      } finally {
        rmSync(own, { force: true });
      }
    },
    remove: () => {
      forget();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The first place that the engine does not read as a pattern. */
function plainPlace(place: string | null): string {
  const places = [...(place === null ? [] : [place]), tmpdir(), '/tmp', '/var/tmp', homedir()];
  const usable = places.find((one) => {
    if (magic.test(one)) return false;
    if (one === place) mkdirSync(one, { recursive: true });
    return statSync(one, { throwIfNoEntry: false })?.isDirectory() === true;
  });
  return usable === undefined ? tmpdir() : realpathSync(usable);
}

const plainEnding = (path: string): string => {
  const ending = extname(path).toLowerCase();
  return /^\.[a-z]+$/.test(ending) ? ending : '';
};

/** A symbolic link; where a system has none for users, or it will not do, another name of the file, or a copy. */
function linkTo(target: string, own: string, isHard: boolean): void {
  for (const link of [...(isHard ? [] : [symlinkSync]), linkSync, copyFileSync]) {
    try {
      link(target, own);
      return;
    } catch (error) {
      if (link === copyFileSync) throw error;
    }
  }
}

/** Renames a file, or copies it to another device. */
function moveTo(own: string, path: string): void {
  try {
    renameSync(own, path);
  } catch (error) {
    if (systemCode(error) !== 'EXDEV') throw error;
    copyFileSync(own, path);
  }
}
