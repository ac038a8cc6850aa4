import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDuckdb } from '../../src/platform/engine/duckdb/open.ts';
import type { QueryEngine } from '../../src/study/ports.ts';
import { columnTable, numberColumn } from '../../src/table/column.ts';
import { frequencyDesign } from './frequency-design.ts';
import { type Outcome, outcomeDifferences, runBoth } from './run-both.ts';

let engine: QueryEngine;
beforeAll(async () => {
  engine = await openDuckdb({ threads: 2 });
});
afterAll(() => engine.close());

describe.each([false, true])(
  'rows that stand for several are the same by DuckDB as in memory (instruments: %s)',
  (hasInstruments) => {
    test.each(Array.from({ length: hasInstruments ? 30 : 60 }, (_, k) => k + 1))('random design %i', async (seed) => {
      const design = frequencyDesign(seed, hasInstruments);
      if (design === null) return;
      const { table, words } = design.counted;
      const both = await runBoth(engine, table, words);
      // As many distinct rows as parameters: what is left is rounding.
      const isExact = (one: Outcome): boolean => 'results' in one && one.results.some(({ rmse }) => rmse < 1e-12);
      if (isExact(both.memory)) expect(isExact(both.engine)).toBe(true);
      else expect([words, outcomeDifferences(both)]).toEqual([words, []]);
    });
  },
);

test.each([0.5, -1, Number.NaN])(
  'a row that stands for %d rows is refused as in memory, unless it is left out',
  async (value) => {
    const table = columnTable({
      y: numberColumn([2, 3, 5, 9, 4, 8]),
      x: numberColumn([1, 4, 2, 8, 5, 7]),
      n: numberColumn([1, 2, value, 0, 1, 3]),
    });
    const refused = await runBoth(engine, table, { formula: 'y ~ x', frequency: 'n' });
    expect([refused.memory, refused.engine]).toEqual([{ error: 'bad-weight' }, { error: 'bad-weight' }]);
    const kept = await runBoth(engine, table, { formula: 'y ~ x', frequency: 'n', where: 'x != 2', vcov: ['hc1'] });
    expect(outcomeDifferences(kept)).toEqual([]);
  },
);
