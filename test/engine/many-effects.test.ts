import { afterAll, beforeAll, expect, test } from 'vitest';
import { explainRequest } from '../../src/engine/explain.ts';
import { runByEngine } from '../../src/engine/run-by-engine.ts';
import { isStudyError } from '../../src/error/study-error.ts';
import { randomStream } from '../../src/math/random/philox.ts';
import { readRequest } from '../../src/model/request/read.ts';
import type { RequestWords } from '../../src/model/request/schema.ts';
import { describeError } from '../../src/output/format/error-text/describe.ts';
import { openDuckdb } from '../../src/platform/engine/duckdb/open.ts';
import type { QueryEngine } from '../../src/study/ports.ts';
import { columnTable, numberColumn } from '../../src/table/column.ts';
import { loadedSource } from './loaded-source.ts';
import { outcomeDifferences, runBoth } from './run-both.ts';

let engine: QueryEngine;
beforeAll(async () => {
  engine = await openDuckdb({ threads: 1 });
});
afterAll(() => engine.close());

/** Rows at random in three effects of these levels. */
function rowsIn(levels: readonly [number, number, number], count: number, seed: number) {
  const stream = randomStream(seed, 0);
  const level = (most: number): number => Math.floor(stream.uniform() * most);
  const rows = Array.from({ length: count }, () => ({ a: level(levels[0]), b: level(levels[1]), c: level(levels[2]) }));
  const x = rows.map(({ a, b, c }) => stream.uniform() + (a % 7) / 7 + (b % 5) / 5 + c / 9);
  const y = rows.map(({ a, b, c }, i) => (x[i] ?? 0) + stream.uniform() + (a % 3) + (b % 4) - (c % 2));
  return columnTable({
    a: numberColumn(rows.map(({ a }) => a)),
    b: numberColumn(rows.map(({ b }) => b)),
    c: numberColumn(rows.map(({ c }) => c)),
    ...{ x: numberColumn(x), y: numberColumn(y) },
  });
}

// Beyond 400 levels that are solved for, memory counts by pairs of effects, and the equations are solved by conjugate gradients.
test.each([
  ['reghdfe', 'cluster:a'],
  ['xtreg', 'hc1'],
  ['fixest', 'cluster:b+c'],
])('three effects of 700, 450 and 6 levels under %s', async (ssc, vcov) => {
  const table = rowsIn([700, 450, 6], 4000, 5);
  const words = { formula: 'y ~ x | a + b + c', vcov: [vcov], ssc };
  expect(outcomeDifferences(await runBoth(engine, table, words))).toEqual([]);
});

async function refusal(levels: readonly [number, number, number], words: RequestWords): Promise<string> {
  const source = await loadedSource(engine, rowsIn(levels, 6000, 6));
  const request = readRequest(words);
  const run = runByEngine(request, { executor: engine, source, name: 'duckdb', version: 'here' });
  const error = await run.then(
    () => null,
    (fault: unknown) => fault,
  );
  return isStudyError(error, 'engine-refused') ? describeError(error, 'en') : '';
}

test('effects beside the two largest have so many levels at most, told with the number', async () => {
  const text = await refusal([1400, 1300, 1200], { formula: 'y ~ x | a + b + c' });
  expect(text).toMatch(/further ones of 1000 levels together; c has 1[12]\d\d\./);
});

test('so have effects that cross the clusters of a wild bootstrap', async () => {
  const text = await refusal([1400, 20, 6], { formula: 'y ~ x | a', vcov: ['cluster:b'], wild: 'x' });
  expect(text).toMatch(/of 1000 levels together with an engine; a has 1[234]\d\d\./);
});

test('the passes of three effects are explained, and those of a wild bootstrap', async () => {
  const source = await loadedSource(engine, rowsIn([20, 10, 3], 200, 7));
  const request = readRequest({ formula: 'y ~ x | a + b + c', vcov: ['cluster:a'], ssc: 'xtreg', wild: 'x' });
  const [explained] = explainRequest(request, { source, dialect: engine.dialect, nrow: 200 });
  const count = (id: string): number => explained?.passes.filter((pass) => pass.id === id).length ?? 0;
  expect([count('right-hand-sides'), count('products'), count('scores')]).toEqual([2, 1, 1]);
  expect(count('clusters')).toBeGreaterThan(1);
});
