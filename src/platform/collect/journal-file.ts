import {
  closeSync,
  existsSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { Collection } from '../../domain/china/registry/collect/contract.ts';
import {
  emptyReplay,
  type JournalLine,
  parseJournal,
  type Replay,
  takeLine,
} from '../../domain/china/registry/collect/journal.ts';
import { type Expected, said } from '../../error/said.ts';
import { StudyError, systemCode } from '../../error/study-error.ts';
import { hashBytes } from '../store/hash.ts';
import { readPlain } from '../store/plain-file.ts';

/** The journal of a collection, open for more lines. */
export interface OpenJournal {
  readonly replay: Replay;
  /** Writes a line and takes it into the replay; a page is on the disk when this returns. */
  append(line: JournalLine): void;
  close(): void;
}

export function journalPath(folder: string): string {
  return join(folder, 'journal.jsonl');
}

/** Hash of what decides which rows a page has and what they are known by: answers to other requests cannot be mixed. */
export function requestHash({ request, page, answer, map }: Collection): string {
  const { uscc, name, founded } = map.fields;
  const key = [uscc, name, founded];
  return hashBytes(JSON.stringify([request, page.size, page.first, answer.rows, answer.total, key]));
}

/** What a journal says so far, without touching it; nothing when there is none. @throws as `openJournal` */
export function readJournal(folder: string, collection: Collection): Replay {
  const path = journalPath(folder);
  return existsSync(path) ? replayBytes(readPlain(path), path, collection).replay : emptyReplay();
}

/**
 * Opens the journal of a folder for this process alone, and begins one where there is none. A torn last line is cut off.
 * @throws foreign-collection, file-unreadable with the line, output-not-writable when another process is at it
 */
export function openJournal(folder: string, collection: Collection, version: string): OpenJournal {
  const unlock = writing(folder, () => {
    mkdirSync(folder, { recursive: true });
    return lock(folder);
  });
  try {
    return writing(folder, () => openLocked(folder, collection, version, unlock));
  } catch (error) {
    unlock();
    throw error;
  }
}

function openLocked(folder: string, collection: Collection, version: string, unlock: () => void): OpenJournal {
  const path = journalPath(folder);
  const bytes = existsSync(path) ? readPlain(path) : Buffer.alloc(0);
  const { replay, length } = replayBytes(bytes, path, collection);
  const handle = openSync(path, 'a');
  ftruncateSync(handle, length);
  const append = (line: JournalLine): void => {
    writing(path, () => {
      writeWhole(handle, Buffer.from(`${JSON.stringify(line)}\n`));
      if (!('ask' in line)) fsyncSync(handle);
    });
    takeLine(replay, line, collection);
  };
  if (length === 0) {
    append({ journal: 1, kaya: version, plan: requestHash(collection) });
    syncFolder(dirname(path));
  }
  return {
    replay,
    append,
    close: () => {
      closeSync(handle);
      unlock();
    },
  };
}

function replayBytes(bytes: Buffer, path: string, collection: Collection): { replay: Replay; length: number } {
  const length = bytes.lastIndexOf(0x0a) + 1;
  const { lines, badLine } = parseJournal(bytes.subarray(0, length).toString('utf8'));
  const [first] = lines;
  if (badLine !== null || (first !== undefined && !('journal' in first))) {
    throw new StudyError('file-unreadable', {
      path,
      line: badLine ?? 1,
      column: null,
      reason: 'no-journal-line',
    });
  }
  const replay = emptyReplay();
  for (const line of lines) {
    if ('journal' in line && line.plan !== requestHash(collection))
      throw new StudyError('foreign-collection', { path });
    takeLine(replay, line, collection);
  }
  return { replay, length };
}

/** A file with the number of this process. One that a killed process left is taken over. */
function lock(folder: string): () => void {
  const path = join(folder, 'lock');
  const holder = existsSync(path) ? Number(readPlain(path).toString('utf8')) : 0;
  const taken = (pid: number): StudyError => notWritable(folder, said('place.collected', { pid: String(pid), path }));
  if (holder !== process.pid && isRunning(holder)) throw taken(holder);
  rmSync(path, { force: true });
  try {
    writeFileSync(path, String(process.pid), { flag: 'wx' });
  } catch (error) {
    // Another one was faster.
    if (systemCode(error) === 'EEXIST') throw taken(Number(readPlain(path).toString('utf8')));
    throw error;
  }
  return () => rmSync(path, { force: true });
}

/** Runs what writes into a folder; a system that says no is an error with its place. */
function writing<T>(folder: string, action: () => T): T {
  try {
    return action();
  } catch (cause) {
    if (cause instanceof StudyError) throw cause;
    throw notWritable(folder, cause instanceof Error ? cause.message : String(cause), cause);
  }
}

function notWritable(path: string, reason: Expected, cause?: unknown): StudyError {
  return new StudyError('output-not-writable', { path, reason }, { cause });
}

function isRunning(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemCode(error) === 'EPERM';
  }
}

function writeWhole(handle: number, bytes: Buffer): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(handle, bytes, at);
}

/** Makes a new name in a folder last; where a folder cannot be opened (Windows) the system sees to it. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  fsyncSync(handle);
  closeSync(handle);
}
