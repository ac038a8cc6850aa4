import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { randomStream } from '../../src/math/random/philox.ts';
import type { searchThresholdBy } from '../../src/model.ts';
import type { replicatePool } from '../../src/platform/worker/replicate-pool.ts';
import { columnTable, numberColumn } from '../../src/table/column.ts';
import { repository } from '../architecture/planted.ts';
import { ended, kaya, scratchFolder, startKaya } from './kaya.ts';

const scratch = scratchFolder();
afterAll(scratch.remove);
const file = 'panel.csv';
const random = randomStream(5, 1);
const names = ['id', 't', 'y', 'x', 'q', 'c'];
const rows = Array.from({ length: 60 * 10 }, (_, i) => {
  const [x, q, c] = [random.normal(), random.normal(), random.normal()];
  return [Math.floor(i / 10), i % 10, x + c + (q > 0.2 ? 0.3 * x : 0) + random.normal(), x, q, c];
});
writeFileSync(join(scratch.folder, file), `${[names, ...rows].map((row) => row.join(',')).join('\n')}\n`);
const table = columnTable(Object.fromEntries(names.map((name, j) => [name, numberColumn(rows.map((row) => row[j]))])));
const asked = ['threshold', file, 'y ~ c | id + t', '--panel', 'id,t', '--regime', 'x', '--by', 'q', '--json'];

/** The built program's own pool: from source there is no compiled worker to start. */
async function built(): Promise<{
  searchThresholdBy: typeof searchThresholdBy;
  replicatePool: typeof replicatePool;
}> {
  const [model, pool] = await Promise.all(
    ['model.js', 'platform/worker/replicate-pool.js'].map(
      (path) => import(pathToFileURL(join(repository, 'dist', path)).href),
    ),
  );
  return { ...model, ...pool };
}

test.each([
  ['sequence and robust', { regime: 'x', thresholds: 2, robust: 'unit' }],
  ['jump against kink', { regime: 'q', jumpTest: true }],
] as const)('the same bytes with one thread, two and three: %s', async (_, more) => {
  const { searchThresholdBy: search, replicatePool: openPool } = await built();
  const run = async (threads: number) => {
    const steps: number[] = [];
    // Threads for any job, however small.
    const pool = openPool(threads, new AbortController().signal, 0);
    const input = { formula: 'y ~ c | id + t', by: 'q', panel: { unit: 'id', time: 't' }, boot: 501, ...more };
    const result = await search(table, { ...input, onReplicates: (done) => steps.push(done) }, pool.run);
    await pool.close();
    return { text: JSON.stringify(result), isThreaded: steps.some((done) => done < 501 && done % 20 !== 0) };
  };
  const alone = await run(1);
  expect(alone.isThreaded).toBe(false);
  for (const threads of [2, 3]) {
    const shared = await run(threads);
    expect(shared.isThreaded).toBe(true);
    expect(shared.text).toBe(alone.text);
  }
});

test('--threads changes no byte of the command', () => {
  const run = (threads: string) => kaya(scratch.folder, ...asked, '--boot', '500', '--threads', threads);
  const alone = run('1');
  expect(alone.status, alone.stderr).toBe(0);
  expect(run('2').stdout).toBe(alone.stdout);
});

test('an interrupt ends the threads and the program', async () => {
  const child = startKaya(scratch.folder, ...asked, '--thresholds', '3', '--boot', '1000000', '--threads', '2');
  const end = ended(child);
  const isRunning = await Promise.race([end.then(() => false), new Promise((r) => setTimeout(() => r(true), 4000))]);
  expect(isRunning).toBe(true);
  const since = performance.now();
  child.kill('SIGINT');
  expect((await end).status).toBe(130);
  // Well below the patience after which the process is ended by force.
  expect(performance.now() - since).toBeLessThan(2500);
});
