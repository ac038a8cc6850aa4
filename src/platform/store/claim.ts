import { existsSync, mkdirSync, readdirSync, rmdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { StudyError, systemCode } from '../../error/study-error.ts';
import { makeCleared } from './at-exit.ts';
import { notWritable, sweepPartials } from './atomic-file.ts';
import { type HeldLock, type LockMode, lockFolder } from './lock.ts';
import type { Owner } from './owner.ts';
import { isUnfinished, type Recovery, recover } from './publish.ts';

/** What there is to be told of a folder that is taken. */
export interface ClaimEvents {
  readonly onTakenOver: (folder: string, owner: Owner) => void;
  readonly onWait: (folder: string, owner: Owner) => void;
  readonly onRecovered: (folder: string, recovery: Recovery) => void;
}

export interface ClaimOptions {
  readonly command: string;
  /** Seconds to wait for another run. */
  readonly wait: number;
  readonly signal?: AbortSignal;
  readonly events: ClaimEvents;
  /** As the folder was named. */
  readonly option: string;
}

/** A folder that this run holds. */
export interface Claim {
  /** Links resolved. */
  readonly folder: string;
  /** Lets others read or write it; a folder that was made for the claim and has stayed empty is gone then. */
  release(): void;
  /** What was held for writing is held for reading from now on. */
  share(): void;
}

/**
 * Takes a folder for writing, made where it is not there, and brings what an earlier run left there to an end.
 * @param folder links resolved
 * @throws folder-in-use, output-not-writable, output-refused for what was put in the way of an unfinished run
 */
export async function claimFolder(folder: string, options: ClaimOptions): Promise<Claim> {
  const { lock, clear } = await lockMade(folder, options);
  const release = (): void => {
    lock.release();
    clear();
  };
  try {
    sweepPartials(folder);
    const recovery = await recover(folder, (files) => {
      throw new StudyError('output-refused', { option: options.option, path: folder, why: 'in-the-way', files });
    });
    if (recovery !== null) options.events.onRecovered(folder, recovery);
    return { folder, release, share: lock.share };
  } catch (error) {
    release();
    throw error;
  }
}

/** The folder may go between its making and its locking: another run that made it, and failed, takes it away. */
async function lockMade(folder: string, options: ClaimOptions): Promise<{ lock: HeldLock; clear: () => void }> {
  for (let tries = 0; ; tries++) {
    const clear = attempt(folder, () => makeFolder(folder));
    try {
      return { lock: await lock(folder, 'write', options), clear };
    } catch (error) {
      clear();
      if (tries > 3 || existsSync(folder) || !(error instanceof StudyError) || error.code !== 'output-not-writable')
        throw error;
    }
  }
}

/** Makes a folder and those above it. @returns takes them away again, as far as they are empty */
export function makeFolder(folder: string): () => void {
  if (existsSync(folder)) return () => undefined;
  let uppermost = resolve(folder);
  while (!existsSync(dirname(uppermost))) uppermost = dirname(uppermost);
  const clear = (): void => removeMade(resolve(folder), uppermost);
  const make = (): void => void mkdirSync(folder, { recursive: true });
  const forget = makeCleared(make, clear, { kind: 'made', path: folder, uppermost });
  return () => {
    forget();
    clear();
  };
}

/** Removes the folders that a claim made, as far as they are empty. @param made the uppermost one */
export function removeMade(folder: string, made: string): void {
  for (let at = folder; ; at = dirname(at)) {
    if (!existsSync(at) || readdirSync(at).length > 0) return;
    try {
      rmdirSync(at);
    } catch (error) {
      if (['ENOTEMPTY', 'ENOENT', 'EBUSY'].includes(systemCode(error) ?? '')) return;
      throw error;
    }
    if (at === made || dirname(at) === at) return;
  }
}

function lock(folder: string, mode: LockMode, { command, wait, signal, events }: ClaimOptions): Promise<HeldLock> {
  return lockFolder(folder, {
    mode,
    command,
    wait,
    ...(signal === undefined ? {} : { signal }),
    onTakenOver: (owner) => events.onTakenOver(folder, owner),
    onWait: (owner) => events.onWait(folder, owner),
  });
}

/**
 * Holds a folder for reading: nobody writes into it meanwhile. One that an earlier run left in the middle is brought to an end
 * first. A folder that cannot be written to needs no holding.
 * @throws folder-in-use
 */
export async function claimForReading(folder: string, options: ClaimOptions): Promise<Claim> {
  if (isUnfinished(folder)) (await claimFolder(folder, options)).release();
  try {
    const { release, share } = await lock(folder, 'read', options);
    return { folder, release, share };
  } catch (error) {
    if (!(error instanceof StudyError) || !isReadOnly(error.cause)) throw error;
    return { folder, release: () => undefined, share: () => undefined };
  }
}

const isReadOnly = (cause: unknown): boolean => ['EACCES', 'EPERM', 'EROFS'].includes(systemCode(cause) ?? '');

function attempt<T>(folder: string, action: () => T): T {
  try {
    return action();
  } catch (cause) {
    throw notWritable(folder, cause);
  }
}
