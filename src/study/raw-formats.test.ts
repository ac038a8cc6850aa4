import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import iconv from 'iconv-lite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import writeExcelFile from 'write-excel-file/node';
import { chinaVocabulary, studyOf } from '../../test/china-pack.ts';
import { cityPanel } from '../domain/china/panel/city-panel.ts';
import { placeIndex } from '../domain/china/place/place-index.ts';
import { placeTablesOf, scanRulesOf } from '../domain/china/registry/firm-rules.ts';
import { writeDta } from '../file/dta/write-dta.ts';
import { readReference } from '../platform/app/raw-layer.ts';
import { openDuckdb } from '../platform/engine/duckdb/open.ts';
import { sheetReader } from '../platform/file/sheet-reader.ts';
import { listRawFiles } from '../platform/store/raw-files.ts';
import { writeTable } from '../platform/store/write-table.ts';
import { firmScanner } from '../platform/worker/registry-scan.ts';
import { type ColumnTable, columnTable, numberColumn, textColumn } from '../table/column.ts';
import { buildPanel } from './build-panel.ts';
import { rawNeeds } from './raw-needs.ts';

const sheetJs = createRequire(import.meta.url)('xlsx') as typeof import('xlsx');

const reference: Readonly<Record<string, string>> = {
  cities: `code,name_zh,name_en,province_zh,province_code,grid,prefecture_level_since,dissolved,in_286,region_nbs
110100,甲市,Jia,东省,110000,north,,,1,east
110200,乙市,Yi,东省,110000,north,,,1,east
`,
  fuels: `key,name_zh,in_paper,base_unit,lhv_kj_per_unit,carbon_content_tc_per_tj,oxidation_rate
raw_coal,原煤,1,kg,20000,25,0.9
electricity,电力,1,kWh,3600,,
`,
  grid_factors: 'year,grid,kind,factor\n2005,north,om,0.8\n',
  keywords: 'zh\n人工智能\n',
  exchange_rates: '年份,人民币对美元年平均汇价(元/百美元)\n2003,800\n2004,800\n',
};

const header = [
  '行政区划代码',
  '城市',
  '年份',
  '地区生产总值(万元)',
  '地区生产总值指数(上年=100)',
  '年末户籍人口(万人)',
];
const cells: (string | number | null)[][] = [
  [110100, '甲市', 2003, 1000000.5, 110, 100],
  [110200, '乙市', 2003, 0.1, 105.25, 50.125],
  [110100, '甲市', 2004, 1200000, 108, 101],
  [110200, '乙市', 2004, 12345678.9, 100, null],
];

const study = `
kaya: 1
id: small
title: small
pack: china-cities
panel: { years: [2003, 2004], universe: in_286, groups: [region] }
measures: [cp, { id: gdp_level, formula: gdp, unit: x, label: x }, { id: rate, formula: gdp / population, unit: x, label: x }]
models: {}
`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kaya 格式-'));
  for (const [name, text] of Object.entries(reference)) put(`reference/${name}.csv`, text);
  put(
    'registry/a.csv',
    '企业名称,统一社会信用代码,成立日期,所属省份,所属城市,经营范围\n甲公司,1,2003-02-01,东省,甲市,人工智能\n',
  );
  const yearly = (row: (code: number, year: number) => string): string =>
    [110100, 110200].flatMap((code) => [2003, 2004].map((year) => row(code, year))).join('\n');
  put(
    'patents/a.csv',
    `行政区划代码,年份,绿色发明专利申请量,绿色实用新型专利申请量\n${yearly((code, year) => `${code},${year},1,2`)}\n`,
  );
  put(
    'energy/a.csv',
    `行政区划代码,年份,能源品种,消费量,单位\n${yearly((code, year) => `${code},${year},原煤,100,万吨\n${code},${year},电力,2,亿千瓦时`)}\n`,
  );
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function put(name: string, content: string | Uint8Array): void {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), content);
}

async function panelOf(sheets = '{}'): Promise<ColumnTable> {
  const engine = await openDuckdb({ threads: 1 });
  try {
    const files = await listRawFiles(folder, [join(folder, 'reference')]);
    const resolved = studyOf(`${study}data: { sheets: ${sheets} }\n`);
    const tables = await readReference([join(folder, 'reference')]);
    const places = placeTablesOf(tables);
    const reader = sheetReader(resolved.data.sheets);
    const scanner = firmScanner({ threads: 1, sheets: reader });
    const built = await buildPanel(
      engine,
      reader,
      cityPanel(files, resolved, {
        dialect: engine.dialect,
        words: chinaVocabulary,
        needed: rawNeeds(resolved.measures, chinaVocabulary),
        scanFirms: () => scanner.scan(files.registry, scanRulesOf(resolved, tables), places),
        keywordNames: new Map(),
        places: placeIndex(places.gazetteer, places.aliases),
        gazetteer: places.gazetteer,
        changes: [],
      }),
      resolved,
      { vocabulary: chinaVocabulary, onStep: () => undefined },
    );
    return built.panel;
  } finally {
    engine.close();
  }
}

const csv = `${[header, ...cells.map((row) => row.map((value) => value ?? ''))].map((row) => row.join(',')).join('\n')}\n`;
const column = (j: number) => cells.map((row) => row[j]);
const tableUnder = (names: readonly string[]): ColumnTable =>
  columnTable(
    Object.fromEntries(
      names.map((name, j) => [name, j === 1 ? textColumn(column(j) as string[]) : numberColumn(column(j) as number[])]),
    ),
  );

const formats: Readonly<Record<string, () => Promise<[name: string, content: Uint8Array]>>> = {
  'GB18030 text': async () => ['y.csv', iconv.encode(csv, 'gb18030')],
  'UTF-16 text with tabs': async () => ['y.txt', Buffer.from(`\ufeff${csv.replaceAll(',', '\t')}`, 'utf16le')],
  xlsx: async () => [
    'y.xlsx',
    await writeExcelFile(
      [header, ...cells].map((row) => row.map((value) => (value === null ? null : { value }))),
    ).toBuffer(),
  ],
  xls: async () => {
    const book = sheetJs.utils.book_new();
    sheetJs.utils.book_append_sheet(book, sheetJs.utils.aoa_to_sheet([header, ...cells]), '全市');
    return ['y.xls', sheetJs.write(book, { type: 'buffer', bookType: 'biff8' }) as Buffer];
  },
  dta: async () => {
    const names = ['code', 'city', 'year', 'gdp', 'index', 'population'];
    return ['y.dta', writeDta(tableUnder(names), Object.fromEntries(names.map((name, j) => [name, header[j]])))];
  },
};

describe('the same yearbook in any format', () => {
  it.each(Object.keys(formats))('%s gives the panel of UTF-8 text, bit by bit', async (format) => {
    put('yearbook/y.csv', csv);
    const wanted = await panelOf();
    expect(wanted.nrow).toBe(4);
    rmSync(join(folder, 'yearbook'), { recursive: true });
    const [name, content] = await formats[format]();
    put(`yearbook/${name}`, content);
    expect(await panelOf()).toEqual(wanted);
  });

  it('parquet gives it, too', async () => {
    put('yearbook/y.csv', csv);
    const wanted = await panelOf();
    rmSync(join(folder, 'yearbook', 'y.csv'));
    await writeTable(tableUnder(header), join(folder, 'yearbook', 'y.parquet'));
    expect(await panelOf()).toEqual(wanted);
  });
});

describe('sheets that a study names', () => {
  const other = cells.map(([code, city, year, gdp, ...rest]) => [code, city, year, Number(gdp) * 2, ...rest]);

  function book(name: string, sheets: Readonly<Record<string, (string | number | null)[][]>>): void {
    const made = sheetJs.utils.book_new();
    for (const [title, rows] of Object.entries(sheets))
      sheetJs.utils.book_append_sheet(made, sheetJs.utils.aoa_to_sheet([header, ...rows]), title);
    put(`yearbook/${name}`, sheetJs.write(made, { type: 'buffer', bookType: 'xlsx' }) as Buffer);
  }

  it('alone are read, by the rules of FILE::SHEET', async () => {
    put('yearbook/y.csv', csv);
    const wanted = await panelOf();
    rmSync(join(folder, 'yearbook', 'y.csv'));
    book('b.xlsx', { 市辖区: other, 全市: cells });
    await expect(panelOf()).rejects.toMatchObject({ code: 'duplicate-source' });
    for (const names of ['[全市]', '[" 全市 "]', '["2"]', '[全市, 全市]'])
      expect(await panelOf(`{ yearbook/b.xlsx: ${names} }`)).toEqual(wanted);
    expect(await panelOf('{ yearbook/b.xlsx: [市辖区] }')).not.toEqual(wanted);
  });

  it('several of them, each file for itself', async () => {
    put('yearbook/y.csv', csv);
    const wanted = await panelOf();
    rmSync(join(folder, 'yearbook', 'y.csv'));
    book('a.xlsx', { 一: cells.slice(0, 2), 二: cells.slice(2), 三: other });
    expect(await panelOf('{ yearbook/a.xlsx: [二, 一] }')).toEqual(wanted);
    book('a.xlsx', { 一: cells.slice(0, 2) });
    book('b.xlsx', { 二: cells.slice(2), 三: other });
    expect(await panelOf('{ yearbook/b.xlsx: [二] }')).toEqual(wanted);
  });

  it('and files that are not there are refused with the nearest name', async () => {
    book('b.xlsx', { 全市: cells, Notes: other });
    await expect(panelOf('{ yearbook/c.xlsx: [全市] }')).rejects.toMatchObject({
      code: 'file-not-found',
      detail: { path: 'yearbook/c.xlsx', nearest: 'yearbook/b.xlsx' },
    });
    await expect(panelOf('{ yearbook/b.xlsx: [Note] }')).rejects.toMatchObject({
      code: 'unknown-sheet',
      detail: { sheet: 'Note', nearest: 'Notes' },
    });
    await expect(panelOf('{ energy/a.csv: [全市] , yearbook/b.xlsx: [全市] }')).rejects.toMatchObject({
      code: 'unknown-sheet',
      detail: { path: 'energy/a.csv', sheets: [] },
    });
  });
});
