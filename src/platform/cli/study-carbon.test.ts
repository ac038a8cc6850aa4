import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { codedMissing, type OldVariable, oldDta } from '../../../test/dta.ts';
import { runInside } from './testing/run-inside.ts';

/* The study of carbon productivity on generated files of the shapes that its sources have: the data are not in the repository. */

const scratch = mkdtempSync(join(tmpdir(), 'kaya-carbon-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const codes = Array.from({ length: 24 }, (_, i) => `C${String.fromCharCode(65 + i)}X`);
const years = Array.from({ length: 40 }, (_, i) => 1975 + i);

function draws(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

/** A table of the Penn World Table's columns: product missing before 1980 in some countries, one price level marked. */
function productFile(): Uint8Array {
  const draw = draws(17);
  const rows = codes.flatMap((code, c) => years.map((year) => ({ code, c, year })));
  const number = (name: string, of: (row: (typeof rows)[number]) => number): OldVariable => ({
    name,
    label: Buffer.from(`PWT ${name}`),
    values: rows.map(of),
  });
  return oldDta(
    [
      { name: 'countrycode', width: 3, texts: rows.map(({ code }) => Buffer.from(code)) },
      number('year', ({ year }) => year),
      number('rgdpna', ({ c, year }) => (c % 5 === 0 && year < 1980 ? codedMissing(0) : 1000 * (c + 1) * (1 + draw()))),
      number('pop', ({ c }) => 2 * (c + 1) + draw()),
      number('emp', ({ c }) => c + 1 + 0.3 * draw()),
      number('rnna', ({ c }) => 5000 * (c + 1) * (1 + draw())),
      number('hc', () => 1 + 2 * draw()),
      number('csh_x', () => 0.3 * draw()),
      number('csh_m', () => -0.3 * draw()),
      number('i_outlier', ({ c, year }) => (c === 3 && year === 2000 ? 1 : 0)),
    ],
    rows.length,
  );
}

/** Our World in Data's columns: aggregates without a code, one country with few years. */
function emissionsFile(): string {
  const draw = draws(29);
  const lines = ['country,year,iso_code,population,co2'];
  for (const year of years) lines.push(`World,${year},,,${(1000 + draw()).toFixed(3)}`);
  codes.forEach((code, c) => {
    for (const year of c === 7 ? years.slice(0, 9) : years) {
      lines.push(`Country ${c},${year},${code},,${(10 * (c + 1) * (0.5 + draw())).toFixed(3)}`);
    }
  });
  return `${lines.join('\n')}\n`;
}

test('the study runs on files of these shapes: rows without a partner, few years and marked prices are counted out', async () => {
  const folder = join(scratch, 'study');
  mkdirSync(join(folder, 'data'), { recursive: true });
  copyFileSync('studies/carbon-productivity-of-countries/study.yaml', join(folder, 'study.yaml'));
  const absent = await runInside(['study', 'check', folder]);
  expect(absent).toMatchObject({ status: 1 });
  expect(absent.err).toContain('pwt1001.dta');

  writeFileSync(join(folder, 'data/pwt1001.dta'), productFile());
  writeFileSync(join(folder, 'data/owid-co2-data.csv'), emissionsFile());
  const out = join(scratch, 'out');
  expect(await runInside(['study', 'run', folder, '--out', out])).toMatchObject({ status: 0 });
  const { data } = JSON.parse(readFileSync(join(out, 'results.json'), 'utf8'));
  const rows = codes.length * years.length;
  expect(data.joins).toMatchObject([
    { by: ['countrycode = iso_code', 'year'], before: rows, matched: rows - 31, unmatched: 31, unused: years.length },
  ]);
  expect(data.flow.rules).toMatchObject([
    { kind: 'keep', rows_out: 31 + 5 * 5, units_out: 0 },
    { kind: 'keep', rows_out: 9, units_out: 1, assumption: true },
    { kind: 'exclude', rows_out: 1, units_out: 0 },
  ]);
  expect(data.shape).toMatchObject({ units: 23, first: '1975', last: '2014', balanced: false, gap_units: 1 });
  expect(readFileSync(join(out, 'report.html'), 'utf8')).toContain('23 countries, 40 years');
});
