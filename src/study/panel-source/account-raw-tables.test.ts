import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PanelFileData } from '../../output/report/panel-file-data.ts';
import { packedLanguage } from '../../output/testing/packed-language.ts';
import { runStudyInNode } from '../../platform/app/run-study-in-node.ts';

const study = `kaya: 1
id: growth
title: Growth
pack: countries
data: { tables: raw }
panel: { unit: country, time: year }
derived: { lp: log(population) }
models: { m: { formula: lp ~ 1 | country } }
`;

/** A table as the World Bank gives it: preamble, codes, an aggregate, a blank cell. */
const wdi = `"Data Source","World Development Indicators",

"Country Name","Country Code","Indicator Name","Indicator Code","2000","2001","2002"
"Turkiye","TUR","Population, total","SP.POP.TOTL","64113547","65072018","65988663"
"World","WLD","Population, total","SP.POP.TOTL","6144321462","6226348443","6308140970"
"France","FRA","Population, total","SP.POP.TOTL","60921384","61367388",""
"Turkiye","TUR","GDP (current US$)","NY.GDP.MKTP.CD","274302959052","201751148417","240253216147"
"France","FRA","GDP (current US$)","NY.GDP.MKTP.CD","1365639660792","1377657339291","1501409382971"
`;

let folder: string;
let data: PanelFileData;
let report: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kaya-raw-'));
  mkdirSync(join(folder, 'raw'));
  writeFileSync(join(folder, 'study.yaml'), study);
  writeFileSync(join(folder, 'raw/wdi.csv'), wdi);
  await runStudyInNode(join(folder, 'study.yaml'), { out: join(folder, 'out') });
  data = JSON.parse(readFileSync(join(folder, 'out/results.json'), 'utf8')).data;
  const page = readFileSync(join(folder, 'out/report.html'), 'utf8');
  report = page + packedLanguage(page, 'zh');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('accounts for every row of the tables', () => {
  expect(data.raw?.sources).toEqual([
    {
      kind: 'tables',
      files: [{ path: 'wdi.csv', format: 'csv', encoding: 'utf-8', rows: 5 }],
      rows_read: 5,
      rows_used: 4,
      left_out: [{ reason: 'province-row', rows: 1 }],
    },
  ]);
});

it('counts units with and without a value by series and year', () => {
  expect(data.raw?.coverage).toEqual({
    years: [2000, 2001, 2002],
    units: 2,
    variables: [
      { variable: 'gdp_usd', observed: [2, 2, 2], filled: [0, 0, 0], missing: [0, 0, 0] },
      { variable: 'population', observed: [2, 2, 1], filled: [0, 0, 0], missing: [0, 0, 1] },
    ],
  });
});

it('shows the ledger by rule, the aggregate among them', () => {
  const rules = data.raw?.ledger.rules.map(({ rule, count }) => [rule, count]);
  expect(rules).toContainEqual(['province-row', 1]);
  expect(data.raw?.ledger.lines).toBe(3);
});

it('says it in both languages, and nothing of cities', () => {
  for (const text of [
    'totals and names that are no unit: 1',
    '合计及非单位的名称：1',
    'row of a total or of a name that is no unit, left out',
    '合计行或非单位的名称，剔除',
    'Each cell is the 2 countries of the panel in one year',
    'provenance/ledger.csv',
  ])
    expect(report).toContain(text);
  expect(report).not.toMatch(/company registry|gazetteer|a city|cities/);
});
