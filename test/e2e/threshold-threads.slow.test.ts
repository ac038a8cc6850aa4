import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { randomStream } from '../../src/math/random/philox.ts';
import { kaya, scratchFolder, startKaya } from './kaya.ts';

const scratch = scratchFolder();
afterAll(scratch.remove);
const file = 'panel.csv';
const random = randomStream(5, 1);
const rows = Array.from({ length: 60 * 10 }, (_, i) => {
  const [x, q, c] = [random.normal(), random.normal(), random.normal()];
  return [Math.floor(i / 10), i % 10, x + c + (q > 0.2 ? 0.3 * x : 0) + random.normal(), x, q, c].join(',');
});
writeFileSync(join(scratch.folder, file), `id,t,y,x,q,c\n${rows.join('\n')}\n`);
const asked = ['threshold', file, 'y ~ c | id + t', '--panel', 'id,t', '--regime', 'x', '--by', 'q', '--json'];

test('the same bytes with one thread, two and three, for every kind of replicate', () => {
  const run = (threads: string) => {
    const done = kaya(
      scratch.folder,
      ...[...asked, '--thresholds', '2', '--robust', 'unit', '--boot', '1500', '--threads', threads],
    );
    expect(done.status, done.stderr).toBe(0);
    return done.stdout;
  };
  const alone = run('1');
  expect(run('2')).toBe(alone);
  expect(run('3')).toBe(alone);
});

test('an interrupt ends the threads and the program', async () => {
  const child = startKaya(scratch.folder, ...asked, '--thresholds', '3', '--boot', '2000000', '--threads', '2');
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  const isRunning = await Promise.race([ended.then(() => false), new Promise((r) => setTimeout(() => r(true), 4000))]);
  expect(isRunning).toBe(true);
  const since = performance.now();
  child.kill('SIGINT');
  expect(await ended).toBe(130);
  // Well below the patience after which the process is ended by force.
  expect(performance.now() - since).toBeLessThan(2500);
});
