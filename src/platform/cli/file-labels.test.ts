import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { writeDta } from '../../file/dta/write-dta.ts';
import { columnTable, numberColumn } from '../../table/column.ts';
import { runInside } from './testing/run-inside.ts';

const folder = mkdtempSync(join(tmpdir(), 'kaya-labels-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = join(folder, 'd.dta');
const n = 40;
const column = (of: (i: number) => number) => numberColumn(Array.from({ length: n }, (_, i) => of(i)));
const table = columnTable({
  wage: column((i) => Math.sin(i) + i / 9),
  x: column((i) => Math.cos(3 * i)),
  z: column((i) => Math.sin(5 * i)),
  w: column((i) => Math.cos(7 * i)),
  firm: column((i) => i % 8),
});
writeFileSync(file, writeDta(table, { wage: 'Hourly wage', x: '研发投入', z: 'Age', w: 'Age', firm: 'Firm code' }));

const kaya = async (...argv: readonly string[]) => (await runInside(argv, { LANG: 'C' })).out;
const reg = (...argv: readonly string[]) => kaya('reg', file, 'wage ~ x:z + x + z + w | firm', ...argv);

describe('labels of a dta file', () => {
  test('are what a table on a page calls variables, those with one label by their names too', async () => {
    const page = await reg('--format', 'md', '--vcov', 'cluster:firm');
    for (const part of [
      '| 研发投入 ×',
      '| 研发投入 |',
      '| Age (z) |',
      '| Age (w) |',
      'Firm code fixed effects',
      'Hourly wage',
    ])
      expect(page).toContain(part);
    expect(page).toContain('clustered by Firm code');
  });

  test('and what a laid out table does; rename goes before them, --no-labels leaves them off', async () => {
    const shown = await reg('--style', 'aer', '--rename', 'z = Tenure');
    for (const part of ['研发投入 × Tenure', '\nTenure ', '\nAge ']) expect(shown).toContain(part);
    const plain = await reg('--style', 'aer', '--no-labels');
    expect(plain).toMatch(/\nx:z .*\n/);
    expect(plain).not.toMatch(/Age|Hourly|研发/);
  });

  test('the terminal, csv and json keep the names, which can be typed', async () => {
    for (const format of ['text', 'csv', 'json']) expect(await reg('--format', format)).not.toMatch(/Age|Hourly|研发/);
    expect(await reg('--no-labels')).toBe(await reg());
  });

  test.each([
    ['summary', ['x', 'z', 'w']],
    ['correlations', ['x', 'z', 'w']],
    ['groups', ['x', 'z', '--by', 'firm', '--where', 'firm < 2']],
  ])('describe --kind %s: on a page', async (kind, argv) => {
    const asked = ['describe', file, '--kind', kind, ...argv];
    expect(await kaya(...asked, '--format', 'md')).toContain('研发投入');
    expect(await kaya(...asked, '--format', 'md', '--no-labels')).not.toContain('研发投入');
    for (const format of ['text', 'csv', 'json'])
      expect(await kaya(...asked, '--format', format)).not.toContain('研发投入');
  });
});
