import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import writeExcelFile from 'write-excel-file/node';
import { openWide } from '../../../test/wide-engine.ts';
import type { RawSheet } from '../../data/source/raw-sheet.ts';
import { fileFaults } from '../../error/file-fault.ts';
import { isStudyError, type StudyError } from '../../error/study-error.ts';
import { writeDta } from '../../file/dta/write-dta.ts';
import { describeError } from '../../output/format/error-text/describe.ts';
import { faultText } from '../../output/format/error-text/file-fault.ts';
import { columnTable, numberColumn, textColumn } from '../../table/column.ts';
import { sheetReader } from './sheet-reader.ts';

const sheetJs = createRequire(import.meta.url)('xlsx') as typeof import('xlsx');
let folder: string;
const reader = sheetReader();

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kaya 表-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

async function read(name: string, content: string | Uint8Array): Promise<readonly RawSheet[]> {
  const path = join(folder, name);
  writeFileSync(path, content);
  return reader.sheets(path, `raw/${name}`);
}

async function errorOf(action: Promise<unknown>): Promise<StudyError> {
  return action.then(
    () => expect.unreachable('no error'),
    (error: StudyError) => error,
  );
}

describe('the same yearbook in every format', () => {
  const header = ['城市', '年份', '地区生产总值(万元)', '第三产业占GDP的比重', '统计日期'];
  const records: (string | number | null)[][] = [
    ['北京市', 2015, 230145914.5, 79.65, '2016-03-02'],
    ['呼和浩特市', 2015, 30905200, null, '2016-03-02'],
    ['襄樊市', 2009, 12345678.9, 0, ''],
    ['巢湖，合肥', 2010, -0.1, 1e-7, '2011-01-01'],
  ];
  const texts = records.map((record) => record.map((value) => (value === null ? '' : String(value))));
  const csv = [header, ...texts].map((line) => line.join(',')).join('\n');

  /** Cells as they are, numeric ones as numbers, so that 1234.50 and 1234.5 are one; blanks at the end off. */
  const cellsOf = (sheets: readonly RawSheet[]): (string | number)[][] => {
    expect(sheets.length).toBe(1);
    return sheets[0].rows.map((line) => {
      const cells = [...line];
      while (cells.at(-1) === '') cells.pop();
      return cells.map((text) => (/^-?\d/.test(text) && Number.isFinite(Number(text)) ? Number(text) : text));
    });
  };
  const wanted = cellsOf([
    {
      path: '',
      sheet: null,
      rows: [header, ...texts],
      lines: null,
      reading: { format: 'csv', encoding: null, delimiter: null, merges: [] },
    },
  ]);
  const column = (j: number): (string | number | null)[] => records.map((record) => record[j]);

  it('UTF-8 and GB18030 text', async () => {
    expect(cellsOf(await read('u.csv', csv))).toEqual(wanted);
    expect(cellsOf(await read('g.csv', iconv.encode(csv, 'gb18030')))).toEqual(wanted);
    expect(cellsOf(await read('t.tsv', csv.replaceAll(',', '\t')))).toEqual(wanted);
  });

  it('xlsx with date cells', async () => {
    const date = (text: string) => ({ value: new Date(`${text}T00:00:00Z`), type: Date, format: 'yyyy-mm-dd' });
    const bytes = await writeExcelFile([
      header.map((value) => ({ value })),
      ...records.map((record) =>
        record.map((value, j) => (value === null || value === '' ? null : j === 4 ? date(String(value)) : { value })),
      ),
    ]).toBuffer();
    expect(cellsOf(await read('x.xlsx', bytes))).toEqual(wanted);
    expect(cellsOf(await read('really-xlsx.xls', bytes))).toEqual(wanted);
  });

  it('xls, BIFF8 with date cells', async () => {
    const sheet = sheetJs.utils.aoa_to_sheet([header, ...records.map((record) => record.map((value) => value ?? ''))]);
    for (let i = 0; i < records.length; i++) {
      const text = String(records[i][4]);
      const serial = (Date.parse(text) - Date.UTC(1899, 11, 30)) / 86_400_000;
      if (text !== '') sheet[`E${i + 2}`] = { t: 'n', v: serial, z: 'yyyy-mm-dd' };
    }
    sheet['!merges'] = [{ s: { r: 7, c: 0 }, e: { r: 8, c: 1 } }];
    const book = sheetJs.utils.book_new();
    sheetJs.utils.book_append_sheet(book, sheet, '数据');
    const bytes = sheetJs.write(book, { type: 'buffer', bookType: 'biff8' }) as Buffer;
    const sheets = await read('x.xls', bytes);
    expect(cellsOf(sheets)).toEqual(wanted);
    expect(sheets[0]).toMatchObject({
      sheet: '数据',
      reading: { format: 'xls', merges: [{ top: 7, left: 0, bottom: 8, right: 1 }] },
    });
    expect(cellsOf(await read('really-xls.xlsx', bytes))).toEqual(wanted);
  });

  it('dta, headers from the labels', async () => {
    const table = columnTable({
      city: textColumn(column(0) as string[]),
      year: numberColumn(column(1) as number[]),
      gdp: numberColumn(column(2) as number[]),
      tertiary: numberColumn(column(3) as (number | null)[]),
      date: textColumn(column(4) as string[]),
    });
    const labels = { city: header[0], year: header[1], gdp: header[2], tertiary: header[3], date: header[4] };
    expect(cellsOf(await read('x.dta', writeDta(table, labels)))).toEqual(wanted);
  });

  it('parquet with integers, doubles, decimals, floats and dates', async () => {
    const path = join(folder, 'x.parquet');
    const engine = await openWide();
    const rows = records.map(
      ([city, year, gdp, share, date]) =>
        `('${city}', ${year}, ${gdp}, ${share ?? 'NULL'}, ${date === '' ? 'NULL' : `DATE '${date}'`})`,
    );
    const types = ['VARCHAR', 'BIGINT', 'DECIMAL(18, 3)', 'FLOAT', 'DATE'];
    const cast = types.map((type, j) => `CAST(c${j} AS ${type}) AS "${header[j]}"`).join(', ');
    await engine.run(
      `COPY (SELECT ${cast} FROM (VALUES ${rows.join(', ')}) t(c0, c1, c2, c3, c4)) TO '${path}' (FORMAT parquet)`,
    );
    await engine.run(
      `COPY (SELECT 110108199001011234 AS code, true AS flag, TIMESTAMP '2015-03-02 00:00:00' AS t) TO '${folder}/big.parquet' (FORMAT parquet)`,
    );
    engine.close();
    expect(cellsOf(await reader.sheets(path, 'x.parquet'))).toEqual(wanted);
    const [big] = await reader.sheets(join(folder, 'big.parquet'), 'big.parquet');
    expect(big.rows[1]).toEqual(['110108199001011234', 'TRUE', '2015-03-02']);
  });
});

describe('what is refused', () => {
  it.each<[string, string | Uint8Array, string]>([
    ['x.xlsx', 'a,b\n1,2', 'zip-damaged'],
    ['x.dta', 'a,b\n1,2', 'dta-version'],
    ['empty.parquet', '', 'empty-file'],
    ['page.xls', '<html><body><table></table></body></html>', 'web-page'],
    ['cut.xls', Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 1, 2), 'xls-damaged'],
  ])('%s', async (name, content, reason) => {
    const error = await errorOf(read(name, content));
    expect(error).toMatchObject({ code: 'file-unreadable', detail: { path: `raw/${name}`, reason } });
  });

  it('takes text under the name of an old workbook for text', async () => {
    expect((await read('text.xls', '城市\t值\n北京\t1\n'))[0].reading).toMatchObject({
      format: 'csv',
      delimiter: '\t',
    });
  });

  it('names the nearest file, and the endings that are known', async () => {
    await read('yearbook.csv', 'a,b\n1,2');
    expect(await errorOf(reader.sheets(join(folder, 'yearbok.csv'), 'raw/yearbok.csv'))).toMatchObject({
      code: 'file-not-found',
      detail: { path: 'raw/yearbok.csv', nearest: 'yearbook.csv' },
    });
    expect(await errorOf(read('x.sav', 'x'))).toMatchObject({ code: 'unsupported-format' });
    expect(await errorOf(read('broken.parquet', 'PAR1xxxxxxxxxx'))).toMatchObject({ code: 'file-unreadable' });
  });

  it('has a sentence for every fault in both languages', async () => {
    const error = await errorOf(read('bad.csv', 'a,b\n1,"2\n'));
    expect(describeError(error, 'en')).toContain('raw/bad.csv, line 2 cannot be read: the quote that opens here');
    expect(describeError(error, 'zh')).toContain('引号没有结束');
    for (const fault of fileFaults) expect(faultText(fault, 'zh')).not.toBe(faultText(fault, 'en'));
    expect(isStudyError(error, 'file-unreadable') && error.detail.line).toBe(2);
  });
});
