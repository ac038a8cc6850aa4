import { spawn } from 'node:child_process';
import { expect, test } from 'vitest';

/** How a process ended that is watched for half a second: by itself, or late. */
async function watched(script: string): Promise<'late' | 'done'> {
  // @ts-expect-error a script without types
  const { watch } = await import('../../torture/waits.mjs');
  const child = spawn(process.execPath, ['-e', script], { stdio: 'ignore' });
  return new Promise((resolve) => {
    const limit = watch(child.pid, 0.5, () => {
      child.kill('SIGKILL');
      resolve('late');
    });
    child.once('close', () => {
      limit.stop();
      resolve('done');
    });
  });
}

test('a process that hangs is late, whether it sleeps or works', async () => {
  expect(await watched('setTimeout(() => 0, 60_000)')).toBe('late');
  expect(await watched('for (;;);')).toBe('late');
}, 60_000);
