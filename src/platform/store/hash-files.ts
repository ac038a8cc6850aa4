import { statSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { errorOf, type ThreadFailure } from '../thread-failure.ts';
import { hashOrNull } from './hash.ts';

/** What the thread answers a list of files with. */
export type HashReply = { readonly hashes: readonly (string | null)[] } | ThreadFailure;

/** Bytes that take longer to hash than a thread to start, in this program some 50 ms. */
const worthThread = 1 << 26;

/** SHA-256 of each file, in hex, null for one that cannot be read; many bytes are hashed beside this thread. */
export async function hashFiles(paths: readonly string[]): Promise<readonly (string | null)[]> {
  const bytes = paths.reduce((sum, path) => sum + (statSync(path, { throwIfNoEntry: false })?.size ?? 0), 0);
  // Run from source (tests), there is no compiled worker to start.
  if (bytes < worthThread || import.meta.url.endsWith('.ts')) {
    const hashes: (string | null)[] = [];
    for (const path of paths) hashes.push(await hashOrNull(path));
    return hashes;
  }
  const worker = new Worker(new URL('./hash-worker.js', import.meta.url), { workerData: paths });
  try {
    const reply = await new Promise<HashReply>((resolve, reject) => {
      worker.once('message', resolve).once('error', reject);
    });
    if ('hashes' in reply) return reply.hashes;
    throw errorOf(reply);
  } finally {
    await worker.terminate();
  }
}
