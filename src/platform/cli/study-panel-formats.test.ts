import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type OldVariable, oldDta } from '../../../test/dta.ts';
import { openWide } from '../../../test/wide-engine.ts';
import { runInside } from './testing/run-inside.ts';

/* One panel out of every kind of file. */

const scratch = mkdtempSync(join(tmpdir(), 'kaya-formats-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const firms = Array.from({ length: 12 }, (_, i) => `F${String.fromCharCode(65 + i)}`);
const quarters = Array.from({ length: 8 }, (_, t) => t);
const rows = firms.flatMap((firm, f) =>
  quarters.map((t) => ({
    firm,
    quarter: 200 + t,
    industry: 1 + ((f + (f === 2 && t > 4 ? 1 : 0)) % 3),
    y: Math.round(1000 * Math.sin(3 * f + t * t)) / 1000,
    x: Math.round(1000 * Math.cos(5 * f + t)) / 1000,
  })),
);
const names = ['firm', 'quarter', 'industry', 'y', 'x'] as const;
const csvOf = (some: typeof rows): string =>
  `${names.join(',')}\n${some.map((row) => names.map((name) => row[name]).join(',')).join('\n')}\n`;

const study = (panel: string): string => `kaya: 1
id: formats
title: Formats
data: { panel: ${panel} }
panel: { unit: firm, time: quarter, step: quarter, groups: [industry] }
models:
  base: { formula: "y ~ x + i(industry) + l(x) | firm", vcov: cluster:firm }
tables:
  - { id: t1, kind: regression, title: Base, models: [base] }
`;

async function run(
  name: string,
  panel: string,
): Promise<{ csv: string; results: { data: { shape: object; groups: object[] }; tables: object[] }; report: string }> {
  writeFileSync(join(scratch, `${name}.yaml`), study(panel));
  const out = join(scratch, `out-${name}`);
  const said = await runInside(['study', 'run', join(scratch, `${name}.yaml`), '--out', out]);
  expect([name, said.status, said.err.includes('Mend')]).toEqual([name, 0, false]);
  const read = (file: string): string => readFileSync(join(out, file), 'utf8');
  return { csv: read('panel.csv'), results: JSON.parse(read('results.json')), report: read('report.html') };
}

let plain: Awaited<ReturnType<typeof run>>;

beforeAll(async () => {
  mkdirSync(scratch, { recursive: true });
  writeFileSync(join(scratch, 'firms.csv'), csvOf(rows));
  plain = await run('plain', 'firms.csv');
});

test('parquet, a sheet of a workbook, a table of DuckDB and stacked files give the panel of the csv file', async () => {
  const engine = await openWide();
  try {
    const source = `read_csv('${join(scratch, 'firms.csv')}')`;
    await engine.run(`COPY (SELECT * FROM ${source}) TO '${join(scratch, 'firms.parquet')}' (FORMAT parquet)`);
    await engine.run(`ATTACH '${join(scratch, 'firms.duckdb')}' AS made`);
    await engine.run(`CREATE TABLE made.quarterly AS SELECT * FROM ${source}`);
    await engine.run('DETACH made');
  } finally {
    engine.close();
  }
  const workbook = join(scratch, 'firms.xlsx');
  expect(await runInside(['panel', 'build', join(scratch, 'plain.yaml'), '--out', workbook])).toMatchObject({
    status: 0,
  });
  writeFileSync(join(scratch, 'early.csv'), csvOf(rows.filter(({ quarter }) => quarter < 204)));
  writeFileSync(join(scratch, 'late.csv'), csvOf(rows.filter(({ quarter }) => quarter >= 204)));
  for (const [name, panel] of [
    ['parquet', 'firms.parquet'],
    ['workbook', 'firms.xlsx::data'],
    ['database', 'firms.duckdb::quarterly'],
    ['stacked', '[late.csv, early.csv]'],
  ] as const) {
    const own = await run(name, panel);
    expect([name, own.csv]).toEqual([name, plain.csv]);
    expect(own.results.tables).toEqual(plain.results.tables);
  }
});

test('a dta file brings its labels, the texts of its values, and its quarters, counted from 1960', async () => {
  const width = 2;
  const numeric = (name: 'quarter' | 'industry' | 'y' | 'x', label: string, more: object = {}): OldVariable =>
    ({ name, label: Buffer.from(label), values: rows.map((row) => row[name]), ...more }) as OldVariable;
  const industries = new Map(['Mining', 'Trade', 'Transport'].map((text, i) => [i + 1, Buffer.from(text)]));
  const dta = oldDta(
    [
      { name: 'firm', width, texts: rows.map(({ firm }) => Buffer.from(firm)) },
      numeric('quarter', 'Quarter', { format: '%tq' }),
      numeric('industry', 'Industry', { set: 'ind' }),
      numeric('y', 'Output'),
      numeric('x', 'Input'),
    ],
    rows.length,
    [{ name: 'ind', texts: industries }],
  );
  writeFileSync(join(scratch, 'firms.dta'), dta);
  writeFileSync(join(scratch, 'unsaid.yaml'), study('firms.dta').replace(', step: quarter', ''));
  const { results, report, csv } = await run('dta', 'firms.dta');
  expect(csv).toBe(plain.csv);
  expect(results.tables).toEqual(plain.results.tables);
  expect(results.data.shape).toMatchObject({ first: '2010q1', last: '2011q4', period: { unit: 'quarter', step: 1 } });
  expect(results.data.groups).toEqual([
    { group: 'industry', units: 12, changed: 1, examples: [{ unit: 'FC', groups: ['Transport', 'Mining'] }] },
  ]);
  expect(report).toContain('Industry: Trade');
  expect(report).toContain('Output');
  // The display format says what the numbers count.
  const out = join(scratch, 'unsaid');
  expect(await runInside(['study', 'run', join(scratch, 'unsaid.yaml'), '--out', out])).toMatchObject({ status: 0 });
  expect(readFileSync(join(out, 'report.html'), 'utf8')).toContain('12 firms, 8 quarters');
});
