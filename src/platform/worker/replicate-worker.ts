import { parentPort } from 'node:worker_threads';
import type { ReplicateJob } from '../../model/replicate/contract.ts';
import { runReplicates } from '../../model/run-replicates.ts';

/** To a thread: the job first, then ranges of it. */
export type ReplicateMessage = { readonly job: ReplicateJob } | { readonly first: number; readonly end: number };

/** Thread that runs ranges of replicates of any kind. */
let job: ReplicateJob;
parentPort?.on('message', (message: ReplicateMessage) => {
  if ('job' in message) {
    job = message.job;
    return;
  }
  const statistics = runReplicates(job, message.first, message.end);
  parentPort?.postMessage(statistics, [statistics.buffer as ArrayBuffer]); // made here, so not shared
});
