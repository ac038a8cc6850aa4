import { describe, expect, test } from 'vitest';
import type { Fitted } from '../../src/model/estimate-formula.ts';
import { estimate, fitModel, summarizeModel } from '../../src/model/estimate-formula.ts';
import type { ModelResult } from '../../src/model/result/result.ts';
import { columnTable, takeRows } from '../../src/table/column.ts';
import { readJson, readPlainCsv } from '../read-csv.ts';
import { expectClose, rawSandwich } from '../tolerance.ts';
import { dataFile, expectedFile, hasReference, orSkipped } from './reference-folder.ts';

type Numbers = Record<string, number>;
type Errors = Record<string, Numbers>;

/** A block of a `*.r.json` file: plm, sandwich and lm on one model. */
interface Block {
  readonly N: number;
  readonly n_units: number;
  readonly df_resid_lsdv: number;
  readonly coef: Numbers;
  readonly rss: number;
  readonly r2_within: number;
  readonly r2_lsdv: number;
  readonly sigma_lsdv: number;
  readonly se: Errors;
}

/** The data stood in Stata as floats: 2.5e-9 is the difference that this makes. */
const singlePrecision = 1e-7;
const fullK = 'fixef_k=full';
const fullConventional = 'fixef_k=full,cluster_df=conventional';

function se(result: ModelResult, term: string): number | null | undefined {
  return result.coef.find((one) => one.term === term)?.se;
}

function expectErrors(fitted: Fitted, vcov: string, ssc: string, expected: Numbers): void {
  const result = summarizeModel(fitted, { vcov, ssc });
  for (const [term, value] of Object.entries(expected)) {
    expectClose(se(result, term), value, rawSandwich, `${vcov} ${ssc} ${term}`);
  }
}

/** Everything in a block that the present covariances can give. */
function expectBlock(fitted: Fitted, block: Block, unit: string, time: string): void {
  const result = summarizeModel(fitted, { ssc: fullK });
  expect(result.nobs).toBe(block.N);
  expect(result.df_resid).toBe(block.df_resid_lsdv);
  for (const { term, estimate: own } of result.coef) expectClose(own, block.coef[term], rawSandwich, term);
  expectClose(result.ssr, block.rss, rawSandwich, 'ssr');
  expectClose(result.r2.within, block.r2_within, rawSandwich, 'within r2');
  expectClose(result.r2.overall, block.r2_lsdv, rawSandwich, 'overall r2');
  expectClose(result.rmse, block.sigma_lsdv, rawSandwich, 'rmse');
  const errors = block.se;
  expectErrors(fitted, 'iid', fullK, errors.classical);
  expectErrors(fitted, 'hc1', 'none', errors.HC0_lsdv);
  expectErrors(fitted, 'hc1', fullK, errors.HC1_lsdv_NminusK_all_dummies);
  expectErrors(fitted, `cluster:${unit}`, 'none', errors.plm_arellano_HC0_group);
  expectErrors(fitted, `cluster:${unit}`, 'plm', errors.plm_arellano_sss_group);
  expectErrors(fitted, `cluster:${time}`, 'none', errors.plm_arellano_HC0_time);
  expectErrors(fitted, `cluster:${time}`, 'plm', errors.plm_arellano_sss_time);
  expectErrors(fitted, `cluster:${unit}+${time}`, 'none', errors.plm_vcovDC_HC0_two_way);
  expectErrors(fitted, `cluster:${unit}+${time}`, 'plm', errors.plm_vcovDC_sss_two_way);
  expectErrors(fitted, `cluster:${unit}`, fullK, errors.sandwich_vcovCL_lsdv_HC1_unit_stata_areg);
  const twoWay = errors.sandwich_vcovCL_lsdv_HC1_twoway_unit_time;
  expectErrors(fitted, `cluster:${unit}+${time}`, fullConventional, twoWay);
}

describe.skipIf(!hasReference)(`R and Stata on textbook panels${orSkipped}`, () => {
  const fitOn = (data: string, formula: string): Fitted =>
    fitModel({ id: '1', formula, table: readPlainCsv(dataFile(data)) });

  test('Grunfeld, one-way and two-way', () => {
    const reference = readJson<Record<'oneway' | 'twoway', Block>>(expectedFile('grunfeld_plm.r'));
    expectBlock(fitOn('grunfeld_plm', 'inv ~ value + capital | firm'), reference.oneway, 'firm', 'year');
    expectBlock(fitOn('grunfeld_plm', 'inv ~ value + capital | firm + year'), reference.twoway, 'firm', 'year');
  });

  test('Produc, one-way and two-way, logs in the formula', () => {
    const reference = readJson<Record<'oneway' | 'twoway', Block>>(expectedFile('produc.r'));
    const formula = 'log(gsp) ~ log(pcap) + log(pc) + log(emp) + unemp';
    expectBlock(fitOn('produc', `${formula} | state`), reference.oneway, 'state', 'year');
    expectBlock(fitOn('produc', `${formula} | state + year`), reference.twoway, 'state', 'year');
  });

  test('Fatalities: text keys, and the printed .36 of xtreg', () => {
    const reference = readJson<Record<'col2' | 'col3', Block>>(expectedFile('fatalities.r'));
    expectBlock(fitOn('fatalities', 'frate ~ beertax | state'), reference.col2, 'state', 'year');
    const twoWay = fitOn('fatalities', 'frate ~ beertax | state + year');
    expectBlock(twoWay, reference.col3, 'state', 'year');
    const stata = summarizeModel(twoWay, { vcov: 'cluster:state', ssc: 'xtreg' });
    expectClose(se(stata, 'beertax'), 0.357, 5e-4, 'xtreg cluster');
    expect(stata.coef[0].term).toBe('(Intercept)');
  });

  test('Chinese cities, unbalanced: the published script with K = all columns', () => {
    const reference = readJson<{ road: Block }>(expectedFile('gp_city_reg.r'));
    const printed = readJson<{ road: Record<string, { estimate: number; se: number }> & { r2: number } }>(
      expectedFile('gp_city_reg'),
    );
    const fitted = fitOn(
      'gp_city_reg_road',
      'ln_carbon_intensity ~ did + ln_pgdp + ln_pop_density + industrial_advanced + ln_road_area + financial_development | city_name + year',
    );
    expectBlock(fitted, reference.road, 'city_name', 'year');
    const result = summarizeModel(fitted, { vcov: 'cluster:city_name', ssc: fullK });
    for (const { term, estimate: own, se: error } of result.coef) {
      expect(own).toBeCloseTo(printed.road[term].estimate, 6);
      expect(error).toBeCloseTo(printed.road[term].se, 6);
    }
    expect(result.r2.overall).toBeCloseTo(printed.road.r2, 4);
  });

  test('Petersen: his published errors and those of sandwich', () => {
    const reference = readJson<Errors>(expectedFile('petersen_cl.r'));
    const printed = readJson<Record<string, Record<'const' | 'x', { estimate: number; se: number }>>>(
      expectedFile('petersen_cl'),
    );
    const fitted = fitOn('petersen_cl', 'y ~ x');
    expectErrors(fitted, 'iid', 'fixest', reference.classical);
    expectErrors(fitted, 'hc1', 'none', reference.HC0);
    expectErrors(fitted, 'hc1', 'fixest', reference.HC1);
    expectErrors(fitted, 'cluster:firmid', 'none', reference.CL_firm_HC0_noadj);
    expectErrors(fitted, 'cluster:firmid', 'fixest', reference.CL_firm_HC1);
    expectErrors(fitted, 'cluster:year', 'fixest', reference.CL_year_HC1);
    const twoWay = summarizeModel(fitted, { vcov: 'cluster:firmid+year', ssc: 'cluster_df=conventional' });
    expect(se(twoWay, '(Intercept)')).toBeCloseTo(printed.cluster_firm_year.const.se, 4);
    expect(se(twoWay, 'x')).toBeCloseTo(printed.cluster_firm_year.x.se, 4);
    expectErrors(fitted, 'cluster:firmid+year', 'cluster_df=conventional', reference.CL_two_way_HC1);
  });

  test('Stata regress and ivreg2 on Grunfeld: one-way and two-way clusters, weights', () => {
    interface Stata {
      readonly results: Record<
        string,
        { params: Record<string, { b: number; se: number; pvalue: number; ll: number }> }
      >;
    }
    const { results } = readJson<Stata>(expectedFile('grunfeld_stata_cluster'));
    const all = readPlainCsv(dataFile('grunfeld_11firms'));
    const table = takeRows(
      columnTable(all.columns),
      Int32Array.from({ length: 200 }, (_, i) => i),
    );
    const names: Record<string, string> = { mvalue: 'value', kstock: 'capital', _cons: '(Intercept)' };
    const cases = [
      ['results_cluster', 'cluster:firm', null],
      ['results_cluster_2groups_small', 'cluster:firm+year', null],
      ['results_cluster_wls_small', 'cluster:firm', '1/value'],
    ] as const;
    for (const [key, vcov, weights] of cases) {
      const [result] = estimate({ formulas: ['invest ~ value + capital'], table, vcov, weights });
      for (const [term, expected] of Object.entries(results[key].params)) {
        const own = result.coef.find((one) => one.term === names[term]);
        expectClose(own?.estimate, expected.b, singlePrecision, `${key} ${term}`);
        expectClose(own?.se, expected.se, singlePrecision, `${key} se ${term}`);
        expectClose(own?.p, expected.pvalue, 10 * singlePrecision, `${key} p ${term}`);
        expectClose(own?.ci95?.[0], expected.ll, singlePrecision, `${key} lower ${term}`);
      }
    }
  });
});
