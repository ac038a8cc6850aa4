import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runStudyFolder } from '../../src/platform/app/run-study.ts';
import type { StudyOutcome } from '../../src/study/run.ts';
import { documentDifferences } from './compare.ts';
import { onServers } from './spark-servers.ts';

// A study as a whole, in memory and on an engine: every number of results.json, but who made the sums.

const root = join(import.meta.dirname, '../..');
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kaya-studies-'));
  cpSync(join(root, 'studies'), folder, { recursive: true, filter: (path) => !/[\\/](raw|out)$/.test(path) });
  const city = join(folder, 'ai-carbon-productivity', 'study.yaml');
  writeFileSync(city, readFileSync(city, 'utf8').replace('scale: 1,', 'scale: 0.02,'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const nothing = (): void => undefined;

async function run(study: string, engine: 'memory' | 'duckdb' | 'spark', spark: string | null): Promise<StudyOutcome> {
  const done = await runStudyFolder(
    {
      ...{ study: join(folder, study), out: join(folder, `out-${engine}-${study}`), engine, spark },
      ...{ only: [], force: false, threads: 2, noData: true },
    },
    {
      ...{ language: 'en', version: 'here', signal: new AbortController().signal, print: nothing },
      progress: { step: nothing, detail: nothing, done: nothing, warn: nothing },
    },
  );
  return done.outcome;
}

const inMemory = new Map<string, Promise<StudyOutcome>>();

async function holdToMemory(study: string, engine: 'duckdb' | 'spark', spark: string | null, least: number) {
  const known = inMemory.get(study) ?? run(study, 'memory', null);
  inMemory.set(study, known);
  const theirs = await known;
  const ours = await run(study, engine, spark);
  expect(ours.sums?.models.length).toBeGreaterThanOrEqual(least);
  expect([study, documentDifferences(ours.results, theirs.results)]).toEqual([study, []]);
}

/** Studies, and the models of each that an engine estimates at least. */
const studies = [
  ['income-and-life-expectancy', 6],
  ['ai-carbon-productivity', 3],
] as const;

describe('DuckDB: a study has the numbers of memory', () => {
  test.each(studies)('%s', (study, least) => holdToMemory(study, 'duckdb', null, least), 600_000);
});

await onServers('a study has the numbers of memory', ({ name, remote }) => {
  // The city study takes some minutes with Spark beside it on two cores: there by KAYA_TEST_DESIGNS alone, as all designs.
  const isWhole = name === 'Sail' || process.env.KAYA_TEST_DESIGNS !== undefined;
  test.each(isWhole ? studies : studies.slice(0, 1))(
    '%s',
    (study, least) => holdToMemory(study, 'spark', remote, least),
    600_000,
  );
});
