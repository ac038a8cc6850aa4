import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { RequestResult } from '../../model/request/result.ts';
import type { ModelsBeside, ModelTask } from '../../study/estimate-models.ts';

/** What a thread is started with. */
export interface ModelWork {
  readonly task: ModelTask;
  readonly ids: readonly string[];
  /** 1 at the models that a thread has taken; shared by all of them. */
  readonly taken: Int32Array;
}

/** What a thread says of a model that it took; null: it failed. */
export interface ModelReply {
  readonly i: number;
  readonly result: RequestResult | null;
}

export interface ModelPool {
  readonly beside: (task: ModelTask, ids: readonly string[]) => ModelsBeside;
  /** Ends the threads. */
  readonly close: () => Promise<void>;
}

/** Milliseconds that models take here before others are asked: a thread takes some 300 to load what estimates. */
const worthThreads = 400;
/** Models that must be left then. */
const fewest = 3;

/**
 * Estimates models on all but one of `threads` threads (null: as many as the machine has) while this one estimates others: this one
 * from the first on, those from the last, each model by whoever takes it first. A result is the same wherever it was made.
 * @param signal stops the threads; whoever waits for a model gets its reason
 * @param onResult told of every model that another thread has answered for
 */
export function modelPool(
  threads: number | null,
  signal: AbortSignal,
  worth = worthThreads,
  onResult: (id: string) => void = () => undefined,
): ModelPool {
  const threadCount = threads ?? availableParallelism();
  let workers: readonly Worker[] = [];
  const close = async (): Promise<void> => {
    const open = workers;
    workers = [];
    await Promise.all(open.map((worker) => worker.terminate()));
  };
  // Run from source (tests), there is no compiled worker to start.
  if (threadCount <= 1 || import.meta.url.endsWith('.ts')) return { beside: () => ({ take: () => null }), close };
  const beside: ModelPool['beside'] = (task, ids) => {
    const taken = new Int32Array(new SharedArrayBuffer(4 * ids.length));
    const came = new Map<number, RequestResult | null>();
    const waiting = new Map<
      number,
      { resolve: (result: RequestResult | null) => void; reject: (why: unknown) => void }
    >();
    const since = performance.now();
    let isBroken = false;
    const take = ({ i, result }: ModelReply): void => {
      came.set(i, result);
      waiting.get(i)?.resolve(result);
      onResult(ids[i] ?? '');
    };
    /** What the threads have not told by now is estimated here. */
    const giveUp = (): void => {
      isBroken = true;
      for (const { resolve } of waiting.values()) resolve(null);
    };
    const start = (): Worker => {
      const worker = new Worker(new URL('./model-worker.js', import.meta.url), { workerData: { task, ids, taken } });
      worker.on('message', take).on('error', giveUp);
      return worker;
    };
    signal.addEventListener('abort', () => {
      for (const { reject } of waiting.values()) reject(signal.reason);
    });
    return {
      take: (id) => {
        const i = ids.indexOf(id);
        if (i < 0) return null;
        if (Atomics.compareExchange(taken, i, 0, 1) === 0) {
          const isWorth = performance.now() - since >= worth && ids.length - i >= fewest;
          if (isWorth && workers.length === 0) workers = Array.from({ length: threadCount - 1 }, start);
          return null;
        }
        const result = came.get(i);
        if (result !== undefined) return Promise.resolve(result);
        if (isBroken) return Promise.resolve(null);
        if (signal.aborted) return Promise.reject(signal.reason);
        return new Promise((resolve, reject) => waiting.set(i, { resolve, reject }));
      },
    };
  };
  return { beside, close };
}
