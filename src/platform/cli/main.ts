#!/usr/bin/env node
// Nothing is loaded before the `try`: that the program itself cannot be read has a sentence, too.
try {
  const { getHeapStatistics } = await import('node:v8');
  /** Megabytes of memory without which the program cannot even be loaded: where they are missing, Node aborts without a sentence. */
  const needed = 64;
  if (getHeapStatistics().heap_size_limit < needed * 2 ** 20)
    throw new Error(`out of memory: Node.js may take less than ${needed} MB here (--max-old-space-size)`);
  const { runProcess } = await import('./run-process.ts');
  await runProcess(process.argv.slice(2));
} catch (error) {
  const { code, message } = error as Partial<Record<'code' | 'message', string>>; // whatever was thrown: both may be missing
  const isOurs = !/^E[A-Z]+$/.test(code ?? '') && !/out of memory|allocation failed/i.test(message ?? '');
  const next = isOurs
    ? 'Install Kaya again.'
    : 'Close other programs, or raise the limits of the shell (ulimit -n for files, ulimit -v and NODE_OPTIONS for memory).';
  process.stderr.write(`kaya: the program cannot be loaded: ${message ?? String(error)}. ${next}\n`);
  process.exitCode = isOurs ? 3 : 1;
}
