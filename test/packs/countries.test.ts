import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import writeExcelFile from 'write-excel-file/node';
import type { StudyError } from '../../src/error/study-error.ts';
import { describeError } from '../../src/output/format/error-text/describe.ts';
import { readAnyStudy } from '../../src/platform/app/read-study.ts';
import { runPanelWhy } from '../../src/platform/cli/panel-why.ts';
import type { UnitTables } from '../../src/study/panel-source/read-unit-tables.ts';
import { textAt } from '../../src/table/cell-at.ts';

/** Tables in the shapes that the World Bank, Our World in Data and the Penn World Table give them. */

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kaya 国家-'));
  mkdirSync(join(folder, 'raw'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function put(name: string, content: string | Buffer): void {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), content);
}

const study = (data = 'data: { tables: raw }', pack = 'pack: countries') => `kaya: 1
id: growth
title: Growth
${pack}
${data}
panel: { unit: country, time: year }
models: {}
`;

async function read(text = study()): Promise<UnitTables> {
  put('study.yaml', text);
  const none = { read: () => Promise.reject(new Error('no ready file is read')) };
  const located = await readAnyStudy(join(folder, 'study.yaml'), none);
  return (located as { files: UnitTables }).files;
}

const rows = ({ table }: UnitTables, names: readonly string[]): string[] =>
  Array.from({ length: table.nrow }, (_, row) => names.map((name) => textAt(table, name, row)).join(' '));

const wdi = `\ufeff"Data Source","World Development Indicators",

"Last Updated Date","2022-09-16",

"Country Name","Country Code","Indicator Name","Indicator Code","2000","2001",
"Turkiye","TUR","Population, total","SP.POP.TOTL","64113547","65072018",
"World","WLD","Population, total","SP.POP.TOTL","6144322697","6226339538",
"Korea, Rep.","KOR","Population, total","SP.POP.TOTL","47008111","",
`;

describe('packs/countries', () => {
  it('reads a csv of the World Bank as it was downloaded', async () => {
    put('raw/API_SP.POP.TOTL_DS2_en_csv_v2.csv', wdi);
    const made = await read();
    expect(rows(made, ['country', 'year', 'name_en', 'name_zh', 'continent', 'population'])).toEqual([
      'KOR 2000 South Korea 韩国 Asia 47008111',
      'TUR 2000 Turkey 土耳其 Asia 64113547',
      'TUR 2001 Turkey 土耳其 Asia 65072018',
    ]);
    expect(made.ledger.filter(({ rule }) => rule === 'province-row').map(({ before }) => before)).toEqual([
      'WLD World',
    ]);
    expect(made.observations[0].cell).toMatchObject({ file: 'API_SP.POP.TOTL_DS2_en_csv_v2.csv', row: 8, column: 5 });
  });

  it('reads the same as a workbook, with sheets of metadata beside it', async () => {
    const cells = parse(wdi, { relaxColumnCount: true, bom: true, skipEmptyLines: true }) as string[][];
    const sheets = [
      { data: cells.map((row) => row.map((value) => ({ value }))), sheet: 'Data' },
      {
        data: [
          [{ value: 'Country Code' }, { value: 'IncomeGroup' }],
          [{ value: 'TUR' }, { value: 'Upper middle income' }],
        ],
        sheet: 'Metadata - Countries',
      },
    ];
    put('raw/wdi.xlsx', await writeExcelFile(sheets as never).toBuffer()); // cells of text alone
    expect(rows(await read(), ['country', 'year', 'population'])).toEqual([
      'KOR 2000 47008111',
      'TUR 2000 64113547',
      'TUR 2001 65072018',
    ]);
  });

  it('reads a csv of Our World in Data, whose regions have no code or one of its own', async () => {
    put(
      'raw/co2.csv',
      "Entity,Code,Year,Annual CO₂ emissions\nUSSR,OWID_USS,1985,3.5e9\nKosovo,OWID_KOS,2010,8000000\nAfrica,,2010,1\nWorld,OWID_WRL,2010,1\nCote d'Ivoire,CIV,2010,6900000\n",
    );
    expect(rows(await read(), ['country', 'year', 'co2'])).toEqual([
      'CIV 2010 6900000',
      'SUN 1985 3500000000',
      'XKX 2010 8000000',
    ]);
  });

  it('reads the sheet of data of the Penn World Table, and joins tables by country and year', async () => {
    const line = (...cells: (string | number)[]) => cells.map((value) => ({ value }));
    const sheets = [
      { data: [line('Penn World Table, version 10.01')], sheet: 'Info' },
      { data: [line('Variable name', 'Variable definition'), line('rgdpna', 'Real GDP')], sheet: 'Legend' },
      {
        data: [
          line('countrycode', 'country', 'currency_unit', 'year', 'rgdpna', 'pop', 'hc'),
          line('TUR', 'Turkey', 'New Turkish Lira', 2000, 1102010.5, 63.240196, 2.1),
          line('COD', 'D.R. of the Congo', 'Franc Congolais', 2000, 29000, 47.076387, 1.5),
        ],
        sheet: 'Data',
      },
    ];
    put('raw/pwt1001.xlsx', await writeExcelFile(sheets as never).toBuffer()); // plain cells
    put('raw/wdi.csv', wdi);
    expect(rows(await read(), ['country', 'year', 'population', 'rgdpna', 'pop'])).toEqual([
      'COD 2000  29000 47.076387',
      'KOR 2000 47008111  ',
      'TUR 2000 64113547 1102010.5 63.240196',
      'TUR 2001 65072018  ',
    ]);
  });

  it('takes series and units that the study declares, without any pack', async () => {
    mkdirSync(join(folder, 'reference'));
    put('reference/places.csv', 'code,name_en,name_zh\nNORTH,Northland,北国\nSOUTH,Southland,南国\n');
    put('raw/a.csv', '国家,年份,产量(千吨)\n北 国,2001,"1,200"\n南国,2001,—\n南国,2002,300①\n');
    const data =
      'data: { tables: raw, series: { output: { label: { en: output, zh: 产量 }, unit: 10^4 t, headers: [产量], possible: [0, null] } } }';
    const made = await read(study(data, '').replace('unit: country', 'unit: land'));
    expect(rows(made, ['land', 'year', 'output'])).toEqual(['NORTH 2001 120', 'SOUTH 2002 30']);
    const rules = made.ledger.map(({ rule }) => rule);
    for (const rule of ['thousands', 'unit-converted', 'missing-mark', 'footnote-mark', 'full-width'])
      expect(rules).toContain(rule);
  });

  it('calls a value that stands twice by the code of its unit, and advises what there is for it', async () => {
    put('raw/a.csv', wdi);
    put('raw/b.csv', wdi.replace('65072018', '65072019'));
    const error = await read().catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: 'duplicate-source', detail: { city: 'TUR', hasRules: false } });
    expect(describeError(error as StudyError, 'en')).toContain('data: { priority: ["a.csv", "b.csv"] }');
    rmSync(join(folder, 'raw/b.csv'));
    put(
      'raw/a.csv',
      wdi.replace(/("Turkiye".*65072018")/u, '$1\n"Turkiye","TUR","Population, total","SP.POP.TOTL","1","2"'),
    );
    const twice = await read().catch((caught: unknown) => caught);
    expect(twice).toMatchObject({ code: 'duplicate-source' });
    expect(describeError(twice as StudyError, 'en')).not.toContain('data.rules');
  });

  it('refuses a group of a pack whose column its table of places lacks, with the nearest', async () => {
    put('raw/wdi.csv', wdi);
    put(
      'own/pack.yaml',
      'kaya: 1\nid: own\ntitle: Own\nunit: country\ngroups: { area: { column: continnet } }\nseries: { tables: { population: { unit: persons, headers: [SP.POP.TOTL] } } }\n',
    );
    put('own/reference/places.csv', 'code,name_en,continent\nTUR,Turkey,Asia\nKOR,Korea,Asia\n');
    const error = await read(study('data: { tables: raw }', 'pack: ./own')).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: 'unknown-column', detail: { name: 'continnet', nearest: 'continent' } });
  });

  it('takes a number back to its cells: kaya panel why', async () => {
    put('raw/wdi.csv', wdi);
    put('study.yaml', study().replace('models:', 'derived: { millions: population / 1000000 }\nmodels:'));
    const said: string[] = [];
    const context = { language: 'en', version: '0', print: (text: string) => said.push(text) };
    const options = {
      study: folder,
      unit: 'TUR',
      year: 2001,
      variable: 'millions',
      out: null,
      firms: 0,
      isJson: false,
    };
    await runPanelWhy(options, context as never); // the command uses these alone
    expect(said.join('\n')).toContain('millions of Turkey (TUR) in 2001: 65.072018');
    expect(said.join('\n')).toContain('wdi.csv:6:6 “65072018”');
    await expect(runPanelWhy({ ...options, unit: 'TUE' }, context as never)).rejects.toMatchObject({
      code: 'empty-sample',
    });
  });

  it('stops at a name that it does not know, with the row of the aliases that would settle it', async () => {
    put('raw/a.csv', 'Entity,Code,Year,Population\nGermny,,2000,82000000\n');
    await expect(read()).rejects.toMatchObject({
      code: 'unresolved-place',
      detail: { kind: 'unit', places: [{ written: 'Germny (2000)', nearest: ['Germany'], entry: 'Germny,DEU,,' }] },
    });
    mkdirSync(join(folder, 'reference'));
    put('reference/aliases.csv', 'alias,code,from,to\nGermny,DEU,,\n');
    expect(rows(await read(), ['country', 'population'])).toEqual(['DEU 82000000']);
  });

  it('has every code once, and aliases of codes that it has', () => {
    const table = (name: string) =>
      parse(readFileSync(new URL(`../../packs/countries/reference/${name}`, import.meta.url)), {
        columns: true,
      }) as Record<string, string>[];
    const codes = table('places.csv').map(({ code }) => code);
    expect(new Set(codes).size).toBe(codes.length);
    expect(codes.length).toBeGreaterThan(250);
    expect(codes.every((code) => /^[A-Z]{3}$/.test(code))).toBe(true);
    const named = table('aliases.csv').filter(({ code }) => code !== '');
    expect(named.filter(({ code }) => !codes.includes(code))).toEqual([]);
    const aliases = table('aliases.csv').map(({ alias }) => alias);
    expect(aliases.filter((alias, i) => aliases.indexOf(alias) < i)).toEqual([]);
  });
});
