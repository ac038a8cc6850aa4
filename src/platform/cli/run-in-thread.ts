import { rmSync } from 'node:fs';
import { getHeapStatistics } from 'node:v8';
import { Worker } from 'node:worker_threads';
import { isStudyError, StudyError } from '../../error/study-error.ts';
import type { Outside } from '../app/context.ts';
import type { Left } from '../store/at-exit.ts';
import { sayStopped } from './run-kaya.ts';
import type { FromThread, ThreadStart, ToThread } from './thread-messages.ts';

/** What a command may take to come to its end itself once it was told to stop, and its thread once it is ended, in ms. */
const patienceMs = 450;
const endingMs = 250;
/** The same where it has an engine open, in all. */
const outsideMs = 850;

/** When nothing was said for this long, a terminal shows that the command is at work. */
const silenceMs = 2000;

/** Thrown when a thread has an engine open, or is in a call that does not return: only the end of the process ends it. */
export class StuckThread extends Error {
  readonly status: number;
  constructor(status: number) {
    super('a command cannot be ended but with the process');
    this.status = status;
  }
}

/**
 * Four times what Node gives to new objects: results of a model and the texts of tables have gone by the time that it is full, where they
 * would be moved to the old ones, and searched for there.
 */
const roomForYoung = { maxYoungGenerationSizeMb: 192 };

/**
 * Runs one command line on a thread of its own: what it prints comes here, and it can be ended in the middle of any piece of work,
 * with nothing half-written left. Starting the thread takes some 30 ms.
 * @returns the exit status, as `runKaya`
 * @throws StuckThread
 */
export async function runInThread(argv: readonly string[], outside: Outside): Promise<number> {
  const { stderr, signal } = outside;
  const start: ThreadStart = {
    argv,
    environment: { ...outside.environment },
    terminal: { isTTY: stderr.isTTY === true, columns: stderr.columns ?? null },
    asks: outside.ask !== undefined,
  };
  const worker = new Worker(new URL('./command-thread.js', import.meta.url), {
    workerData: start,
    // As much memory as a command on the first thread has.
    resourceLimits: {
      maxOldGenerationSizeMb: Math.floor(getHeapStatistics().heap_size_limit / 2 ** 20),
      ...roomForYoung,
    },
  });
  const left = new Map<string, Left>();
  const sign = lifeSign(stderr);
  const tell = (message: ToThread): void => worker.postMessage(message);
  const answer = async (question: string): Promise<void> => {
    const text = await outside.ask?.(question).catch(() => undefined);
    if (text !== undefined) tell({ kind: 'answer', text });
  };
  const settled = new AbortController();
  let isEnding = false;
  let isOutside = false;
  try {
    return await new Promise<number>((resolve, reject) => {
      worker.on('message', (message: FromThread) => {
        if (message.kind === 'outside') {
          isOutside = message.isOutside;
          return;
        }
        if (message.kind === 'left') {
          const key = `${message.left.kind} ${message.left.path}`;
          if (message.isLeft) left.set(key, message.left);
          else left.delete(key);
          return;
        }
        sign.clear();
        if (message.kind === 'end') resolve(message.status);
        else if (message.kind === 'ask') void answer(message.question);
        else if (message.kind === 'print') outside.print(message.text);
        else stderr.write(message.text);
      });
      // One that runs out of memory clears nothing away itself.
      const fail = (error: unknown): void => {
        if (isEnding || settled.signal.aborted) return;
        isEnding = true;
        void clearAway([...left.values()].reverse()).then(() => reject(error), reject);
      };
      worker.once('error', fail);
      worker.once('exit', () => fail(new StudyError('internal', { reason: 'the thread of the command ended early' })));
      const stop = (): void => {
        const name = isStudyError(signal.reason, 'interrupted') ? signal.reason.detail.signal : 'SIGINT';
        tell({ kind: 'stop', signal: name });
        loadEnding();
        const end = async (): Promise<void> => {
          isEnding = true;
          // A thread that is ended while the engine calls back into it takes the process down.
          const isEnded =
            !isOutside &&
            (await Promise.race([worker.terminate().then(() => true), pause(endingMs).then(() => false)]));
          await clearAway([...left.values()].reverse());
          sign.clear();
          await sayStopped(argv, outside);
          const status = name === 'SIGTERM' ? 143 : 130;
          if (isEnded) resolve(status);
          else reject(new StuckThread(status));
        };
        const whenOutside = (): void => {
          // What runs outside of JavaScript is not ended with its thread: it is given longer to give back what it has.
          if (isOutside && !isEnding) timer = setTimeout(() => void end().catch(reject), outsideMs - patienceMs);
          else void end().catch(reject);
        };
        let timer = setTimeout(whenOutside, patienceMs);
        settled.signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
      };
      if (signal.aborted) stop();
      else signal.addEventListener('abort', stop, { once: true, signal: settled.signal });
    });
  } finally {
    settled.abort();
    sign.end();
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Loads what the end needs while the command is still given its time. */
function loadEnding(): void {
  void import('../../output/format/error-text/describe.ts');
  void import('../store/publish.ts');
  void import('../store/claim.ts');
}

/** Clears what a thread that was ended could not. */
async function clearAway(left: readonly Left[]): Promise<void> {
  const made: Left[] = [];
  for (const one of left) {
    const { kind, path } = one;
    if (kind === 'stage') (await import('../store/publish.ts')).dropStage(path);
    else if (kind === 'lock') (await import('../store/lock.ts')).releaseLock(path, one.id);
    else if (kind === 'made') made.push(one);
    else rmSync(path, { recursive: true, force: true, maxRetries: 2 });
  }
  // Folders last, when nothing lies in them any more.
  for (const one of made)
    if (one.kind === 'made') (await import('../store/claim.ts')).removeMade(one.path, one.uppermost);
}

/** A live line on a terminal while a command says nothing. */
function lifeSign(stderr: Outside['stderr']): { clear: () => void; end: () => void } {
  if (stderr.isTTY !== true) return { clear: () => undefined, end: () => undefined };
  const since = performance.now();
  let last = since;
  let isShown = false;
  let isStep = false;
  const clear = (): void => {
    if (isShown) stderr.write('\r\u001b[2K');
    isShown = false;
    isStep = true;
    last = performance.now();
  };
  const timer = setInterval(() => {
    // A step that is shown stands there itself.
    if (isStep || performance.now() - last < silenceMs) return;
    stderr.write(`\r\u001b[2K- ${Math.round((performance.now() - since) / 1000)} s`);
    isShown = true;
  }, 500);
  timer.unref();
  return {
    clear,
    end: () => {
      clear();
      clearInterval(timer);
    },
  };
}
