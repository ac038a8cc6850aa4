import { expect, test } from 'vitest';
import { frequencyDesign } from './frequency-design.ts';
import { instrumentedDesign, manyEffectsDesign, randomDesign, splitDesign, wildDesign } from './random-design.ts';
import { outcomeDifferences, runBoth } from './run-both.ts';
import { onServers, type ServerName } from './spark-servers.ts';

/** All designs of each server where KAYA_TEST_DESIGNS says how many; left out: the first of them. */
const asked = Number(process.env.KAYA_TEST_DESIGNS ?? 0);
const designs: Readonly<Record<ServerName, number>> = { Sail: 50, Spark: 10, 'Spark 3.5': 10 };

await onServers('a model has the same numbers, losses and warnings as in memory', ({ name, engine }) => {
  test.each(Array.from({ length: asked || designs[name] }, (_, k) => k + 1))(
    'random design %i',
    async (seed) => {
      const { table, words } = randomDesign(seed);
      expect([words, outcomeDifferences(await runBoth(engine(), table, words))]).toEqual([words, []]);
    },
    240_000,
  );
});

const instrumented: Readonly<Record<ServerName, number>> = { Sail: 25, Spark: 4, 'Spark 3.5': 4 };

await onServers('a model with instruments has the same numbers as in memory', ({ name, engine }) => {
  test.each(Array.from({ length: asked || instrumented[name] }, (_, k) => k + 1))(
    'random design %i',
    async (seed) => {
      const { table, words } = instrumentedDesign(seed);
      expect([words, outcomeDifferences(await runBoth(engine(), table, words))]).toEqual([words, []]);
    },
    240_000,
  );
});

const further: Readonly<Record<ServerName, number>> = { Sail: 12, Spark: 3, 'Spark 3.5': 2 };

await onServers('parts of a sample, three effects or four, and wild bootstraps, as in memory', ({ name, engine }) => {
  test.each(Array.from({ length: asked || further[name] }, (_, k) => k + 1))(
    'random design %i',
    async (seed) => {
      for (const { table, words } of [splitDesign(seed), manyEffectsDesign(seed), wildDesign(seed)])
        expect([words, outcomeDifferences(await runBoth(engine(), table, words))]).toEqual([words, []]);
    },
    480_000,
  );
});

const counted: Readonly<Record<ServerName, number>> = { Sail: 25, Spark: 6, 'Spark 3.5': 3 };

await onServers('rows that stand for several are the same as in memory', ({ name, engine }) => {
  test.each(Array.from({ length: asked || counted[name] }, (_, k) => k + 1))(
    'random design %i',
    async (seed) => {
      const design = frequencyDesign(seed, seed % 3 === 0);
      if (design === null) return;
      const { table, words } = design.counted;
      expect([words, outcomeDifferences(await runBoth(engine(), table, words))]).toEqual([words, []]);
    },
    240_000,
  );
});
