import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { ReplicateRequest, ReplicateRunner } from '../../model/replicate/contract.ts';
import { runReplicates } from '../../model/run-replicates.ts';
import { turn } from '../turn.ts';
import type { ReplicateMessage } from './replicate-worker.ts';

export interface ReplicatePool {
  readonly run: ReplicateRunner;
  /** Ends the threads. */
  readonly close: () => Promise<void>;
}

/** Replicates between two looks at the signal while they run here. */
const block = 20;
/** What a message to a thread should take, in milliseconds: progress is seen, and few messages are waited for. */
const rangeMs = 100;
/** Messages that a thread has before it: it need not wait for this thread's turn. */
const depth = 2;

/**
 * What must be left of a job, in milliseconds on this thread, before others are asked. Two threads gained nothing on three jobs
 * of 210 ms (started, loaded with the core, warm), and took 0.70 of the time of three of 1 s (bench/threshold.mjs, `threads`).
 */
const worthThreads = 400;

/**
 * Runs replicates over `threads` threads (null: as many as the machine has), started with the first job that is worth it:
 * blocks run here and tell what the rest would take. Statistics do not depend on the number of threads.
 * @param signal stops the threads; the run in progress ends with its reason.
 */
export function replicatePool(threads: number | null, signal: AbortSignal, worth = worthThreads): ReplicatePool {
  const threadCount = threads ?? availableParallelism();
  // Run from source (tests), there is no compiled worker to start.
  const isAlone = threadCount <= 1 || import.meta.url.endsWith('.ts');
  let workers: readonly Worker[] = [];
  const close = async (): Promise<void> => {
    const open = workers;
    workers = [];
    await Promise.all(open.map((worker) => worker.terminate()));
  };
  const run: ReplicateRunner = async (request, onDone) => {
    const { job, count, width } = request;
    const out = new Float64Array(count * width);
    for (let first = 0; first < count; ) {
      const end = Math.min(count, first + block);
      const since = performance.now();
      out.set(runReplicates(job, first, end), first * width);
      const each = (performance.now() - since) / (end - first);
      first = end;
      onDone(end);
      await turn(signal);
      if (isAlone || each * (count - end) <= worth) continue;
      if (workers.length === 0) workers = Array.from({ length: threadCount }, startWorker);
      try {
        await runRanges(workers, { request, first, each, out, onDone, signal });
      } catch (error) {
        await close();
        throw error;
      }
      return out;
    }
    return out;
  };
  return { run, close };
}

function startWorker(): Worker {
  const worker = new Worker(new URL('./replicate-worker.js', import.meta.url));
  // Idle threads do not keep the program alive.
  worker.unref();
  return worker;
}

interface Ranges {
  readonly request: ReplicateRequest;
  /** Replicates before this one are done. */
  readonly first: number;
  /** What one takes on this thread, in milliseconds. */
  readonly each: number;
  readonly out: Float64Array;
  readonly onDone: (done: number) => void;
  readonly signal: AbortSignal;
}

/** Feeds every thread with ranges until none is left. */
function runRanges(workers: readonly Worker[], { request, first, each, out, onDone, signal }: Ranges): Promise<void> {
  const { job, count, width } = request;
  const size = Math.max(1, Math.min(Math.ceil(rangeMs / each), Math.ceil((count - first) / (4 * workers.length))));
  let next = first;
  let done = first;
  return new Promise((resolve, reject) => {
    const undo: (() => void)[] = [];
    const settle = (action: () => void): void => {
      for (const one of undo) one();
      action();
    };
    const abort = (): void => settle(() => reject(signal.reason));
    if (signal.aborted) return abort();
    signal.addEventListener('abort', abort);
    undo.push(() => signal.removeEventListener('abort', abort));
    const fail = (error: Error): void => settle(() => reject(error));
    for (const worker of workers) {
      // Answers come in the order of the messages.
      const waiting: { readonly first: number; readonly end: number }[] = [];
      const feed = (): void => {
        if (next >= count) return;
        const range = { first: next, end: Math.min(count, next + size) };
        next = range.end;
        waiting.push(range);
        worker.postMessage(range satisfies ReplicateMessage);
      };
      const take = (statistics: Float64Array): void => {
        const range = waiting.shift()!; // one for every answer
        out.set(statistics, range.first * width);
        done += range.end - range.first;
        onDone(done);
        if (done === count) settle(resolve);
        else feed();
      };
      worker.ref();
      worker.on('message', take).on('error', fail);
      undo.push(() => worker.off('message', take).off('error', fail).unref());
      worker.postMessage({ job } satisfies ReplicateMessage);
      for (let ahead = 0; ahead < depth; ahead++) feed();
    }
  });
}
