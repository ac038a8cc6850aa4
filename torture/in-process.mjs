/**
 * Runs command lines one after the other in this process, for trials of thousands: a list of lists of words comes on stdin, and a line
 * of JSON goes out for each. `batch.mjs` starts it and holds the clock.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './tools.mjs';

const { runKaya } = await import(join(ROOT, 'dist', 'platform', 'cli', 'run-kaya.js'));
const tell = (value) => process.stdout.write(`${JSON.stringify(value)}\n`);

for (const args of JSON.parse(readFileSync(0, 'utf8'))) {
  let stdout = '';
  let stderr = '';
  const start = performance.now();
  const before = process.resourceUsage();
  const code = await runKaya(args, {
    print: (text) => {
      stdout += text;
    },
    stderr: {
      write: (text) => {
        stderr += text;
        return true;
      },
    },
    environment: { ...process.env, LANG: 'C', LC_ALL: 'C' },
    signal: new AbortController().signal,
  });
  const after = process.resourceUsage();
  tell({
    ...{ code, stdout: stdout.slice(-2000), stderr: stderr.slice(-4000), seconds: (performance.now() - start) / 1000 },
    work: (after.userCPUTime + after.systemCPUTime - before.userCPUTime - before.systemCPUTime) / 1e6,
    // The most that the process had at any time, which Node gives in KiB.
    growth: (after.maxRSS - before.maxRSS) * 1024,
    said: stderr.length,
  });
}
