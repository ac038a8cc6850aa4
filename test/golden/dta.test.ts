import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readDtaSheet } from '../../src/file/dta/dta-sheet.ts';
import { readDta } from '../../src/file/dta/read-dta.ts';
import { writeDta } from '../../src/file/dta/write-dta.ts';
import { columnTable, numberColumn, textColumn } from '../../src/table/column.ts';

const folder = join(import.meta.dirname, 'dta');
const json = (name: string): Golden => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Golden;

/** Shortest digits of the single-precision column. */
const inSingle = (name: string, value: string | number | null): string | number | null =>
  name === 'share' && value !== null ? ([0.1, 79.65, -1e30].find((one) => Math.fround(one) === value) ?? null) : value;

/** haven stores the single-precision column of pandas in doubles. */
const asStored = (name: string, value: number | string): number | string =>
  name === 'share' && typeof value === 'number' ? Math.fround(value) : value;

interface Golden {
  readonly program: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly columns: Readonly<Record<string, readonly (string | number | null)[]>>;
}

describe('dta files that pandas and haven wrote', () => {
  const { labels, columns } = json('reference.json');
  it.each([
    ['haven-113.dta', 113],
    ['haven-115.dta', 115],
    ['gbk-114.dta', 114],
    ['gbk-114-big.dta', 114],
    ['gbk-117.dta', 117],
    ['gbk-117-big.dta', 117],
    ['utf8-118.dta', 118],
    ['utf8-118-big.dta', 118],
    ['utf8-119.dta', 119],
    ['utf8-119-big.dta', 119],
  ])('%s', (name, version) => {
    const bytes = readFileSync(join(folder, name));
    const file = readDta(bytes, name);
    expect([file.version, file.nrow, file.label]).toEqual([version, 4, 'four rows']);
    const { rows } = readDtaSheet(bytes, name);
    for (const [j, variable] of file.variables.entries()) {
      const wanted = columns[variable.name];
      expect([variable.name, variable.label]).toEqual([variable.name, labels[variable.name] ?? '']);
      expect(rows[0][j]).toBe(labels[variable.name] ?? variable.name);
      if (variable.name !== 'day')
        expect(
          [...variable.values].map((value) => (Number.isNaN(value) ? null : asStored(variable.name, value))),
        ).toEqual(wanted);
      const cells = rows.slice(1).map((row) => row[j]);
      if (typeof wanted[0] === 'string') expect(cells).toEqual(wanted.map((value) => value ?? ''));
      else
        expect(cells.map((cell) => (cell === '' ? null : Number(cell)))).toEqual(
          wanted.map((value) => inSingle(variable.name, value)),
        );
    }
    expect(file.variables.find(({ name: one }) => one === 'flag')?.valueLabel).toBe('flag');
    expect(file.variables.length).toBe(version < 117 ? 7 : 8);
    // A single-precision 0.1 is the text 0.1, and not the digits of the double next to it.
    expect(rows[1][4]).toBe('0.1');
  });
});

describe('the dta file that Kaya writes', () => {
  const table = columnTable({
    city: textColumn(['北京', null, 'a,b', '襄樊']),
    城市: textColumn(['x', 'y', 'z', 'w']),
    'fe:city': numberColumn([0.1 + 0.2, null, -1e300, 2 ** 1022]),
    '1998': numberColumn([1, 2, 3, 4]),
    scope: textColumn(['经营范围；'.repeat(600), 'x', null, 'x']),
  });
  const bytes = writeDta(table, { city: '城市' });

  it('has the bytes that pandas has read', () => {
    expect(Buffer.from(bytes).equals(readFileSync(join(folder, 'kaya-118.dta')))).toBe(true);
  });

  it('was read by pandas as the table that it is', () => {
    const { labels, columns } = json('readback.json');
    expect(labels).toEqual({ city: '城市', 城市: '', fe_city: 'fe:city', _1998: '1998', scope: '' });
    expect(columns).toEqual({
      city: ['北京', '', 'a,b', '襄樊'],
      城市: ['x', 'y', 'z', 'w'],
      fe_city: [0.1 + 0.2, null, -1e300, 2 ** 1022],
      _1998: [1, 2, 3, 4],
      scope: ['经营范围；'.repeat(600), 'x', '', 'x'],
    });
  });
});
