import { at } from '../../error/at.ts';
import type { RegistryFile } from './registry-file.ts';
import type { PartTask } from './registry-part.ts';
import type { ThreadHandle } from './registry-pool.ts';
import type { PartResult } from './registry-thread.ts';

/** A part as it counts: read from where a record starts to where the next part's first one does. */
export interface SettledPart {
  readonly file: number;
  /** Start and end in the file; `task` reads it again. */
  readonly task: PartTask;
  readonly result: PartResult;
}

/** Parts that a thread has before it, so that it need not wait while the calling thread is busy with other files. */
const depth = 8;

export interface ScannedParts {
  /** In file order; parts in which no record starts are left out. */
  readonly parts: readonly SettledPart[];
  /** By run: place in `parts`, -1 when the run was a wrong guess. */
  readonly runOrder: Int32Array;
}

/**
 * Reads all parts on all threads. Where records start is guessed at the first line of each part; a guess that does not
 * meet the end of the part before it (a line end inside quotes) is read again from there, so that the records are those
 * that reading from the start gives.
 */
export async function scanParts(
  files: readonly RegistryFile[],
  threads: readonly ThreadHandle[],
  partBytes: number,
  onBytes: (done: number) => void,
): Promise<ScannedParts> {
  const tasks = files.flatMap((file, f) => partsOf(file, f, partBytes)).map((task, run) => ({ ...task, run }));
  const results = new Array<PartResult>(tasks.length);
  let next = 0;
  let done = 0;
  const feed = async (thread: ThreadHandle): Promise<void> => {
    while (next < tasks.length) {
      const task = at(tasks, next++);
      results[task.run] = await thread.scan(task);
      done += task.to - task.from;
      onBytes(done);
    }
  };
  await Promise.all(threads.flatMap((thread) => Array.from({ length: depth }, () => feed(thread))));
  const parts: SettledPart[] = [];
  const orders: number[] = new Array<number>(tasks.length).fill(-1);
  let expected = 0;
  let file = -1;
  for (const task of tasks) {
    if (task.file !== file) {
      file = task.file;
      expected = at(files, file).bodyStart;
    }
    if (expected >= task.to) continue;
    const result = at(results, task.run);
    let settled: SettledPart = { file, task: { ...task, from: result.start, isKnown: true }, result };
    if (settled.result.start !== expected || settled.result.end < 0) {
      const again = { ...task, run: orders.length, from: expected, isKnown: true };
      orders.push(-1);
      settled = { file, task: again, result: await at(threads, 0).scan(again) };
    }
    orders[settled.result.run] = parts.length;
    parts.push(settled);
    expected = settled.result.end;
  }
  return { parts, runOrder: Int32Array.from(orders) };
}

function partsOf(file: RegistryFile, index: number, partBytes: number): Omit<PartTask, 'run'>[] {
  const parts: Omit<PartTask, 'run'>[] = [];
  const even = partBytes + (file.encoding.startsWith('utf-16') ? partBytes % 2 : 0);
  for (let from = file.bodyStart; from < file.size; from += even)
    parts.push({ file: index, from, to: Math.min(file.size, from + even), isKnown: from === file.bodyStart });
  return parts;
}
