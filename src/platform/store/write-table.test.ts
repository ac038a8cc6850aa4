import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { isStudyError } from '../../error/study-error.ts';
import { columnTable, numberColumn, textColumn } from '../../table/column.ts';
import { tableReader } from '../engine/table-reader.ts';
import { sheetReader } from '../file/sheet-reader.ts';
import { writeTable } from './write-table.ts';

const folder = mkdtempSync(join(tmpdir(), 'write-table-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const table = columnTable({
  'fe:city': numberColumn([0.1 + 0.2, null, -1e-300, 5e22]),
  city: textColumn(['a,b', 'say "c"', null, '北京']),
  code: textColumn(['01', '02', '03', '04']),
});

describe('a table written and read again', () => {
  test('csv: every digit, quotes, missing cells', async () => {
    const path = join(folder, 'deep', 'out.csv');
    await writeTable(table, path);
    expect(readFileSync(path, 'utf8')).toBe(
      'fe:city,city,code\r\n0.30000000000000004,"a,b",01\r\n,"say ""c""",02\r\n-1e-300,,03\r\n5e+22,北京,04\r\n',
    );
  });

  test('parquet: the same table, text of digits still text', async () => {
    const path = join(folder, 'out.parquet');
    await writeTable(table, path);
    const read = await tableReader().read(path);
    expect(read.table).toEqual(table);
  });

  test('dta: the same table, columns under names that Stata takes', async () => {
    const path = join(folder, 'out.dta');
    await writeTable(table, path, { city: '城市' });
    const read = await tableReader().read(path);
    expect(read.table).toEqual(
      columnTable({ fe_city: table.columns['fe:city'], city: table.columns.city, code: table.columns.code }),
    );
  });

  test('xlsx: the same cells, labels on a sheet of their own, the same bytes whatever the clock', async () => {
    const path = join(folder, 'out.xlsx');
    vi.useFakeTimers({ now: new Date('2020-01-01T00:00:00Z'), toFake: ['Date'] });
    await writeTable(table, path, { city: '城市' });
    const first = readFileSync(path);
    vi.setSystemTime(new Date('2026-05-05T05:05:06Z'));
    await writeTable(table, path, { city: '城市' });
    vi.useRealTimers();
    expect(readFileSync(path).equals(first)).toBe(true);
    const sheets = await sheetReader().sheets(path, 'out.xlsx');
    expect(sheets.map(({ sheet, rows }) => [sheet, rows])).toEqual([
      [
        'data',
        [
          ['fe:city', 'city', 'code'],
          ['0.30000000000000004', 'a,b', '01'],
          ['', 'say "c"', '02'],
          ['-1E-300', '', '03'],
          ['5E+22', '北京', '04'],
        ],
      ],
      [
        'variables',
        [
          ['variable', 'label'],
          ['city', '城市'],
        ],
      ],
    ]);
  });

  test('nothing is left beside it', () => {
    expect(readdirSync(folder).sort()).toEqual(['deep', 'out.dta', 'out.parquet', 'out.xlsx']);
  });

  test('another ending is refused before anything is written', async () => {
    const path = join(folder, 'out.sav');
    const error = await writeTable(table, path).catch((thrown: unknown) => thrown);
    expect(isStudyError(error, 'unsupported-format')).toBe(true);
    expect(existsSync(path)).toBe(false);
  });
});

describe('a table that the format cannot hold is refused before anything is written', () => {
  const columns = (count: number) =>
    columnTable(Object.fromEntries(Array.from({ length: count }, (_, j) => [`v${j}`, numberColumn([1])])));
  test.each([
    ['wide.xlsx', columns(16_385), 'columns'],
    ['wide.dta', columns(32_768), 'columns'],
    ['long.xlsx', columnTable({ x: { kind: 'number', values: new Float64Array(1_048_576) } }), 'rows'],
    ['cell.xlsx', columnTable({ x: textColumn(['x'.repeat(40_000)]) }), 'letters'],
  ] as const)('%s', async (name, large, of) => {
    const path = join(folder, name);
    await expect(writeTable(large, path)).rejects.toMatchObject({ code: 'format-limit', detail: { of } });
    expect(existsSync(path)).toBe(false);
  });
});
