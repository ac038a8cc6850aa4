import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import type { z } from 'zod';
import { randomStream } from '../../src/math/random/philox.ts';
import type { modelPool } from '../../src/platform/worker/model-pool.ts';
import type { ModelTask, modelEstimator } from '../../src/study/estimate-models.ts';
import { resolveModel } from '../../src/study/language/resolve-models.ts';
import { modelSpec } from '../../src/study/language/spec-models.ts';
import { columnTable, numberColumn } from '../../src/table/column.ts';
import { repository } from '../architecture/planted.ts';

const random = randomStream(7, 1);
const names = ['id', 't', 'y', 'x', 'q'];
const rows = Array.from({ length: 60 * 10 }, (_, i) => {
  const [x, q] = [random.normal(), random.normal()];
  return [Math.floor(i / 10), i % 10, 0.3 * x + (q > 0.2 ? 0.3 * x : 0) + random.normal(), x, q];
});
const table = columnTable(Object.fromEntries(names.map((name, j) => [name, numberColumn(rows.map((row) => row[j]))])));

const specs: Record<string, z.input<typeof modelSpec>> = {
  plain: { formula: 'y ~ x + csw0(q) | id + t' },
  drawn: { formula: 'y ~ x + q | id', permute: 'x', permute_by: 'id', reps: 400 },
  wild: { formula: 'y ~ x | id + t', vcov: ['cluster:id'], wild: 'x', reps: 999 },
  parts: {
    formula: 'y ~ x | id',
    samples: [0, 1].map((k) => ({ where: `q ${k === 0 ? '<' : '>'} 0`, label: `q${k}` })),
  },
  absent: { formula: 'y ~ nobody | id' },
  threshold: { formula: 'y ~ 1 | id + t', threshold: { regime: 'x', by: 'q', boot: 200 } },
  curve: { formula: 'y ~ x + q | id + t', curve: ['x'], curve_effects: ['id'], curve_test: 99 },
  last: { formula: 'y ~ x:q + x + q | id', vcov: ['iid', 'cluster:id'] },
};
const conventions = { vcov: ['iid'], ssc: 'xtreg' };
const task: ModelTask = {
  models: Object.fromEntries(
    Object.entries(specs).map(([id, spec]) => [id, resolveModel(modelSpec.parse(spec), conventions, {})]),
  ),
  panel: { unit: 'id', time: 't', step: null },
  table,
};

/** The built program's own: from source there is no compiled worker to start. */
async function built(): Promise<{ modelPool: typeof modelPool; modelEstimator: typeof modelEstimator }> {
  const [pool, estimate] = await Promise.all(
    ['platform/worker/model-pool.js', 'study/estimate-models.js'].map(
      (path) => import(pathToFileURL(join(repository, 'dist', path)).href),
    ),
  );
  return { ...pool, ...estimate };
}

test('models come out the same to the byte whichever thread estimates them, and so do their errors', async () => {
  const { modelPool: openPool, modelEstimator: estimator } = await built();
  const run = async (threads: number) => {
    let begun = (): void => undefined;
    const hasBegun = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const pool = openPool(threads, new AbortController().signal, 0, begun);
    const ids = Object.keys(task.models);
    const { take } = pool.beside(task, ids);
    const estimate = estimator(task, null);
    const elsewhere: string[] = [];
    const results: unknown[] = [];
    for (const id of ids) {
      const asked = take(id);
      const given = asked === null ? null : await asked;
      if (given !== null) elsewhere.push(id);
      const error = (thrown: { code?: string }) => ({ code: thrown.code });
      results.push(given ?? (await estimate(id).catch(error)));
      // However busy the machine is, another thread has a part in it.
      if (threads > 1) await hasBegun;
    }
    await pool.close();
    return { text: JSON.stringify(results), elsewhere };
  };
  const alone = await run(1);
  expect(alone.elsewhere).toEqual([]);
  expect(alone.text).toContain('{"code":"unknown-column"}');
  for (const threads of [2, 3]) {
    const shared = await run(threads);
    expect(shared.elsewhere).toContain('last');
    expect(shared.text).toBe(alone.text);
  }
});
