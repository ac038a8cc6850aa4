import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { EngineExecutor, Pass } from '../../src/engine/contract.ts';
import { explainRequest } from '../../src/engine/explain.ts';
import { runByEngine } from '../../src/engine/run-by-engine.ts';
import { isStudyError } from '../../src/error/study-error.ts';
import { readRequest } from '../../src/model/request/read.ts';
import { openDuckdb } from '../../src/platform/engine/duckdb/open.ts';
import type { QueryEngine } from '../../src/study/ports.ts';
import { resultDifferences } from './compare.ts';
import { loadedSource } from './loaded-source.ts';
import { instrumentedDesign, type RandomDesign, randomDesign } from './random-design.ts';

// Rows taken in parts by the levels of the larger effect: sums of the parts are those of all rows.

let engine: QueryEngine;
beforeAll(async () => {
  engine = await openDuckdb({ threads: 1 });
});
afterAll(() => engine.close());

/** Bytes in which the levels of these designs do not fit at once. */
const little = 8000;

async function resultsOf({ table, words }: RandomDesign, memory: number) {
  const executor: EngineExecutor = {
    dialect: engine.dialect,
    memory,
    run: (sql) => engine.run(sql),
    table: (sql) => engine.table(sql),
    load: (name, columns) => engine.load(name, columns),
  };
  const passes: Pass[] = [];
  const source = await loadedSource(engine, table);
  const result = await runByEngine(readRequest(words), {
    ...{ executor, source, name: 'duckdb', version: 'here' },
    onPass: (pass) => passes.push(pass),
  }).catch((error: unknown) => {
    if (isStudyError(error)) return error.code;
    throw error;
  });
  const slices = passes.map((pass) => (pass.kind === 'load' ? 1 : (pass.slice?.count ?? 1)));
  return {
    results: typeof result === 'string' ? [] : result.columns.flatMap(({ results }) => results),
    error: typeof result === 'string' ? result : null,
    slices: Math.max(...slices),
  };
}

const seeds = Array.from({ length: 14 }, (_, k) => 1001 + k);

describe.each([
  ['least squares', randomDesign],
  ['instruments', instrumentedDesign],
] as const)('%s', (_, designOf) => {
  test('sums of parts are those of all rows, in every number to 1e-12', async () => {
    let sliced = 0;
    for (const seed of seeds) {
      const design = designOf(seed, [0, 0, 1e3]);
      const whole = await resultsOf(design, 2e9);
      const parts = await resultsOf(design, little);
      expect([seed, whole.slices, parts.error]).toEqual([seed, 1, whole.error]);
      whole.results.forEach((one, k) => {
        const other = parts.results[k] ?? { ...one, nobs: -1 };
        expect([seed, design.words, resultDifferences(other, one, 1e-12)]).toEqual([seed, design.words, []]);
      });
      if (parts.slices > 1) sliced += 1;
    }
    expect(sliced).toBeGreaterThan(4);
  });
});

test('slices are in the plan: by memory and the levels that rows are taken to have', async () => {
  const { table } = randomDesign(1);
  const source = await loadedSource(engine, table);
  const request = readRequest({ formula: 'y ~ x | firm + year', vcov: ['cluster:firm'] });
  const counts = (memory: number): readonly number[] =>
    explainRequest(request, { source, dialect: engine.dialect, nrow: 1e9, memory })
      .flatMap(({ passes }) => passes)
      .filter(({ id }) => id === 'products')
      .map(({ slice }) => slice?.count ?? 1);
  expect(counts(1e13)).toEqual([1]);
  expect(new Set(counts(12e9))).toEqual(new Set([counts(12e9).length]));
  expect(counts(12e9).length).toBeGreaterThan(2);
});
