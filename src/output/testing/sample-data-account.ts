import type { Coverage, DataAccount } from '../report/data-account.ts';

const years = Array.from({ length: 19 }, (_, i) => 2003 + i);
const cities = 271;

function coverage(variable: string, filled: (year: number) => number, missing: (year: number) => number) {
  return {
    variable,
    observed: years.map((year) => cities - filled(year) - missing(year)),
    filled: years.map(filled),
    missing: years.map(missing),
  };
}

const none = (): number => 0;
const variables: Coverage['variables'] = [
  coverage('cp', (year) => (year === 2010 ? 1 : 0), none),
  coverage('ai', none, none),
  coverage(
    'ip',
    (year) => (year % 4) * 20,
    (year) => (year < 2006 ? 135 : 0),
  ),
];
const place = { city: null, year: null, indicator: null } as const;

/** An account with every part of the data section in it, for tests of the page: nothing in it was read. */
export const sampleDataAccount: DataAccount = {
  empty: [
    {
      variable: 'fin',
      formula: '(deposits + loans) / gdp',
      missing_tables: [],
      missing_series: [{ series: 'loans', header: '年末金融机构人民币各项贷款余额' }],
      near: [{ header: '金融机构贷款', file: 'yearbook/2009.csv', series: 'loans', known: '金融机构贷款余额' }],
      years: null,
    },
  ],
  sources: [
    {
      kind: 'yearbook',
      files: [
        { path: 'yearbook/2003.csv', format: 'csv', encoding: 'gb18030', rows: 290 },
        { path: 'yearbook/2004.csv', format: 'csv', encoding: 'utf-8', rows: 290 },
        { path: 'yearbook/2005.xlsx', format: 'xlsx', encoding: null, rows: 297 },
      ],
      rows_read: 877,
      rows_used: 858,
      left_out: [
        { reason: 'footnote-row', rows: 2 },
        { reason: 'province-row', rows: 17 },
      ],
    },
    {
      kind: 'registry',
      files: [{ path: 'registry/a.csv', format: 'csv', encoding: 'utf-8', rows: 60_000 }],
      rows_read: 60_000,
      rows_used: 41_000,
      left_out: [
        { reason: 'keyword', rows: 18_000 },
        { reason: 'trapped', rows: 700 },
        { reason: 'duplicate', rows: 290 },
        { reason: 'unplaced', rows: 10 },
      ],
    },
  ],
  coverage: { years, cities, variables },
  ledger: {
    file: 'provenance/ledger.csv',
    lines: 1234,
    rules: [
      {
        rule: 'thousands',
        count: 1200,
        example: {
          ...place,
          file: 'yearbook/2003.csv',
          sheet: null,
          row: 12,
          column: 3,
          before: '1,234.5 <b>',
          after: '1234.5',
          rule: 'thousands',
        },
      },
      {
        rule: 'province-row',
        count: 17,
        example: {
          ...place,
          file: 'yearbook/2005.xlsx',
          sheet: '表1',
          row: 4,
          column: null,
          before: '河北省',
          after: null,
          rule: 'province-row',
        },
      },
    ],
  },
  fills: [
    {
      variable: 'cp',
      cells: 5149,
      observed: 5148,
      interpolated: 1,
      extrapolated: 0,
      missing: 0,
      rule: { method: 'linear', ends: 'none', maxGap: null, scale: 'level' },
    },
    {
      variable: 'ip',
      cells: 5149,
      observed: 5007,
      interpolated: 0,
      extrapolated: 0,
      missing: 142,
      rule: { method: 'keep', ends: 'none', maxGap: null, scale: 'level' },
    },
  ],
  slips: [
    {
      indicator: 'gdp',
      file: 'yearbook/2009.csv',
      city: 420600,
      city_name: { en: 'Xiangyang', zh: '襄阳市' },
      years: [2009, 2009],
      power: -4,
      cells: 1,
      rule: '    - indicator: gdp\n      multiply: 10000',
    },
  ],
  flow: { gazetteer: 299, universe: 286, cities, rows: 5149 },
  models: [
    { table: '3', columns: [1, 6], rows: 5149, where: 0, missing: 0, singleton: 0, other: 0, nobs: 5149 },
    { table: '4', columns: [1, 1], rows: 5149, where: 76, missing: 0, singleton: 0, other: 0, nobs: 5073 },
  ],
  counts_electricity_and_coal: true,
};
