import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, expect, it } from 'vitest';
import { workbookParts, zipOf } from '../../../../test/workbook.ts';
import { isStudyError } from '../../../error/study-error.ts';
import type { ColumnRules } from '../../../file/delimited/read-columns.ts';
import { writeDta } from '../../../file/dta/write-dta.ts';
import { encodeGb18030 } from '../../../file/text/encode-gb18030.ts';
import { tableReader } from '../../../platform/engine/table-reader.ts';
import { columnTable, numberColumn, textColumn } from '../../../table/column.ts';
import { readData } from './read-data.ts';

const folder = mkdtempSync(join(tmpdir(), 'kaya-read-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const rules: ColumnRules = { text: [], number: [], missing: [] };

/** A file as the page reads it, and as the command line does. */
async function both(path: string, own: Partial<ColumnRules> = {}) {
  const bytes = new Uint8Array(readFileSync(path)).buffer;
  const { kept: _, ...program } = await tableReader().read(path, own);
  const { sheets, ...page } = await readData({ name: basename(path), bytes }, { ...rules, ...own });
  return { page, sheets, program };
}

const dta = columnTable({
  城市: textColumn(['杭州', '北京', null]),
  year: numberColumn([2001, 2002, 2003]),
  x: numberColumn([1.5, null, -3e10]),
});
const sheet =
  '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>y</t></is></c><c r="B1" t="inlineStr"><is><t>名</t></is></c></row>' +
  '<row r="2"><c r="A2"><v>1.25</v></c><c r="B2" t="inlineStr"><is><t>a</t></is></c></row>' +
  '<row r="3"><c r="A3"><v>2</v></c><c r="B3" t="inlineStr"><is><t>NA</t></is></c></row></sheetData>';

it.each<[string, string | Uint8Array]>([
  ['plain.csv', 'id,y,name\n001,1.5,a\n002,.,b\n003,1e3,NA\n'],
  ['quoted.tsv', '"a b"\tx\n"1\n2"\t3\n"z"\t4\n'],
  ['chinese.csv', encodeGb18030('城市,年份,值\n杭州市,2001,1.5\n北京市,2002,\n')],
  ['marked.csv', '\ufeffa;b\n1;2\n3;4\n'],
  ['titles.csv', 'Table of firms\n\nfirm,year,sales\na,2001,3\nb,2002,4\n'],
  ['repeated.csv', 'x,x,\n1,2,3\n4,5,6\n'],
  ['firms.dta', writeDta(dta, { x: 'The label' })],
  ['book.xlsx', zipOf(workbookParts({ sheets: [{ name: 'S', xml: sheet }] }))],
  ['page.html', '<html><table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>x</td></tr></table></html>'],
])('%s is read as the program reads it', async (name, content) => {
  const path = join(folder, name);
  writeFileSync(path, content);
  const { page, program } = await both(path);
  expect(JSON.stringify(page).replaceAll(`"${name}"`, '""')).toBe(
    JSON.stringify(program).replaceAll(`"${path}"`, '""'),
  );
  expect(page.table).toEqual(program.table);
});

it('names the sheets of a workbook, of which the reader may take another', async () => {
  const path = join(folder, 'two.xlsx');
  const other = sheet.replace('<v>1.25</v>', '<v>7</v>');
  const parts = workbookParts({
    sheets: [
      { name: 'First', xml: sheet },
      { name: '第二', xml: other },
    ],
  });
  writeFileSync(path, zipOf(parts));
  expect((await both(path)).sheets).toEqual(['First', '第二']);
  const bytes = new Uint8Array(readFileSync(path)).buffer;
  const { table } = await readData({ name: 'two.xlsx', bytes, part: '第二' }, rules);
  expect(table).toEqual((await tableReader().read(`${path}::第二`)).table);
  expect(table.columns.y).toMatchObject({ values: Float64Array.of(7, 2) });
});

it('columns that are said to be text, and further marks of a missing cell', async () => {
  const path = join(folder, 'marks.csv');
  writeFileSync(path, 'code,y\n1,-99\n2,5\n');
  const { page, program } = await both(path, { text: ['code'], missing: ['-99'] });
  expect(page.table).toEqual(program.table);
  expect(page.table.columns.code?.kind).toBe('text');
});

const types = [
  ['a', 'INTEGER', 'CASE WHEN i % 5 = 0 THEN NULL ELSE i END'],
  ['b', 'BIGINT', 'i * 1000000007'],
  ['wide', 'BIGINT', '9007199254740993 + i'],
  ['d', 'DOUBLE', 'i / 7'],
  ['f', 'FLOAT', 'i / 3'],
  ['flag', 'BOOLEAN', 'i % 2 = 0'],
  ['money', 'DECIMAL(9,2)', 'i / 4'],
  ['s', 'VARCHAR', "CASE WHEN i = 3 THEN NULL ELSE 'x' || i END"],
  ['day', 'DATE', "DATE '1999-12-30' + CAST(i AS INTEGER)"],
  ['at', 'TIMESTAMP', "TIMESTAMP '1969-12-31 23:59:58.25' + INTERVAL (i) SECOND"],
  ['tiny', 'TINYINT', 'i - 20'],
  ['u', 'UINTEGER', 'i'],
] as const;

it.each(['snappy', 'zstd', 'gzip', 'brotli', 'lz4_raw', 'uncompressed'])(
  'Parquet under %s is read as the engine reads it',
  async (codec) => {
    const path = join(folder, `${codec}.parquet`);
    const engine = await DuckDBInstance.create(':memory:');
    const connection = await engine.connect();
    const columns = types.map(([name, type, sql]) => `CAST(${sql} AS ${type}) AS ${name}`).join(', ');
    await connection.run(
      `COPY (SELECT ${columns} FROM range(41) AS t(i)) TO '${path}' (FORMAT parquet, COMPRESSION ${codec})`,
    );
    connection.closeSync();
    engine.closeSync();
    const { page, program } = await both(path);
    expect(page.table.names).toEqual(program.table.names);
    for (const name of page.table.names) expect(page.table.columns[name], name).toEqual(program.table.columns[name]);
  },
);

it('a damaged Parquet file is refused as on the command line', async () => {
  const bytes = new TextEncoder().encode('PAR1 and no more').buffer;
  const fault = await readData({ name: 'a.parquet', bytes }, rules).catch((error) => error);
  expect(isStudyError(fault, 'file-unreadable') && fault.detail.reason).toBe('engine-damaged');
});
