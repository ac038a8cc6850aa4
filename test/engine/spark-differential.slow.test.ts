import { expect, test } from 'vitest';
import { instrumentedDesign, randomDesign } from './random-design.ts';
import { outcomeDifferences, runBoth } from './run-both.ts';
import { onServers, type ServerName } from './spark-servers.ts';

/** Designs, and the first of them: those of DuckDB's quick suite, then some of its slow one. */
const designs: Readonly<Record<ServerName, number>> = { Sail: 100, Spark: 40, 'Spark 3.5': 15 };

await onServers('a model has the same numbers, losses and warnings as in memory', ({ name, engine }) => {
  test.each(Array.from({ length: designs[name] }, (_, k) => k + 1))(
    'random design %i',
    async (seed) => {
      const { table, words } = randomDesign(seed);
      expect([words, outcomeDifferences(await runBoth(engine(), table, words))]).toEqual([words, []]);
    },
    240_000,
  );
});

const instrumented: Readonly<Record<ServerName, number>> = { Sail: 60, Spark: 15, 'Spark 3.5': 5 };

await onServers('a model with instruments has the same numbers as in memory', ({ name, engine }) => {
  test.each(Array.from({ length: instrumented[name] }, (_, k) => k + 1))(
    'random design %i',
    async (seed) => {
      const { table, words } = instrumentedDesign(seed);
      expect([words, outcomeDifferences(await runBoth(engine(), table, words))]).toEqual([words, []]);
    },
    240_000,
  );
});
