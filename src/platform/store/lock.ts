import { linkSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { StudyError, systemCode } from '../../error/study-error.ts';
import { jsonValue } from '../../table/json-text.ts';
import { atExit } from './at-exit.ts';
import { notWritable } from './atomic-file.ts';
import { ownName, partialPrefix } from './own-names.ts';
import { type Owner, ownerHere, ownTag, stateOf } from './owner.ts';
import { readPlain } from './plain-file.ts';

/** The file that says who writes into its folder. */
export const lockName = `${ownName}lock`;
const readerPrefix = `${ownName}reader-`;

/** `write`: nobody else writes or reads; `read`: nobody writes. */
export type LockMode = 'read' | 'write';

export interface LockOptions {
  readonly mode: LockMode;
  /** As its holder is told to others. */
  readonly command: string;
  /** Seconds to wait for another one; 0 refuses after a moment. */
  readonly wait: number;
  readonly signal?: AbortSignal;
  /** A lock of a process that is gone was taken over. */
  readonly onTakenOver?: (owner: Owner) => void;
  /** Another process holds the folder, and this one waits. */
  readonly onWait?: (owner: Owner) => void;
}

export interface HeldLock {
  release(): void;
  /** A writer becomes a reader, with nobody in between. */
  share(): void;
}

/** What a holder that only registers needs at most; shorter than anybody notices. */
const momentMs = 250;
const pauseMs = 20;

/**
 * Holds a folder for this process, whatever names or links lead to it: the lock lies in the folder itself. A lock whose process is
 * gone is taken over; two that find it so never both get it.
 * @throws folder-in-use with the process, its machine and since when; output-not-writable
 */
export async function lockFolder(folder: string, options: LockOptions): Promise<HeldLock> {
  const own = ownerHere(options.command);
  // Known before it is there: what is not held is not taken away.
  const forget = atExit(() => releaseLock(folder, own.id), { kind: 'lock', path: folder, id: own.id });
  try {
    await taken(folder, own, options);
    return held(folder, own, { mode: options.mode, forget });
  } catch (error) {
    forget();
    throw error;
  }
}

/** Comes back when the folder is held. @throws folder-in-use */
async function taken(folder: string, own: Owner, options: LockOptions): Promise<void> {
  const until = performance.now() + Math.max(options.wait * 1000, momentMs);
  let isTold = false;
  for (;;) {
    options.signal?.throwIfAborted();
    const rival = attempt(folder, () => tryLock(folder, own, options));
    if (rival === null) return;
    if (stateOf(rival) === 'elsewhere' || performance.now() > until) throw inUse(folder, rival);
    if (options.wait > 0 && !isTold) {
      isTold = true;
      options.onWait?.(rival);
    }
    await sleep(pauseMs + Math.random() * pauseMs);
  }
}

/** Takes away the lock of a holding whose thread was ended. */
export function releaseLock(folder: string, id: string): void {
  for (const path of [join(folder, lockName), join(folder, readerPrefix + id)]) {
    if (readOwner(path)?.id === id) rmSync(path, { force: true });
  }
}

function held(
  folder: string,
  own: Owner,
  { mode, forget }: { readonly mode: LockMode; readonly forget: () => void },
): HeldLock {
  let path = join(folder, mode === 'write' ? lockName : readerPrefix + own.id);
  const release = (): void => {
    if (readOwner(path)?.id === own.id) rmSync(path, { force: true });
  };
  return {
    release: () => {
      forget();
      release();
    },
    share: () => {
      const reader = join(folder, readerPrefix + own.id);
      if (path === reader) return;
      writeFileSync(reader, ownerText(own), { flag: 'wx' });
      release();
      path = reader;
    },
  };
}

/** One try. @returns null when it is held now, else who is in the way */
function tryLock(folder: string, own: Owner, { mode, onTakenOver }: LockOptions): Owner | null {
  const path = join(folder, lockName);
  const rival = takeFile(path, own, onTakenOver);
  if (rival !== null) return rival;
  const free = (): void => rmSync(path, { force: true });
  try {
    if (mode === 'read') {
      writeFileSync(join(folder, readerPrefix + own.id), ownerText(own), { flag: 'wx' });
      free();
      return null;
    }
    const reader = readersOf(folder).find((one) => stateOf(one) !== 'gone') ?? null;
    if (reader !== null) free();
    return reader;
  } catch (error) {
    free();
    throw error;
  }
}

/** Those who read the folder now; the files of those that are gone are removed. */
function readersOf(folder: string): Owner[] {
  return readdirSync(folder)
    .filter((name) => name.startsWith(readerPrefix))
    .flatMap((name) => {
      const path = join(folder, name);
      const owner = readOwner(path);
      if (owner !== null && stateOf(owner) !== 'gone') return [owner];
      rmSync(path, { force: true });
      return [];
    });
}

/**
 * Makes the lock file with its content at once. One of a process that is gone is replaced by whoever holds the lock on taking over
 * that very one, so that nobody replaces the lock of a quicker heir.
 */
function takeFile(path: string, own: Owner, onTakenOver?: (owner: Owner) => void): Owner | null {
  if (create(path, own)) return null;
  const rival = readOwner(path);
  // Released meanwhile: the next try has it.
  if (rival === null) return own;
  if (stateOf(rival) !== 'gone') return rival;
  const heir = `${path}-${rival.id}`;
  const other = takeFile(heir, own);
  if (other !== null) return other;
  try {
    if (readOwner(path)?.id !== rival.id) return own;
    const partial = partialLock(path, own);
    writeFileSync(partial, ownerText(own));
    renameSync(partial, path);
    onTakenOver?.(rival);
    return null;
  } finally {
    rmSync(heir, { force: true });
  }
}

/** @returns false when the file is there already */
function create(path: string, own: Owner): boolean {
  const partial = partialLock(path, own);
  try {
    writeFileSync(partial, ownerText(own));
    linkSync(partial, path);
    return true;
  } catch (error) {
    const code = systemCode(error) ?? '';
    if (code === 'EEXIST') return false;
    // Swept by another process that took it for abandoned.
    if (code === 'ENOENT' && statSync(path, { throwIfNoEntry: false }) !== undefined) return false;
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'].includes(code)) throw error;
    return createWithoutLink(path, own);
  } finally {
    rmSync(partial, { force: true });
  }
}

/** On file systems without links the file is empty for an instant; `readOwner` takes a young empty one for held. */
function createWithoutLink(path: string, own: Owner): boolean {
  try {
    writeFileSync(path, ownerText(own), { flag: 'wx' });
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    throw error;
  }
}

const partialLock = (path: string, { id }: Owner): string => join(path, '..', `${partialPrefix}${ownTag}-lock-${id}`);

const ownerText = (owner: Owner): string => `${JSON.stringify(owner)}\n`;

/** Seconds after which a lock that says nothing was left by a process that died while it wrote. */
const emptyLockSeconds = 5;

/** What a lock says. Its id becomes part of the names of files: one that leads out of the folder is none. */
const ownerSchema: z.ZodType<Owner> = z.object({
  pid: z.int().nonnegative(),
  started: z.string().nullable(),
  host: z.string(),
  space: z.string(),
  boot: z.string().nullable(),
  since: z.string().refine((text) => !Number.isNaN(Date.parse(text))),
  command: z.string(),
  id: z.string().regex(/^[0-9a-f]+$/),
});

/** The holder by its file; null when there is none. What says something else is held by nobody known. */
function readOwner(path: string): Owner | null {
  const about = statSync(path, { throwIfNoEntry: false });
  if (about === undefined) return null;
  try {
    const owner = ownerSchema.safeParse(jsonValue(readPlain(path).toString('utf8')));
    if (owner.success) return owner.data;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return null;
    throw error;
  }
  return unknownOwner(about.mtimeMs, `${about.ino}`);
}

/** A lock without words: young, somebody is writing it; old, nobody is. */
function unknownOwner(mtimeMs: number, id: string): Owner {
  const isYoung = Date.now() - mtimeMs < emptyLockSeconds * 1000;
  const now = ownerHere('?');
  return {
    ...now,
    pid: isYoung ? now.pid : 0,
    since: new Date(mtimeMs).toISOString(),
    id,
  };
}

function attempt<T>(folder: string, action: () => T): T {
  try {
    return action();
  } catch (cause) {
    if (cause instanceof StudyError) throw cause;
    throw notWritable(folder, cause);
  }
}

function inUse(folder: string, { pid, host, since, command, id, ...place }: Owner): StudyError<'folder-in-use'> {
  const isElsewhere = stateOf({ pid, host, ...place }) === 'elsewhere';
  const age = Math.max(0, Math.round((Date.now() - Date.parse(since)) / 1000));
  const path = existsLock(folder, id);
  return new StudyError('folder-in-use', { path: folder, pid, host, since, command, age, lock: path, isElsewhere });
}

/** The file by which a holder holds a folder. */
function existsLock(folder: string, id: string): string {
  const reader = join(folder, readerPrefix + id);
  return statSync(reader, { throwIfNoEntry: false }) === undefined ? join(folder, lockName) : reader;
}
