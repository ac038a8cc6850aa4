import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemCode } from '../../error/study-error.ts';
import { makeCleared } from './at-exit.ts';
import { tagOf } from './own-names.ts';
import { isAbandoned, ownTag } from './owner.ts';

/** A folder in the system's folder for such things, and what takes it away. */
export interface Scratch {
  readonly folder: string;
  remove(): void;
}

const prefix = 'kaya-';
let isSwept = false;

/**
 * Makes a folder for what a run needs while it lasts. It goes when it is removed, when the process ends, and, should the process be
 * killed, with the next one that makes such a folder: its name says whose it is.
 */
export function scratchFolder(use: string): Scratch {
  if (!isSwept) {
    isSwept = true;
    sweepAbandoned(tmpdir(), prefix);
  }
  const folder = join(tmpdir(), `${prefix}${use}-${ownTag}-${randomUUID()}`);
  const clear = (): void => rmSync(folder, { recursive: true, force: true, maxRetries: 2 });
  const forget = makeCleared(() => mkdirSync(folder, { mode: 0o700 }), clear, { kind: 'folder', path: folder });
  return {
    folder,
    remove: () => {
      forget();
      clear();
    },
  };
}

/** Removes the folders of processes that are gone, by the beginning of their names. One that is somebody else's stays. */
export function sweepAbandoned(parent: string, beginning: string): void {
  for (const name of readdirSync(parent)) {
    if (!name.startsWith(beginning) || !isAbandoned(tagOf(name) ?? '')) continue;
    try {
      rmSync(join(parent, name), { recursive: true, force: true });
    } catch (error) {
      const code = systemCode(error) ?? '';
      if (!['EACCES', 'EPERM', 'ENOTEMPTY'].includes(code)) throw error;
    }
  }
}
