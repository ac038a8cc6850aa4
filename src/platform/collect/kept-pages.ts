import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { FileFault } from '../../error/file-fault.ts';
import { StudyError } from '../../error/study-error.ts';
import { atomically } from '../store/atomic-file.ts';
import { hashBytes } from '../store/hash.ts';
import { readPlain } from '../store/plain-file.ts';
import { syncFolder } from './journal-file.ts';

/** Bytes of a kept answer: one that was asked for has a fourth of them at most. */
const mostBytes = 128 * 2 ** 20;

/** Answers a folder, so that no folder gets too long. */
const perFolder = 1000;

/** Where the answer numbered `file` is kept. */
export function keptPath(folder: string, file: number): string {
  const name = (value: number, width: number): string => String(value).padStart(width, '0');
  return join(folder, 'raw', name(Math.floor(file / perFolder), 4), `${name(file, 7)}.json.gz`);
}

/** Keeps an answer, whole and on the disk when this returns. @returns its hash @throws output-not-writable */
export async function keepPage(folder: string, file: number, body: string): Promise<string> {
  const path = keptPath(folder, file);
  await atomically(path, async (partial) => {
    const handle = openSync(partial, 'w');
    try {
      const bytes = gzipSync(body);
      for (let at = 0; at < bytes.length; ) at += writeSync(handle, bytes, at);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
  });
  syncFolder(dirname(path));
  return hashBytes(body);
}

/** Reads a kept answer back. @throws file-unreadable when it is gone or not the one of the journal */
export function readKept(folder: string, file: number, sha256: string): string {
  const path = keptPath(folder, file);
  const fault = (reason: FileFault, cause?: unknown): StudyError =>
    new StudyError('file-unreadable', { path, line: null, column: null, reason }, { cause });
  let body: string;
  try {
    body = gunzipSync(readPlain(path), { maxOutputLength: mostBytes }).toString('utf8');
  } catch (cause) {
    throw fault('answer-damaged', cause);
  }
  if (hashBytes(body) !== sha256) throw fault('answer-changed');
  return body;
}
