import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import iconv from 'iconv-lite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { said } from '../../error/said.ts';
import type { StudyError } from '../../error/study-error.ts';
import { columnTable, textColumn } from '../../table/column.ts';
import { listRawFiles, listTableFiles } from './raw-files.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kaya 原始-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function put(name: string, content: string | Uint8Array): void {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), content);
}

describe('listTableFiles', () => {
  it('lists every ending that is read, below folders too, in one order, and what is no table not', () => {
    const names = ['b.XLSX', 'a/2015.csv', 'A.dta', 'c.parquet', 'd.xls', 'e.txt', 'f.tsv', '城市.csv'];
    for (const name of names) put(`yearbook/${name}`, 'x');
    for (const name of ['~$b.xlsx', '.DS_Store', '.hidden.csv', 'Thumbs.db', 'notes.md', '.git/x.csv', 'a/~$2015.csv'])
      put(`yearbook/${name}`, 'x');
    expect(listTableFiles(folder, 'yearbook').map(({ name }) => name.slice('yearbook/'.length))).toEqual([
      'A.dta',
      'a/2015.csv',
      'b.XLSX',
      'c.parquet',
      'd.xls',
      'e.txt',
      'f.tsv',
      '城市.csv',
    ]);
  });

  it('says which endings would do when there is none', () => {
    put('energy/notes.md', 'x');
    expect(() => listTableFiles(folder, 'energy')).toThrow(expect.objectContaining({ code: 'file-not-found' }));
    expect(() => listTableFiles(folder, 'patents')).toThrow(expect.objectContaining({ code: 'file-not-found' }));
  });
});

describe('listRawFiles', () => {
  const csv = '城市,值\n北京,1.5\n上海,2\n';

  it('reads reference tables of every encoding with the same headers and rows', async () => {
    for (const kind of ['registry', 'yearbook', 'energy', 'patents']) put(`${kind}/a.csv`, csv);
    put('reference/cities.csv', csv);
    put('reference/fuels.csv', iconv.encode(csv, 'gb18030'));
    put('reference/grid_factors.csv', Buffer.concat([Buffer.from([0xff, 0xfe]), iconv.encode(csv, 'utf-16le')]));
    put('reference/keywords.csv', `\ufeff${csv}`);
    put('reference/exchange_rates.csv', csv.replaceAll('\n', '\r\n'));
    const { reference } = await listRawFiles(folder, [join(folder, 'reference')]);
    const files = Object.values(reference)
      .flat()
      .filter((file) => file !== null);
    expect(files).toHaveLength(5);
    const wanted = columnTable({ 城市: textColumn(['北京', '上海']), 值: textColumn(['1.5', '2']) });
    for (const file of files) {
      expect(file.table).toEqual(wanted);
      expect([...file.lines]).toEqual([2, 3]);
    }
  });

  it('names the reference table that is missing', async () => {
    for (const kind of ['registry', 'energy', 'patents', 'yearbook']) put(`${kind}/a.csv`, csv);
    const error = await listRawFiles(folder, [folder]).catch((thrown: StudyError) => thrown);
    expect(error).toMatchObject({ code: 'file-not-found', detail: { role: said('file.cities') } });
  });
});
