import { StudyError, systemCode } from '../../error/study-error.ts';
import { visibleText } from '../../output/format/visible-text.ts';
import type { Outside, RunCommand } from '../app/context.ts';
import { isBrief } from './brief.ts';

/**
 * The process around the program: signals, broken pipes, exit status. Everything else is in run-kaya.ts, on this thread when it is
 * over at once, else on one of its own, so that this one hears signals whatever is computed.
 */
export async function runProcess(argv: readonly string[]): Promise<void> {
  const interruption = new AbortController();
  const signalStatus = { SIGINT: 130, SIGTERM: 143 } as const;
  type Stop = keyof typeof signalStatus;
  /** What the program may take to come to its end once a signal has come; files are whole or absent either way. */
  const patienceMs = 850;
  /** The same where a thread is given its time first: only a call that does not return gets as far. */
  const patienceApartMs = 1500;
  let stoppedBy: Stop | null = null;
  /** What stopped stdout. Nothing is printed from then on, and the command goes on to its end: what it writes is whole. */
  let lost: Error | null = null;
  let isOver = false;

  const apart: RunCommand = async (line, around) => (await import('./run-in-thread.ts')).runInThread(line, around);
  const outside: Outside = {
    // What a program reads stays as it is; a terminal would act on what a file of data holds.
    print: (text: string) => {
      if (lost === null) process.stdout.write(process.stdout.isTTY ? visibleText(text) : text);
    },
    stderr: process.stderr,
    environment: process.env,
    signal: interruption.signal,
    apart,
    ...(process.stdin.isTTY && process.stderr.isTTY ? { ask } : {}),
  };

  /** Asks on the terminal; stdout stays for results. */
  async function ask(question: string): Promise<string> {
    const { createInterface } = await import('node:readline/promises');
    const lines = createInterface({ input: process.stdin, output: process.stderr });
    try {
      return await lines.question(`${question} `, { signal: interruption.signal });
    } finally {
      lines.close();
    }
  }

  /** Ends the process by the signal itself: the one way out of a call of the engine that does not return. */
  function dieOf(signal: Stop): void {
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  }

  const isApart = !isBrief(argv);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (stoppedBy !== null) return;
      stoppedBy = signal;
      interruption.abort(new StudyError('interrupted', { signal }));
      const end = async (): Promise<void> => {
        if (isApart) return dieOf(signal);
        await (await import('./run-kaya.ts')).sayStopped(argv, outside);
        process.exit(signalStatus[signal]);
      };
      setTimeout(() => void end(), isApart ? patienceApartMs : patienceMs).unref();
    });
  }

  const endWith = async (error: unknown): Promise<void> => {
    process.exit(await (await import('./run-kaya.ts')).sayFailed(error, argv, outside));
  };
  /** `kaya … | head` closes the pipe early: not an error. A full disk behind stdout is one, and has a sentence like any other. */
  const sayLost = async (error: Error): Promise<void> => {
    if (systemCode(error) === 'EPIPE' || (process.exitCode ?? 0) !== 0) return;
    process.exitCode = await (await import('./run-kaya.ts')).sayFailed(error, argv, outside);
  };
  process.stdout.on('error', (error: Error) => {
    if (lost !== null) return;
    lost = error;
    // A server whose client is gone has nothing left to do.
    if (argv[0] === 'mcp') process.exit(0);
    if (isOver) void sayLost(error);
  });
  // Where stderr cannot be written, the exit status alone is left to say it.
  process.stderr.on('error', () => undefined);
  process.on('uncaughtException', (error) => void endWith(error));

  const run: RunCommand = isApart ? apart : (await import('./run-kaya.ts')).runKaya;
  try {
    process.exitCode = await run(argv, outside);
    isOver = true;
    if (lost !== null) await sayLost(lost);
  } catch (error) {
    const { StuckThread } = await import('./run-in-thread.ts');
    if (error instanceof StuckThread && stoppedBy !== null) dieOf(stoppedBy);
    else {
      // What brings a thread down is a fault of ours, or memory that is not there.
      await endWith(error);
    }
  }
}
