#!/usr/bin/env node
import { StudyError } from '../../error/study-error.ts';
import { visibleText } from '../../output/format/visible-text.ts';
import { runKaya, sayStopped } from './run-kaya.ts';

// The process around the program: signals, broken pipes, exit status. Everything else is in run-kaya.ts.

const interruption = new AbortController();
const signalStatus = { SIGINT: 130, SIGTERM: 143 } as const;
/** What a step may take to come to its end once a signal has come; files are whole or absent either way. */
const patienceMs = 800;
const argv = process.argv.slice(2);
const outside = {
  // What a program reads stays as it is; a terminal would act on what a file of data holds.
  print: (text: string) => process.stdout.write(process.stdout.isTTY ? visibleText(text) : text),
  stderr: process.stderr,
  environment: process.env,
  signal: interruption.signal,
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

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (interruption.signal.aborted) process.exit(signalStatus[signal]);
    interruption.abort(new StudyError('interrupted', { signal }));
    const end = async (): Promise<void> => {
      await sayStopped(argv, outside);
      process.exit(signalStatus[signal]);
    };
    setTimeout(() => void end(), patienceMs).unref();
  });
}

// `kaya … | head` closes the pipe early: not an error.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(process.exitCode ?? 0);
  });
}

process.exitCode = await runKaya(argv, outside);
