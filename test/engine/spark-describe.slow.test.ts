import { test } from 'vitest';
import { readDescribe } from '../../src/model/describe/read.ts';
import { describeTable } from '../../src/model/describe/run.ts';
import { randomDesign } from './random-design.ts';
import { onServers, type ServerName } from './spark-servers.ts';
import { expectSameSummary, oddColumns, summaryByEngine, summaryWords } from './summary-by-engine.ts';

const tables: Readonly<Record<ServerName, number>> = { Sail: 20, Spark: 6, 'Spark 3.5': 3 };

await onServers('a summary has the same numbers as in memory', ({ name, engine }) => {
  test.each(Array.from({ length: tables[name] }, (_, k) => k + 1))(
    'random table %i',
    async (seed) => {
      const { table } = randomDesign(seed, [0, 1e3]);
      for (const words of summaryWords)
        expectSameSummary(await summaryByEngine(engine(), table, words), describeTable(readDescribe(words), table));
    },
    240_000,
  );

  test('columns without a number, with one, with one value, with infinite ones; texts that are as common', async () => {
    const table = oddColumns();
    expectSameSummary(await summaryByEngine(engine(), table, {}), describeTable(readDescribe({}), table));
  }, 120_000);
});
