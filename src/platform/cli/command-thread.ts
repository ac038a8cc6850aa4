import { parentPort, workerData } from 'node:worker_threads';
import { StudyError } from '../../error/study-error.ts';
import { interruptAll, tellOutside } from '../interruptible.ts';
import { tellLeft } from '../store/at-exit.ts';
import { runKaya } from './run-kaya.ts';
import type { FromThread, ThreadStart, ToThread } from './thread-messages.ts';

// A command on a thread of its own: the first thread hears signals and draws, however long a piece of work takes here.

const { argv, environment, terminal, asks } = workerData as ThreadStart; // by run-in-thread
const interruption = new AbortController();
const tell = (message: FromThread): void => parentPort?.postMessage(message);
let answered: ((text: string) => void) | null = null;

parentPort?.on('message', (message: ToThread) => {
  if (message.kind === 'answer') answered?.(message.text);
  else {
    interruption.abort(new StudyError('interrupted', { signal: message.signal }));
    interruptAll();
  }
});
tellOutside((isOutside) => tell({ kind: 'outside', isOutside }));
tellLeft((left, isLeft) => tell({ kind: 'left', left, isLeft }));

const status = await runKaya(argv, {
  print: (text) => tell({ kind: 'print', text }),
  stderr: {
    write: (text) => tell({ kind: 'say', text }),
    isTTY: terminal.isTTY,
    ...(terminal.columns === null ? {} : { columns: terminal.columns }),
  },
  environment,
  signal: interruption.signal,
  ...(asks
    ? {
        ask: (question: string) =>
          new Promise<string>((resolve) => {
            answered = resolve;
            tell({ kind: 'ask', question });
          }),
      }
    : {}),
});
tell({ kind: 'end', status });
parentPort?.close();
