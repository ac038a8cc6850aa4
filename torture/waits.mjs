import { readdirSync, readFileSync } from 'node:fs';

/**
 * Seconds that each thread of a process has waited for a processor (or, of kind 0, had one), where the system says so (Linux); of threads
 * that have ended, what they had when they were last looked at.
 *
 * @param {number} pid
 * @param {Map<string, number>} into
 * @param {0 | 1} [kind]
 */
export function waitsOf(pid, into, kind = 1) {
  try {
    for (const thread of readdirSync(`/proc/${pid}/task`)) {
      const numbers = readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ');
      into.set(thread, Number(numbers[kind]) / 1e9);
    }
  } catch {
    // It has ended, or the system does not say.
  }
  return into;
}

/** Of the time that a process took, what counts at least, however long it waited for a processor. */
const least = 0.05;

/**
 * Watches a process and calls `onLate` once when it has taken longer than `seconds`, without what it waited for a processor: a busy
 * machine is no fault of a program, while one that hangs waits for none.
 *
 * @param {number} pid
 * @param {number} seconds
 * @param {() => void} onLate
 * @returns {{ stop: () => void, reset: () => void }}  `reset`: the time begins again
 */
export function watch(pid, seconds, onLate) {
  const waits = new Map();
  const waited = () => [...waitsOf(pid, waits).values()].reduce((sum, one) => sum + one, 0);
  let begun = performance.now();
  let before = 0;
  const timer = setInterval(
    () => {
      const elapsed = (performance.now() - begun) / 1000;
      if (elapsed * least > seconds || elapsed - Math.min(waited() - before, (1 - least) * elapsed) > seconds) {
        clearInterval(timer);
        onLate();
      }
    },
    Math.min(1000, seconds * 500),
  );
  return {
    stop: () => clearInterval(timer),
    reset: () => {
      begun = performance.now();
      before = waited();
    },
  };
}
