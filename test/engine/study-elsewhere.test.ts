import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isStudyError } from '../../src/error/study-error.ts';
import { runStudyFolder } from '../../src/platform/app/run-study.ts';
import { openWide } from '../wide-engine.ts';
import { documentDifferences } from './compare.ts';

// A study about a panel whose rows stay in Parquet: the numbers that it has in memory, and what needs rows refused by name.

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kaya-elsewhere-'));
  mkdirSync(join(folder, 'parts'));
  const engine = await openWide();
  try {
    // 2,000 firms of up to twelve years, one row in nine absent, cells missing, firms that come late and go early.
    await engine.run(`CREATE TABLE made AS SELECT firm, 'c' || (firm % 97) AS city, year,
      CASE WHEN (firm * 31 + year * 7) % 23 = 0 THEN NULL ELSE sin(firm * 3.1 + year * 1.7) + firm % 5 END AS x,
      CASE WHEN (firm + year) % 41 = 0 THEN 0 ELSE 1 + (firm * year) % 13 END AS size,
      cos(firm * 1.3 + year * 2.9) + 0.1 * (firm % 11) AS z,
      2 * sin(firm * 3.1 + year * 1.7) + cos(firm * 7.7 + year * 3.3) + firm % 7 + 0.1 * year AS y
      FROM range(1, 2001) f(firm), range(2003, 2015) t(year)
      WHERE (firm * 13 + year * 17) % 9 <> 0 AND year >= 2003 + firm % 4 AND year <= 2014 - firm % 3`);
    for (const part of [0, 1])
      await engine.run(
        `COPY (SELECT * FROM made WHERE firm % 2 = ${part} ORDER BY firm, year) TO '${join(folder, 'parts', `rows-${part}.parquet`)}' (FORMAT parquet)`,
      );
    await engine.run(
      `COPY (SELECT * FROM made ORDER BY firm, year) TO '${join(folder, 'all.parquet')}' (FORMAT parquet)`,
    );
  } finally {
    engine.close();
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const body = `
panel:
  unit: firm
  time: year
  sample:
    - { keep: "size > 0", reason: Known size }
    - { exclude: "city = 'c3' or x > 4.9", reason: Left out, assumption: true }
derived:
  lsize: log(size)
  big: { where: "lsize > 1.5 and z is not missing" }
  more: lsize * z + big
conventions: { vcov: ["cluster:firm", "cluster:city", hc1], r2: within }
models:
  base: { formula: "y ~ x + csw0(lsize, more) | firm + year" }
  dynamic: { formula: "y ~ l(x) + d(z) | firm", ssc: xtreg }
  parts:
    formula: y ~ x + big | city + year
    samples: [{ where: year <= 2008, label: Early }, { where: year > 2008, label: Late }]
  instrumented: { formula: "y ~ lsize | firm | x ~ z + more" }
tables:
  - { id: table1, kind: summary, title: Statistics, variables: [y, x, lsize, big, more], statistics: [obs, missing, mean, sd, within_sd, between_sd, min, p25, median, max] }
  - { id: table2, kind: summary, title: Of some, variables: [x, z], where: "year > 2010 and big = 1" }
  - { id: table3, kind: regression, title: Models, models: [base, dynamic] }
  - { id: table4, kind: regression, title: Parts, models: [parts, instrumented] }
figures:
  - { id: figure1, kind: coefficients, title: One, table: table3, term: x }
hypotheses:
  - { id: H1, text: More is more, table: table3, term: x, sign: positive }
report: { headline: { table: table3, term: x, column: 1 } }
`;

const nothing = (): void => undefined;

async function run(
  name: string,
  data: string,
  more = '',
): Promise<{ results: object; folder: string; report: string }> {
  const study = join(folder, `${name}.yaml`);
  writeFileSync(study, `kaya: 1\nid: elsewhere\ntitle: Elsewhere\ndata: ${data}\n${body}${more}`);
  const done = await runStudyFolder(
    { study, out: join(folder, `out-${name}`), only: [], force: false, threads: 2, noData: true },
    {
      ...{ language: 'en', version: 'here', signal: new AbortController().signal, print: nothing },
      progress: { step: nothing, detail: nothing, done: nothing, warn: nothing },
    },
  );
  return { results: done.outcome.results, folder: done.folder, report: JSON.stringify(done.outcome.report.provenance) };
}

/** Without who made it and what the files are called. */
function numbersOf(results: object): object {
  const { run: _run, data, ...rest } = JSON.parse(JSON.stringify(results));
  const { files: _files, ...told } = data;
  return { ...rest, data: told };
}

test('a file, a folder and a pattern of Parquet have the numbers of memory, and no row is written', async () => {
  const memory = await run('memory', '{ panel: all.parquet, engine: memory }');
  for (const panel of ['all.parquet', 'parts', 'parts/rows-*.parquet']) {
    const ours = await run('duckdb', `{ panel: ${panel}, engine: duckdb }`);
    expect([panel, documentDifferences(numbersOf(ours.results), numbersOf(memory.results))]).toEqual([panel, []]);
    expect(ours.results).toMatchObject({ run: { panel_sha256: null, sums: { engine: 'duckdb', memory: [] } } });
    expect(existsSync(join(ours.folder, 'panel.csv'))).toBe(false);
    expect(ours.report).not.toContain('panel_sha256');
  }
  expect(existsSync(join(memory.folder, 'panel.csv'))).toBe(true);
}, 120_000);

test('what needs rows is refused before anything runs, by its place and with what to do', async () => {
  const cases: readonly (readonly [string, string])[] = [
    ['tables.', '  - { id: c, kind: correlations, title: C, variables: [x, z] }\n'],
    ['models.drawn', 'drawn'],
  ];
  for (const [place, more] of cases) {
    const text =
      more === 'drawn'
        ? body.replace('models:\n', 'models:\n  drawn: { formula: y ~ x | firm, permute: x, reps: 19 }\n')
        : body.replace('figures:\n', `${more}figures:\n`);
    const study = join(folder, 'refused.yaml');
    writeFileSync(study, `kaya: 1\nid: refused\ntitle: R\ndata: { panel: all.parquet, engine: duckdb }\n${text}`);
    const out = join(folder, 'out-refused');
    const error: unknown = await runStudyFolder(
      { study, out, only: [], force: false, threads: 1 },
      {
        ...{ language: 'en', version: 'here', signal: new AbortController().signal, print: nothing },
        progress: { step: nothing, detail: nothing, done: nothing, warn: nothing },
      },
    ).then(nothing, (one: unknown) => one);
    expect(isStudyError(error, 'engine-refused') && error.detail.where.startsWith(place)).toBe(true);
    expect(existsSync(out)).toBe(false);
  }
});
