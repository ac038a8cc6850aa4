import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { orderStatistics } from '../../src/engine/order-statistics.ts';
import { runPasses } from '../../src/engine/run-passes.ts';
import { randomStream } from '../../src/math/random/philox.ts';
import { readDescribe } from '../../src/model/describe/read.ts';
import { describeTable } from '../../src/model/describe/run.ts';
import type { DescribeWords } from '../../src/model/describe/schema.ts';
import { openDuckdb } from '../../src/platform/engine/duckdb/open.ts';
import type { QueryEngine } from '../../src/study/ports.ts';
import { columnTable, numberColumn } from '../../src/table/column.ts';
import { randomDesign } from './random-design.ts';
import { expectSameSummary, oddColumns, summaryByEngine, summaryWords } from './summary-by-engine.ts';

let engine: QueryEngine;
beforeAll(async () => {
  engine = await openDuckdb({ threads: 2 });
});
afterAll(() => engine.close());

describe('a summary has the same numbers by DuckDB as in memory', () => {
  test.each(Array.from({ length: 20 }, (_, k) => k + 1))('random table %i', async (seed) => {
    const { table } = randomDesign(seed, [0, 1e3]);
    for (const words of summaryWords)
      expectSameSummary(await summaryByEngine(engine, table, words), describeTable(readDescribe(words), table));
  });

  test('columns without a number, with one, with one value, with infinite ones; texts that are as common', async () => {
    const table = oddColumns();
    expectSameSummary(await summaryByEngine(engine, table, {}), describeTable(readDescribe({}), table));
  });
});

test('numbers at their ranks are those of the sorted column, however they lie', async () => {
  const stream = randomStream(7, 0);
  const signed = (value: number): number => (stream.uniform() < 0.5 ? -value : value);
  const columns: readonly (readonly number[])[] = [
    Array.from({ length: 500 }, () => signed(10 ** (600 * stream.uniform() - 300))),
    Array.from({ length: 500 }, () => Math.floor(4 * stream.uniform())),
    [...Array.from({ length: 300 }, () => 1e16 + 2 * Math.floor(300 * stream.uniform())), -1.7e308, 1.7e308],
    [...Array.from({ length: 300 }, () => 5e-324 * Math.floor(40 * stream.uniform())), 1],
  ];
  for (const values of columns) {
    const sorted = Float64Array.from(values).sort();
    await engine.load('ranked', columnTable({ c0: numberColumn(Float64Array.from(values)) }));
    const range = { from: 'ranked', value: 'c0', dialect: engine.dialect, count: values.length };
    const ends = { low: sorted[0] ?? 0, high: sorted[sorted.length - 1] ?? 0 };
    const ranks = Array.from(values, (_, rank) => rank).filter((rank) => rank % 7 === 0 || rank === values.length - 1);
    const found = await runPasses(orderStatistics({ ...range, ...ends }, ranks, 5), engine);
    expect(ranks.map((rank) => found.get(rank))).toEqual(ranks.map((rank) => sorted[rank]));
  }
});

test.each<readonly [string, DescribeWords]>([
  ['--kind correlations', { kind: 'correlations' }],
  ['--kind balance', { kind: 'balance', by: 'region' }],
  ['--panel', { panel: 'firm,year' }],
])('%s is refused by name', async (name, words) => {
  await expect(summaryByEngine(engine, randomDesign(1).table, words)).rejects.toMatchObject({
    ...{ code: 'engine-refused', detail: { use: { kind: 'option', name } } },
  });
});
