import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chinaVocabulary, studyOf } from '../../test/china-pack.ts';
import { cityPanel } from '../domain/china/panel/city-panel.ts';
import { placeIndex } from '../domain/china/place/place-index.ts';
import { placeTablesOf, scanRulesOf } from '../domain/china/registry/firm-rules.ts';
import type { StudyError } from '../error/study-error.ts';
import { readReference } from '../platform/app/raw-layer.ts';
import { openDuckdb } from '../platform/engine/duckdb/open.ts';
import { sheetReader } from '../platform/file/sheet-reader.ts';
import { listRawFiles } from '../platform/store/raw-files.ts';
import { firmScanner } from '../platform/worker/registry-scan.ts';
import { numberAt, textAt } from '../table/cell-at.ts';
import type { ColumnTable } from '../table/column.ts';
import { accountData } from './account-data.ts';
import { type BuiltPanel, buildPanel } from './build-panel.ts';
import { rawNeeds } from './raw-needs.ts';

/*
 * Three cities, 2003-2006. By hand:
 *   coal 20000 kJ/kg × 25 tC/TJ × 0.9 × 44/12 × 1e-6 = 1.65 t CO2 per t; 100 万吨 give 165.
 *   gas 40000 × 15 × 1 × 44/12 × 1e-6 = 2.2 kg per m3; 0.5 亿立方米 give 0.5 × 10 × 2.2 = 11.
 *   electricity 2 亿千瓦时 × 10 × 0.8 (2005 factor is nearest to 2003) = 16.
 *   甲市 2003: co2 = 192, real product = 1,000,000 万元 = 100 亿元; 2004: 100 × 1.10 = 110.
 */
const raw: Readonly<Record<string, string>> = {
  'reference/cities.csv': `code,name_zh,name_en,province_zh,province_en,province_code,grid,prefecture_level_since,dissolved,in_286,region_nbs
110100,甲市,Jia,东省,Dong,110000,north,,,1,east
110200,乙市,Yi,东省,Dong,110000,north,,,1,east
120100,丙市,Bing,西省,Xi,120000,north,,,1,west
`,
  'reference/fuels.csv': `key,name_zh,in_paper,base_unit,lhv_kj_per_unit,carbon_content_tc_per_tj,oxidation_rate
raw_coal,原煤,1,kg,20000,25,0.9
natural_gas,天然气,1,m3,40000,15,1
electricity,电力,1,kWh,3600,,
heat,热力,0,GJ,,,
`,
  'reference/grid_factors.csv': `year,grid,kind,factor
2005,north,om,0.8
2006,north,om,0.7
2006,north,average,0.1
`,
  'reference/keywords.csv': 'zh\n人工智能\n物联网\n',
  'reference/exchange_rates.csv': '年份,人民币对美元年平均汇价(元/百美元)\n2003,800\n2004,800\n2005,800\n2006,800\n',
  'registry/a.csv': `企业名称,统一社会信用代码,成立日期,所属省份,所属城市,经营范围
甲（合成）人工智能公司,91110100XX0000001A,2003-02-01,东省,甲市,咨询
甲（合成）公司,91110100XX0000002A,2003/5/1,东省,甲市,物联网应用；人工智能软件
甲（合成）公司,91110100XX0000002A,2003/5/1,东省,甲市,物联网应用；人工智能软件
乙（合成）公司,91110200XX0000003A,2004-01-01,,,人工智能软件
丁（合成）公司,91990100XX0000004A,2004-01-01,,,人工智能软件
甲（合成）公司,91110100XX0000005A,2003-01-01,东省,甲市,互联网；人工、智能
`,
  'patents/a.csv': yearly(
    '行政区划代码,年份,绿色发明专利申请量,绿色实用新型专利申请量',
    (code, year) => `${code},${year},1,2`,
  ),
  'energy/a.csv': yearly('行政区划代码,年份,能源品种,消费量,单位', (code, year) =>
    [`${code},${year},原煤,100,万吨`, `${code},${year},天然气,5000,万立方米`, `${code},${year},电力,2,亿千瓦时`].join(
      '\n',
    ),
  ),
  ...Object.fromEntries([2003, 2004, 2005, 2006].map((year) => [`yearbook/${year}.csv`, yearbook(year)])),
};

function yearly(header: string, row: (code: number, year: number) => string): string {
  const rows = [110100, 110200, 120100].flatMap((code) => [2003, 2004, 2005, 2006].map((year) => row(code, year)));
  return `${[header, ...rows].join('\n')}\n`;
}

/** 2003 in 亿元, the other years in 万元; the waste rate of 甲市 is missing in 2004 and 2006, that of 乙市 in 2003. */
function yearbook(year: number): string {
  const unit = year === 2003 ? '亿元' : '万元';
  const gdp = year === 2003 ? '100' : '"1,200,000"';
  const waste = (code: number): string => {
    if (code === 110100) return { 2003: '80', 2004: '—', 2005: '90', 2006: '' }[year]!;
    return code === 110200 && year === 2003 ? '' : '70';
  };
  const index = year === 2004 ? 110 : 105;
  const rows = [110100, 110200, 120100].map((code) => `${code},x,${gdp},${index},100,${waste(code)}`);
  return `${[`行政区划代码,城市,地区生产总值（${unit}）,地区生产总值指数(上年=100),年末户籍人口(万人),一般工业固体废物综合利用率(%)`, ...rows].join('\n')}\n`;
}

const studyText = `
kaya: 1
id: small
title: small
pack: china-cities
panel:
  years: [2003, 2006]
  universe: in_286
  exclude: [{ cities: [丙市], reason: test }]
  groups: [region]
measures: [cp, ai, envrpat, er, { id: rate, formula: gdp / population, unit: x, label: x }]
models: {}
`;

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kaya 面板-'));
  for (const [name, text] of Object.entries(raw)) put(name, text);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function put(name: string, text: string): void {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
}

async function build(study = studyText): Promise<BuiltPanel> {
  const engine = await openDuckdb({ threads: 2 });
  try {
    const resolved = studyOf(study);
    const needs = rawNeeds(resolved.measures, chinaVocabulary);
    const files = await listRawFiles(folder, [join(folder, 'reference')], needs);
    const reference = await readReference([join(folder, 'reference')]);
    const places = placeTablesOf(reference);
    const scanner = firmScanner({ threads: 1, sheets: sheetReader() });
    return await buildPanel(
      engine,
      sheetReader(),
      cityPanel(files, resolved, {
        dialect: engine.dialect,
        words: chinaVocabulary,
        needed: rawNeeds(resolved.measures, chinaVocabulary),
        scanFirms: () => scanner.scan(files.registry, scanRulesOf(resolved, reference), places),
        keywordNames: new Map(),
        places: placeIndex(places.gazetteer, places.aliases),
        gazetteer: places.gazetteer,
        changes: [],
      }),
      resolved,
      { vocabulary: chinaVocabulary, onStep: () => undefined },
    );
  } finally {
    engine.close();
  }
}

async function errorOf(study = studyText): Promise<StudyError> {
  return build(study).then(
    () => expect.unreachable('no error'),
    (error: StudyError) => error,
  );
}

const at = (table: ColumnTable, city: number, year: number): number => {
  for (let row = 0; row < table.nrow; row++) {
    if (numberAt(table, 'city', row) === city && numberAt(table, 'year', row) === year) return row;
  }
  return expect.unreachable(`no row ${city} ${year}`);
};

describe('measures that the raw tables cannot give', () => {
  it('names the folder without a file, and counts no firm as none', async () => {
    rmSync(join(folder, 'registry'), { recursive: true });
    const { lacking, panel, measures } = await build();
    expect(lacking).toMatchObject([{ variable: 'ai', missing_tables: ['registry'] }]);
    expect(measures.map(({ id }) => id)).not.toContain('ai');
    expect(panel.names).not.toContain('ai');
    expect(panel.names).toContain('cp');
  });

  it('names the series without a value and a header that is near it', async () => {
    for (const [name, text] of Object.entries(raw).filter(([one]) => one.startsWith('yearbook/')))
      put(name, text.replace('一般工业固体废物综合利用率', '一般工业固体废物综合利用比率'));
    const { lacking, panel } = await build();
    expect(lacking[0]?.near).toMatchObject([
      { header: '一般工业固体废物综合利用比率(%)', series: 'waste_utilisation', known: '一般工业固体废物综合利用率' },
    ]);
    expect(
      lacking.map(({ variable, missing_series }) => [variable, missing_series.map(({ series }) => series)]),
    ).toEqual([['er', ['waste_utilisation']]]);
    expect(panel.names).not.toContain('er');
  });

  it('says which years the tables hold when the panel is of others', async () => {
    const { lacking } = await build(
      studyText
        .replace('[2003, 2006]', '[2001, 2006]')
        .replace('[cp, ai', '[cp, { id: own, formula: gdp_real, unit: x, label: x }, ai'),
    );
    const years = { read: [2003, 2006], panel: [2001, 2006] };
    expect(lacking).toMatchObject([
      { variable: 'cp', years },
      { variable: 'own', missing_series: [], years },
    ]);
  });

  it('ends where there is nothing to make, and says all', async () => {
    const error = await errorOf(
      studyText.replace(/measures: .*/, 'measures: [{ id: a, formula: deposits / gdp, unit: x, label: x }]'),
    );
    expect(error).toMatchObject({ code: 'nothing-to-make', detail: { lacking: [{ variable: 'a' }] } });
  });
});

describe('buildPanel', () => {
  it('computes carbon productivity from energy, factors, index and units', async () => {
    const { panel } = await build();
    const cp = (year: number): number => numberAt(panel, 'cp', at(panel, 110100, year));
    // Decimal factors in binary: a few units in the last place.
    expect(cp(2003)).toBeCloseTo(100 / 192, 14);
    expect(cp(2004)).toBeCloseTo(110 / 192, 14);
    expect(cp(2006)).toBeCloseTo((110 * 1.05 * 1.05) / (165 + 11 + 2 * 10 * 0.7), 14);
  });

  it('counts a firm once, by address, else by credit code, and keeps what it cannot place apart', async () => {
    const { panel, sources } = await build();
    expect(numberAt(panel, 'ai', at(panel, 110100, 2003))).toBeCloseTo(Math.log(3), 14);
    expect(numberAt(panel, 'ai', at(panel, 110200, 2004))).toBeCloseTo(Math.log(2), 14);
    expect(numberAt(panel, 'ai', at(panel, 110200, 2005))).toBe(0);
    expect(sources[0]).toMatchObject({ source: 'registry', rowsRead: 6, rowsUnplaced: 1 });
  });

  it('interpolates inside a city and never beyond its ends', async () => {
    const { panel, cellLedger } = await build();
    const er = (city: number, year: number): number => numberAt(panel, 'er', at(panel, city, year));
    expect(er(110100, 2004)).toBe(85);
    expect(er(110100, 2006)).toBeNaN();
    expect(er(110200, 2003)).toBeNaN();
    const row = [0, 1, 2, 3, 4].find((i) => textAt(cellLedger, 'variable', i) === 'er')!;
    const count = (name: string): number => numberAt(cellLedger, name, row);
    expect([count('cells'), count('observed'), count('interpolated'), count('missing')]).toEqual([8, 5, 1, 2]);
  });

  it('keeps missing cells when the study says so', async () => {
    const { panel } = await build(studyText.replace('envrpat, er', 'envrpat, { id: er, missing: keep }'));
    expect(numberAt(panel, 'er', at(panel, 110100, 2004))).toBeNaN();
  });

  it('computes a measure of the study file', async () => {
    const { panel } = await build();
    expect(numberAt(panel, 'rate', at(panel, 110100, 2003))).toBe(10_000);
    expect(numberAt(panel, 'rate', at(panel, 110100, 2004))).toBe(12_000);
  });

  it('accounts for every city that leaves', async () => {
    const { panel, sampleLedger, placeNames } = await build();
    expect(panel.nrow).toBe(8);
    const column = (name: string): number[] =>
      Array.from({ length: sampleLedger.nrow }, (_, row) => numberAt(sampleLedger, name, row));
    expect(column('rule')).toEqual([-1, 0, 1]);
    expect(column('cities_out')).toEqual([0, 0, 1]);
    expect(column('cities_left')).toEqual([3, 3, 2]);
    expect(column('rows_left')).toEqual([12, 12, 8]);
    const names = Array.from({ length: placeNames.nrow }, (_, row) =>
      ['code', 'name_zh', 'name_en'].map((name) => textAt(placeNames, name, row)),
    );
    expect(names).toEqual([
      ['110000', '东省', 'Dong'],
      ['110100', '甲市', 'Jia'],
      ['110200', '乙市', 'Yi'],
      ['120000', '西省', 'Xi'],
      ['120100', '丙市', 'Bing'],
    ]);
    expect(textAt(panel, 'province_en', 0)).toBe('Dong');
  });

  it('names file, line and column of a cell that is no number', async () => {
    put('yearbook/2005.csv', raw['yearbook/2005.csv'].replace('110200,x,"1,200,000"', '110200,x,12x'));
    const error = await errorOf();
    expect(error.code).toBe('file-unreadable');
    expect(error.detail).toMatchObject({ line: 3, column: '地区生产总值（万元）', reason: 'no-number', cell: '12x' });
    expect(JSON.stringify(error.detail)).toContain('2005.csv');
  });

  it('names the line of a row that is broken', async () => {
    put('energy/a.csv', raw['energy/a.csv'].replace('110100,2004,原煤,100,万吨', '110100,2004,原煤,100,万吨,7,8'));
    const error = await errorOf();
    expect(error.code).toBe('file-unreadable');
    expect(error.detail).toMatchObject({ line: 5 });
  });

  it('refuses a unit that the indicator does not take', async () => {
    put('yearbook/2003.csv', raw['yearbook/2003.csv'].replace('亿元', '亿港元'));
    expect(await errorOf()).toMatchObject({
      code: 'unknown-unit',
      detail: { unit: '亿港元', row: 1, indicator: 'gdp', reason: 'unknown' },
    });
  });

  it('names the header that is missing and the nearest one', async () => {
    put('energy/a.csv', raw['energy/a.csv'].replace('消费量', '消费额'));
    expect(await errorOf()).toMatchObject({ code: 'missing-header', detail: { header: '消费量', nearest: '消费额' } });
  });

  it('names the years that a series lacks in every city', async () => {
    expect((await build()).gaps).toEqual([]);
    put('yearbook/2004.csv', raw['yearbook/2004.csv'].replace(/地区生产总值[^,\n]*/, '某值'));
    const { gaps } = await build();
    expect(gaps).toEqual([{ series: 'gdp', years: [2004] }]);
  });

  it('passes over a file in which no column is known, and says what it has', async () => {
    put('yearbook/目录.csv', '序号,表名\n1,综合经济\n2,财政\n');
    put('yearbook/旅游.csv', '城市,旅行社数\n甲市,5\n');
    const built = await build();
    expect(built.passed).toEqual([
      { file: 'yearbook/旅游.csv', header: ['城市', '旅行社数'] },
      { file: 'yearbook/目录.csv', header: ['序号', '表名'] },
    ]);
    expect(built.panel.nrow).toBe(8);
    expect(accountData({ study: studyOf(studyText), built }, []).passed).toEqual(built.passed);
  });

  it('refuses two values for one city and year', async () => {
    put('yearbook/2004b.csv', raw['yearbook/2004.csv'].replaceAll('"1,200,000"', '5'));
    expect(await errorOf()).toMatchObject({
      code: 'duplicate-source',
      detail: { city: 110100, year: 2004, files: ['yearbook/2004.csv', 'yearbook/2004b.csv'] },
    });
  });

  it('refuses a city that is in no reference table', async () => {
    put('yearbook/2004.csv', `${raw['yearbook/2004.csv']}990100,x,1,1,1,1\n`);
    expect(await errorOf()).toMatchObject({
      code: 'unresolved-place',
      detail: { file: 'yearbook/2004.csv', count: 1, places: [{ written: '990100 x (2004)', row: 5 }] },
    });
    put('yearbook/2004.csv', raw['yearbook/2004.csv']);
    expect(await errorOf(studyText.replace('丙市', '两市'))).toMatchObject({
      code: 'unknown-city',
      detail: { names: ['两市'] },
    });
  });

  it('refuses a panel without rows', async () => {
    expect(await errorOf(studyText.replace('[丙市]', '[甲市, 乙市, 丙市]'))).toMatchObject({ code: 'empty-sample' });
  });
});

describe('the account of the data', () => {
  it('says where every row went, what the ledger holds, and how each year is covered', async () => {
    const plain = raw['yearbook/2004.csv'].trimEnd();
    put('yearbook/2004.csv', `${plain}\n110000,东省,1,1,1,1\n注：当年价格,,,,,\n`);
    const built = await build();
    const account = accountData({ study: studyOf(studyText), built }, []);
    for (const { files, rows_read, rows_used, left_out } of account.sources) {
      expect(left_out.reduce((sum, { rows }) => sum + rows, rows_used)).toBe(rows_read);
      expect(files.reduce((sum, { rows }) => sum + rows, 0)).toBe(rows_read);
    }
    expect(account.sources.map(({ kind, rows_read, rows_used }) => [kind, rows_read, rows_used])).toEqual([
      ['yearbook', 14, 12],
      ['energy', 36, 36],
      ['patents', 12, 12],
      ['registry', 6, 3],
    ]);
    expect(account.sources[0].left_out).toEqual([
      { reason: 'footnote-row', rows: 1 },
      { reason: 'province-row', rows: 1 },
    ]);
    expect(account.sources[0].files[0]).toEqual({
      path: 'yearbook/2003.csv',
      format: 'csv',
      encoding: 'utf-8',
      rows: 3,
    });
    expect(account.sources[3].left_out).toEqual([
      { reason: 'keyword', rows: 1 },
      { reason: 'duplicate', rows: 1 },
      { reason: 'unplaced', rows: 1 },
    ]);

    const count = (rule: string): number => account.ledger.rules.find((one) => one.rule === rule)?.count ?? 0;
    expect(count('province-row')).toBe(1);
    expect(count('registry-duplicate')).toBe(1);
    expect(count('missing-mark')).toBe(built.ledger.filter(({ rule }) => rule === 'missing-mark').length);
    expect(account.ledger.lines).toBe(built.ledger.length);
    const example = account.ledger.rules.find(({ rule }) => rule === 'province-row')?.example;
    expect(example).toMatchObject({ file: 'yearbook/2004.csv', row: 5, before: '110000 东省', after: null });

    // The waste rate of 甲市 is filled in 2004 and missing in 2006, that of 乙市 missing in 2003; 丙市 is not in the panel.
    expect(account.coverage).toMatchObject({ years: [2003, 2004, 2005, 2006], cities: 2 });
    expect(account.coverage.variables.find(({ variable }) => variable === 'er')).toEqual({
      variable: 'er',
      observed: [1, 1, 2, 1],
      filled: [0, 1, 0, 0],
      missing: [1, 0, 0, 1],
    });
    expect(account.fills.find(({ variable }) => variable === 'er')).toMatchObject({
      cells: 8,
      observed: 5,
      interpolated: 1,
      missing: 2,
    });
    expect(account.flow).toEqual({ gazetteer: 3, universe: 3, cities: 2, rows: 8 });
    expect(account.counts_electricity_and_coal).toBe(true);
  });

  it('warns of double counting only where electricity is counted besides coal', async () => {
    const study = studyText.replace('[cp,', '[{ id: cp, electricity: excluded },');
    const account = accountData({ study: studyOf(study), built: await build(study) }, []);
    expect(account.counts_electricity_and_coal).toBe(false);
  });
});
