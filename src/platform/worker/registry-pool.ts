import { Worker } from 'node:worker_threads';
import type { Tally } from '../../domain/china/registry/settle-firms.ts';
import { errorOf, type ThreadFailure } from '../thread-failure.ts';
import type { PartTask } from './registry-part.ts';
import {
  type PartResult,
  registryThread,
  type SettleTask,
  type SpilledFirms,
  type ThreadSetup,
} from './registry-thread.ts';

/** What a thread is asked, and what it answers. */
export type ThreadRequest =
  | { readonly ask: 'scan'; readonly task: PartTask }
  | { readonly ask: 'finish' }
  | { readonly ask: 'settle'; readonly task: SettleTask };
export type ThreadReply = { readonly value: unknown } | ThreadFailure;

/** A thread from outside. */
export interface ThreadHandle {
  scan(task: PartTask): Promise<PartResult>;
  finish(): Promise<SpilledFirms>;
  settle(task: SettleTask): Promise<Tally>;
  close(): Promise<void>;
}

/** A thread of its own; with `isInside` the calling thread does its work. */
export function openThread(setup: ThreadSetup, isInside: boolean): ThreadHandle {
  if (!isInside) return workerThread(setup);
  const thread = registryThread(setup);
  return {
    scan: async (task) => thread.scan(task),
    finish: async () => thread.finish(),
    settle: async (task) => thread.settle(task),
    close: async () => undefined,
  };
}

function workerThread(setup: ThreadSetup): ThreadHandle {
  const worker = new Worker(new URL('./registry-worker.js', import.meta.url), { workerData: setup });
  // A thread answers in the order of the requests.
  const pending: { resolve: (value: unknown) => void; reject: (error: unknown) => void }[] = [];
  let failure: unknown = null;
  worker.on('message', (reply: ThreadReply) => {
    const waiting = pending.shift();
    if ('value' in reply) waiting?.resolve(reply.value);
    else waiting?.reject(errorOf(reply));
  });
  worker.on('error', (error) => {
    failure = error;
    for (const { reject } of pending.splice(0)) reject(error);
  });
  const ask = <T>(request: ThreadRequest): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      if (failure !== null) {
        reject(failure);
        return;
      }
      // A thread answers each request with what its method gives: `registry-worker` holds the two together.
      pending.push({ resolve: resolve as (value: unknown) => void, reject });
      worker.postMessage(request);
    });
  return {
    scan: (task) => ask({ ask: 'scan', task }),
    finish: () => ask({ ask: 'finish' }),
    settle: (task) => ask({ ask: 'settle', task }),
    close: async () => {
      await worker.terminate();
    },
  };
}
