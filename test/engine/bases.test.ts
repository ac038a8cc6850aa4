import { afterAll, beforeAll, expect, test } from 'vitest';
import { randomStream } from '../../src/math/random/philox.ts';
import { openDuckdb } from '../../src/platform/engine/duckdb/open.ts';
import type { QueryEngine } from '../../src/study/ports.ts';
import { columnTable, numberColumn, textColumn } from '../../src/table/column.ts';
import { outcomeDifferences, runBoth } from './run-both.ts';

let engine: QueryEngine;
beforeAll(async () => {
  engine = await openDuckdb({ threads: 1 });
});
afterAll(() => engine.close());

// Texts whose order is not that of their lengths, and numbers whose order is not that of their texts.
test.each(['y ~ x | firm + place^size', 'y ~ x | firm + size^place', 'y ~ x | firm + place^size + year'])(
  'the constant of xtreg has the base of memory: %s',
  async (formula) => {
    const stream = randomStream(3, 0);
    const rows = Array.from({ length: 240 }, (_, i) => ({ firm: i % 30, year: 2000 + (Math.floor(i / 30) % 8) }));
    const places = ['b', 'aa', 'ccc', 'Z'];
    const x = rows.map(() => stream.uniform());
    const table = columnTable({
      firm: numberColumn(rows.map(({ firm }) => firm)),
      year: numberColumn(rows.map(({ year }) => year)),
      place: textColumn(rows.map(() => places[Math.floor(stream.uniform() * 4)] ?? '')),
      size: numberColumn(rows.map(() => [-20, -3, 0.5, 100][Math.floor(stream.uniform() * 4)] ?? 0)),
      x: numberColumn(x),
      y: numberColumn(x.map((value, i) => value + stream.uniform() + (i % 7))),
    });
    const both = await runBoth(engine, table, { formula, vcov: ['cluster:firm'], ssc: 'xtreg' });
    expect(outcomeDifferences(both)).toEqual([]);
  },
);
