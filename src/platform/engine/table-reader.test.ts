import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import writeExcelFile from 'write-excel-file/node';
import { openWide } from '../../../test/wide-engine.ts';
import { setBudgets } from '../../error/budget.ts';
import type { StudyError } from '../../error/study-error.ts';
import { writeDta } from '../../file/dta/write-dta.ts';
import type { TableReader } from '../../study/ports.ts';
import { type Column, columnTable, numberColumn, textColumn } from '../../table/column.ts';
import { readRowCondition } from '../../table/condition/row-condition.ts';
import { tableReader } from './table-reader.ts';

const sheetJs = createRequire(import.meta.url)('xlsx') as typeof import('xlsx');
let folder: string;
let engine: Awaited<ReturnType<typeof openWide>>;
let reader: TableReader;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kaya 数据-'));
  engine = await openWide();
  reader = tableReader();
});
afterAll(() => {
  engine.close();
  rmSync(folder, { recursive: true, force: true });
});

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const cells = (column: Column): (number | string | null)[] =>
  column.kind === 'number'
    ? [...column.values].map((value) => (Number.isNaN(value) ? null : value))
    : [...column.codes].map((code) => (code < 0 ? null : column.levels[code]));

async function errorOf(action: Promise<unknown>): Promise<StudyError> {
  return action.then(
    () => expect.unreachable('no error'),
    (error: StudyError) => error,
  );
}

describe('tableReader', () => {
  it('reads numbers in full precision and what R and Stata write for missing', async () => {
    const path = file('a.csv', '城市,x,y\n北京,0.1,NA\n上海,1e-300,.\n"天,津",9007199254740991,2\n');
    const { table } = await reader.read(path);
    expect(table.names).toEqual(['城市', 'x', 'y']);
    expect(cells(table.columns.城市)).toEqual(['北京', '上海', '天,津']);
    expect(cells(table.columns.x)).toEqual([0.1, 1e-300, 9007199254740991]);
    expect(cells(table.columns.y)).toEqual([null, null, 2]);
  });

  it('refuses a long sheet with a cell far to the right before it is filled up', async () => {
    const rows = Array.from({ length: 6000 }, (_, i) => `<tr><td>${i}</td></tr>`).join('');
    const far = `<tr><td>a</td><td colspan="9999"></td><td>far</td></tr>`;
    const path = file('far.html', `<table>${far}${rows}</table>`);
    expect((await errorOf(reader.read(path))).detail).toMatchObject({ reason: 'sheet-too-large' });
  });

  it('lets the whole column decide whether it is numeric', async () => {
    const rows = Array.from({ length: 30_000 }, (_, i) => `${i},1`);
    const path = file('late.csv', `id,x\n${rows.join('\n')}\n30000,12x\n`);
    const { table } = await reader.read(path);
    expect([table.columns.id.kind, table.columns.x.kind]).toEqual(['number', 'text']);
  });

  it.each([
    ['tab', 'a.tsv', 'x\ty\n1\t2\n'],
    ['semicolon', 'semi.csv', 'x;y\n1;2\n'],
    ['byte order mark and CRLF', 'bom.csv', '\ufeffx,y\r\n1,2\r\n'],
  ])('reads %s', async (_, name, text) => {
    const { table } = await reader.read(file(name, text));
    expect(table.names).toEqual(['x', 'y']);
    expect([cells(table.columns.x), cells(table.columns.y)]).toEqual([[1], [2]]);
  });

  it('reads GB18030', async () => {
    // 城市,值 / 北京,1 in GB18030.
    const bytes = Uint8Array.from([
      0xb3, 0xc7, 0xca, 0xd0, 0x2c, 0xd6, 0xb5, 0x0a, 0xb1, 0xb1, 0xbe, 0xa9, 0x2c, 0x31, 0x0a,
    ]);
    const { table } = await reader.read(file('gbk.csv', bytes));
    expect(table.names).toEqual(['城市', '值']);
    expect(cells(table.columns.城市)).toEqual(['北京']);
  });

  it('reads parquet and marks the rows that a filter keeps', async () => {
    const path = join(folder, 'p.parquet');
    await engine.run(
      `COPY (SELECT * FROM (VALUES (1, 'a'), (2, 'b'), (3, NULL)) t(x, g)) TO '${path}' (FORMAT parquet)`,
    );
    const { table, kept } = await reader.read(path, { where: readRowCondition("x >= 2 AND (g = 'b' OR g IS NULL)") });
    expect([cells(table.columns.x), kept]).toEqual([[1, 2, 3], Uint8Array.of(0, 1, 1)]);
  });

  it('names the line of a row with a cell too many, whatever the other rows look like', async () => {
    const error = await errorOf(reader.read(file('bad.csv', 'a,b,c\n1,2,3\n4,5,6,7,8\n7,8,9\n')));
    expect(error).toMatchObject({
      code: 'file-unreadable',
      detail: { line: 3, reason: 'ragged-row', expected: 3, found: 5 },
    });
    const open = await errorOf(reader.read(file('open.csv', 'a,b,c\n1,2,3\n4,"5,6\n7,8,9\n')));
    expect(open).toMatchObject({ code: 'file-unreadable', detail: { line: 3 } });
  });

  it('refuses an empty file, a blank header, an unknown ending', async () => {
    expect(await errorOf(reader.read(file('empty.csv', '')))).toMatchObject({
      code: 'file-unreadable',
      detail: { reason: 'empty-file' },
    });
    expect(await errorOf(reader.read(file('blank.csv', '\n1,2\n')))).toMatchObject({
      code: 'file-unreadable',
      detail: { line: 1, reason: 'no-header' },
    });
    expect(await errorOf(reader.read(file('x.sav', 'x')))).toMatchObject({
      code: 'unsupported-format',
      detail: { known: expect.arrayContaining(['.dta', '.xls', 'FILE.duckdb::table']) },
    });
    expect(await errorOf(reader.read(file('x.dta', 'x')))).toMatchObject({ detail: { reason: 'dta-version' } });
  });

  it('reads dta by the names of its variables, with a filter', async () => {
    const made = columnTable({
      city: textColumn(['北京', null, '01']),
      x: numberColumn([0.1, 2, null]),
    });
    const path = file('a.dta', writeDta(made, { city: '城市', x: '值' }));
    expect((await reader.read(path)).table).toEqual(made);
    const { table, kept } = await reader.read(path, { where: readRowCondition('x > 1') });
    expect([table.names, cells(table.columns.x), kept]).toEqual([
      ['city', 'x'],
      [0.1, 2, null],
      Uint8Array.of(0, 1, 0),
    ]);
    expect(await errorOf(reader.read(path, { where: readRowCondition('y > 1') }))).toMatchObject({
      code: 'unknown-column',
      detail: { name: 'y' },
    });
  });

  it('reads the first sheet of a workbook, old or new, and fills rows that end early', async () => {
    const rows = [
      ['城市', 'x', 'y'],
      ['北京', 1.5, '2'],
      ['天,津', 1e-30, null],
    ];
    const xlsx = await writeExcelFile(
      rows.map((row) => row.map((value) => (value === null ? null : { value }))),
    ).toBuffer();
    const book = sheetJs.utils.book_new();
    sheetJs.utils.book_append_sheet(book, sheetJs.utils.aoa_to_sheet(rows), 'S');
    const xls = sheetJs.write(book, { type: 'buffer', bookType: 'biff8' }) as Buffer;
    for (const path of [file('a.xlsx', xlsx), file('a.xls', xls)]) {
      const { table } = await reader.read(path);
      expect(table.names).toEqual(['城市', 'x', 'y']);
      expect(cells(table.columns.城市)).toEqual(['北京', '天,津']);
      expect(cells(table.columns.x)).toEqual([1.5, 1e-30]);
      expect(cells(table.columns.y)).toEqual([2, null]);
    }
  });

  it('reads UTF-16, names the line of a row that is cut short in it', async () => {
    const utf16 = (text: string): Buffer => Buffer.from(`\ufeff${text}`, 'utf16le');
    const { table } = await reader.read(file('u16.csv', utf16('城市\tx\r\n北京\t1\r\n')));
    expect(cells(table.columns.城市)).toEqual(['北京']);
    expect(await errorOf(reader.read(file('cut16.csv', utf16('a,b,c\n1,2,3\n"x\ny",2\n'))))).toMatchObject({
      code: 'file-unreadable',
      detail: { line: 3, reason: 'ragged-row', expected: 3, found: 2 },
    });
  });

  it('refuses text that was garbled before, with its line', async () => {
    expect(await errorOf(reader.read(file('bad-text.csv', 'city,x\nå\u008c\u0097,1\n')))).toMatchObject({
      code: 'file-unreadable',
      detail: { line: 2, reason: 'garbled-text' },
    });
  });

  it('names the nearest file when there is none, and the nearest column of a filter', async () => {
    file('panel.csv', 'city,x\n1,2\n');
    expect(await errorOf(reader.read(join(folder, 'pannel.csv')))).toMatchObject({
      code: 'file-not-found',
      detail: { nearest: 'panel.csv' },
    });
    expect(
      await errorOf(reader.read(join(folder, 'panel.csv'), { where: readRowCondition('citty = 1') })),
    ).toMatchObject({
      code: 'unknown-column',
      detail: { name: 'citty', nearest: 'city' },
    });
  });

  it('reads a table of a DuckDB file', async () => {
    const path = join(folder, 'd.duckdb');
    await engine.run(`ATTACH '${path}' AS made`);
    await engine.run('CREATE TABLE made.panel AS SELECT 1 AS x');
    await engine.run('DETACH made');
    const { table } = await reader.read(`${path}::panel`);
    expect(cells(table.columns.x)).toEqual([1]);
  });
});

describe('columns beyond the budget', () => {
  afterEach(() => setBudgets({}));
  it('are refused for a file of the engine before its rows are read', async () => {
    const path = join(folder, 'wide.parquet');
    await engine.run(`COPY (SELECT 1 AS a, 2 AS b, 3 AS c) TO '${path}' (FORMAT parquet)`);
    setBudgets({ columns: 2 });
    await expect(tableReader().read(path)).rejects.toMatchObject({
      code: 'over-budget',
      detail: { budget: 'columns', asked: 3, where: path },
    });
    setBudgets({});
    expect((await tableReader().read(path)).table.names).toEqual(['a', 'b', 'c']);
  });
});
