import { parentPort } from 'node:worker_threads';
import type { ReplicateJob } from '../../model/threshold/search-threshold.ts';
import { runReplicates } from '../../model/threshold/search-threshold.ts';

/** To a thread: the job first, then ranges of it. */
export type ReplicateMessage = { readonly job: ReplicateJob } | { readonly first: number; readonly end: number };

/** Thread that runs ranges of the replicates of a threshold test. */
let job: ReplicateJob;
parentPort?.on('message', (message: ReplicateMessage) => {
  if ('job' in message) {
    job = message.job;
    return;
  }
  const statistics = runReplicates(job, message.first, message.end);
  parentPort?.postMessage(statistics, [statistics.buffer as ArrayBuffer]);
});
