import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { runByEngine } from '../../src/engine/run-by-engine.ts';
import { readRequest } from '../../src/model/request/read.ts';
import { estimateRequested } from '../../src/model/request/run.ts';
import { engineData } from '../../src/platform/engine/duckdb/engine-data.ts';
import { openSource } from '../../src/platform/engine/duckdb/engine-source.ts';
import { tableReader } from '../../src/platform/engine/table-reader.ts';
import { openWide } from '../wide-engine.ts';
import { resultDifferences } from './compare.ts';

// Rows that are read again from a file in every pass: cells that are none, and effects that leave little of what there was.

const folder = mkdtempSync(join(tmpdir(), 'kaya-rows-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Units of nine years with holes, in which a share of the cells of x holds what is written there; unit effects of a size. */
async function parquet(name: string, cell: string, size: number): Promise<string> {
  const path = join(folder, `${name}.parquet`);
  const wide = await openWide();
  const noise = (k: number): string => `((hash(i * 8 + ${k}) % 100000) / 50000::DOUBLE - 1)`;
  const effect = `${size} * ((hash(unit) % 1000) / 500::DOUBLE - 1)`;
  await wide.run(`COPY (SELECT unit, year, firm, 0.5 * z + ${effect} + ${noise(1)} + 0.2 * year AS y, z,
      CASE WHEN hash(i * 8 + 5) % 50 = 0 THEN ${cell} ELSE 0.3 * z + ${effect} + ${noise(2)} END AS x
    FROM (SELECT i, i // 9 AS unit, 2000 + i % 9 AS year, hash(i * 8 + 6) % 70 AS firm, ${noise(3)} AS z
      FROM (SELECT range AS i FROM range(5400))) WHERE hash(i * 8 + 4) % 4 > 0) TO '${path}' (FORMAT parquet)`);
  wide.close();
  return path;
}

async function differences(path: string, formula: string, vcov: string[]) {
  const request = readRequest({ formula, vcov });
  const { table } = await tableReader({ threads: 1 }).read(path);
  const rules = { text: [], number: [], missing: [] };
  const { engine, source } = await openSource(engineData(path), rules, { threads: 2, memory: null });
  try {
    const ours = await runByEngine(request, { executor: engine, source, name: 'duckdb', version: 'here' });
    const theirs = estimateRequested(request, table).columns.flatMap(({ results }) => results);
    const results = ours.columns.flatMap((column) => column.results);
    expect(results.length).toBe(theirs.length);
    return results.flatMap((one, k) => (theirs[k] === undefined ? [] : resultDifferences(one, theirs[k])));
  } finally {
    engine.close();
  }
}

const formulas = ['y ~ x + z | unit + year', 'y ~ x + z | unit + firm', 'y ~ x + z | unit', 'y ~ x + z'];
const covariances = ['cluster:unit', 'cluster:year', 'hc1'];

test.each([
  ['no number', "'NaN'::DOUBLE"],
  ['infinity', "'Infinity'::DOUBLE"],
  ['nothing', 'NULL'],
  ['a number', '1.5'],
])('%s in a cell of a file', async (name, cell) => {
  const path = await parquet(name, cell, 1);
  for (const formula of formulas)
    expect([formula, await differences(path, formula, covariances)]).toEqual([formula, []]);
});

test('effects of 10,000 times what varies within them', async () => {
  const path = await parquet('large', 'NULL', 1e4);
  for (const formula of formulas.slice(0, 3))
    expect([formula, await differences(path, formula, covariances)]).toEqual([formula, []]);
});
