import { expect, it } from 'vitest';
import { duckdbSpellings } from '../../../../test/architecture/sql-rules.ts';
import { toyDialect } from '../../../../test/toy-dialect.ts';
import type { PanelRecipe, ReferenceFile } from '../../../data/panel/contract.ts';
import { fillRule } from '../../../data/panel/fill.ts';
import type { Dialect } from '../../../data/sql/dialect.ts';
import { duckdb } from '../../../platform/engine/duckdb/dialect.ts';
import { columnTable, textColumn } from '../../../table/column.ts';
import { exchangeRateHeaders } from '../source/tables.ts';
import type { PanelSpec, RawFiles } from './contract.ts';
import { panelRecipe } from './recipe.ts';

const fileOf = (name: string, headers: string): ReferenceFile => ({
  path: `reference/${name}.csv`,
  table: columnTable(Object.fromEntries(headers.split(',').map((header) => [header, textColumn(['1'])]))),
  lines: Float64Array.of(2),
});

const files: RawFiles = {
  registry: [],
  energy: [],
  yearbook: [],
  patents: [],
  reference: {
    cities: fileOf(
      'cities',
      'code,name_zh,name_en,province_zh,province_code,grid,prefecture_level_since,dissolved,in_286,east',
    ),
    groups: fileOf('groups', 'code,hub'),
    fuels: fileOf('fuels', 'key,lhv_kj_per_unit,carbon_content_tc_per_tj,oxidation_rate,base_unit,in_paper'),
    gridFactors: fileOf('grid_factors', 'grid,year,factor,kind'),
    keywords: null,
    keywordExclusions: null,
    cityAliases: [],
    divisionChanges: null,
    exchangeRates: fileOf('exchange_rates', `年份,${exchangeRateHeaders.rate[0]}`),
  },
};

const spec: PanelSpec = {
  years: [2003, 2021],
  universe: 'in_286',
  exclude: [
    { cities: ['某市'], provinces: [], reason: { en: 'x', zh: 'x' }, assumption: false },
    { cities: [], provinces: ['某省'], reason: { en: 'x', zh: 'x' }, assumption: false },
  ],
  groups: [
    { id: 'east', column: 'east', isFlag: true },
    { id: 'hub', column: 'hub', isFlag: false },
  ],
  series: ['gdp', 'gdp_index', 'population'],
  variables: [
    { id: 'cp', formula: 'gdp_real / co2 * exchange_rate', fill: fillRule('linear') },
    { id: 'ai', formula: 'log1p(ai_firms) - co2_fossil', fill: fillRule('keep') },
    { id: 'green', formula: 'sqrt(green_patents) ^ 2 + max(gdp, 1)', fill: fillRule('keep') },
  ],
  emissions: { coefficients: 'china_inventory', grid: 'regional' },
};

function textsOf({ steps, panel, placeNames, sampleLedger, coverage, cellLedger }: PanelRecipe, dialect: Dialect) {
  const own = steps.flatMap(({ tables, checks }) => [
    ...tables.map(({ name, query }) => dialect.define(name, query)),
    ...checks.map(({ sql }) => sql),
  ]);
  return [...own, panel, placeNames, sampleLedger, coverage, cellLedger];
}

it.each(['regional', 'national'] as const)('a second dialect spells the whole way to the panel (%s)', (grid) => {
  const ruled = { ...spec, emissions: { ...spec.emissions, grid } };
  const texts = textsOf(panelRecipe(files, ruled, toyDialect), toyDialect);
  expect(texts.length).toBeGreaterThan(15);
  expect(texts.flatMap(duckdbSpellings)).toEqual([]);
  // The same eye finds them where they belong.
  const found = new Set(textsOf(panelRecipe(files, ruled, duckdb), duckdb).flatMap(duckdbSpellings));
  for (const spelling of [
    'CREATE OR REPLACE TABLE',
    'CAST(',
    'FILTER',
    'arg_min(',
    'product(',
    'string_agg(',
    'isfinite(',
  ])
    expect(found).toContain(spelling);
});

it('a step is given the columns that it needs and no path', () => {
  const { steps } = panelRecipe(files, spec, duckdb);
  const loads = steps.flatMap(({ loads }) => loads.map(({ name, table }) => [name, table.names]));
  expect(Object.fromEntries(loads)).toMatchObject({
    group_table: ['code', 'hub'],
    grid_factor_table: ['grid', 'year', 'factor', 'kind'],
    exchange_table: ['年份', exchangeRateHeaders.rate[0], 'line'],
  });
  expect(textsOf(panelRecipe(files, spec, duckdb), duckdb).join('\n')).not.toContain('reference/');
});
