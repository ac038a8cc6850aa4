import { Worker } from 'node:worker_threads';
import type { FirmTask } from '../../domain/china/synthetic/raw/firms.ts';
import { type WrittenFirms, writeFirmFile } from './write-firms.ts';

/** How many rows a task writes; large tasks go first so that the threads end together. */
function weight(task: FirmTask): number {
  return task.cities.reduce(
    (total, city) => total + city.withKeyword.reduce((a, b) => a + b, 0) + city.decoys.reduce((a, b) => a + b, 0),
    0,
  );
}

/**
 * Writes every registry file below `folder`, over `threads` threads. The bytes do not depend on their number.
 * @returns one entry a task, in the order of the tasks
 */
export async function writeFirmFiles(
  folder: string,
  tasks: readonly FirmTask[],
  threads: number,
  onDone: (done: number, all: number) => void,
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
    for (const [index, task] of tasks.entries()) finish(index, writeFirmFile(folder, task));
    return written;
  }
  const queue = tasks
    .map((task, index) => ({ task, index }))
    .sort((a, b) => weight(b.task) - weight(a.task) || a.index - b.index);
  const workers = Array.from({ length: Math.min(threads, tasks.length) }, () => runWorker(folder, queue, finish));
  await Promise.all(workers);
  return written;
}

/** Feeds one thread from the queue until it is empty. */
function runWorker(
  folder: string,
  queue: { task: FirmTask; index: number }[],
  finish: (index: number, file: WrittenFirms) => void,
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
    feed();
  });
}
