#!/usr/bin/env node
// Nothing is loaded before the `try`: that the program itself cannot be read has a sentence, too.
try {
  const { runProcess } = await import('./run-process.ts');
  await runProcess(process.argv.slice(2));
} catch (error) {
  const { code, message } = error as Partial<Record<'code' | 'message', string>>; // whatever was thrown: both may be missing
  const isOurs = !/^E[A-Z]+$/.test(code ?? '') && !/out of memory|allocation failed/i.test(message ?? '');
  const next = isOurs
    ? 'Install Kaya again.'
    : 'Close other programs, or raise the limits of the shell (ulimit -n for files, ulimit -v for memory).';
  process.stderr.write(`kaya: the program cannot be loaded: ${message ?? String(error)}. ${next}\n`);
  process.exitCode = isOurs ? 3 : 1;
}
