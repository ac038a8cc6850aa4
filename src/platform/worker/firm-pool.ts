import { Worker } from 'node:worker_threads';
import type { FirmTask } from '../../domain/china/synthetic/raw/firms.ts';
import { turn } from '../turn.ts';
import { type WrittenFirms, writeFirmFile } from './write-firms.ts';

/** How many rows a task writes; large tasks go first so that the threads end together. */
function weight(task: FirmTask): number {
  return task.cities.reduce(
    (total, city) => total + city.withKeyword.reduce((a, b) => a + b, 0) + city.decoys.reduce((a, b) => a + b, 0),
    0,
  );
}

interface PoolOptions {
  readonly threads: number;
  readonly onDone: (done: number, all: number) => void;
  /** Ends the threads. */
  readonly signal: AbortSignal;
}

/**
 * Writes every registry file below `folder`, over `threads` threads. The bytes do not depend on their number.
 * @returns one entry a task, in the order of the tasks
 */
export async function writeFirmFiles(
  folder: string,
  tasks: readonly FirmTask[],
  { threads, onDone, signal }: PoolOptions,
): Promise<WrittenFirms[]> {
  const isSource = import.meta.url.endsWith('.ts');
  const written = new Array<WrittenFirms>(tasks.length);
  let done = 0;
  const finish = (index: number, file: WrittenFirms): void => {
    written[index] = file;
    onDone(++done, tasks.length);
  };
  // Run from source (tests), there is no compiled worker to start.
  if (threads <= 1 || isSource || tasks.length === 1) {
    for (const [index, task] of tasks.entries()) {
      await turn(signal);
      finish(index, writeFirmFile(folder, task));
    }
    return written;
  }
  const queue = tasks
    .map((task, index) => ({ task, index }))
    .sort((a, b) => weight(b.task) - weight(a.task) || a.index - b.index);
  const workers = Array.from({ length: Math.min(threads, tasks.length) }, () =>
    runWorker(folder, { queue, finish, signal }),
  );
  await Promise.all(workers);
  return written;
}

/** Feeds one thread from the queue until it is empty. */
function runWorker(
  folder: string,
  {
    queue,
    finish,
    signal,
  }: {
    readonly queue: { task: FirmTask; index: number }[];
    readonly finish: (index: number, file: WrittenFirms) => void;
    readonly signal: AbortSignal;
  },
): Promise<void> {
  const worker = new Worker(new URL('./firm-worker.js', import.meta.url), { workerData: { folder } });
  return new Promise((resolve, reject) => {
    let current = -1;
    const feed = (): void => {
      const next = queue.shift();
      if (next === undefined) {
        worker.terminate().then(() => resolve(), reject);
        return;
      }
      current = next.index;
      worker.postMessage(next.task);
    };
    worker.on('message', (file: WrittenFirms) => {
      finish(current, file);
      feed();
    });
    worker.on('error', reject);
    signal.addEventListener('abort', () => {
      queue.length = 0;
      worker.terminate().then(() => reject(signal.reason), reject);
    });
    feed();
  });
}
