import { parentPort, workerData } from 'node:worker_threads';
import { failureOf } from '../thread-failure.ts';
import { hashOrNull } from './hash.ts';
import type { HashReply } from './hash-files.ts';

/** Thread that hashes files, one after the other. */
async function hashAll(paths: readonly string[]): Promise<HashReply> {
  const hashes: (string | null)[] = [];
  for (const path of paths) hashes.push(await hashOrNull(path));
  return { hashes };
}

const paths = workerData as readonly string[]; // given by `hash-files` alone
parentPort?.postMessage(await hashAll(paths).catch(failureOf));
