import { afterAll, describe, expect, test } from 'vitest';
import type { Fitted } from '../../src/model/estimate-formula.ts';
import { fitModel, summarizeModel } from '../../src/model/estimate-formula.ts';
import { reconcile } from '../../src/model/reconcile/reconcile.ts';
import type { ModelResult } from '../../src/model/result/result.ts';
import type { ColumnTable } from '../../src/table/column.ts';
import { columnTable, numberColumn, takeRows } from '../../src/table/column.ts';
import { columnOf, numericColumn } from '../../src/table/expression/evaluate.ts';
import { factorOf } from '../../src/table/factor.ts';
import { readJson, readPlainCsv } from '../read-csv.ts';
import { openLedger } from './ledger.ts';
import { dataFile, expectedFile, hasReference, orSkipped } from './reference-folder.ts';

type Numbers = Record<string, number>;

const ledger = openLedger();
afterAll(() => {
  if (ledger.count() > 0) console.log(ledger.table());
});

/** Stata itself prints 12 to 14 digits here. */
const stataRun = 1e-9;

/** Half a unit of the last digit that was recorded, as a relative difference. */
function recordedDigits(value: number): number {
  const [digits, exponent = '0'] = String(Math.abs(value)).split('e');
  const decimals = (digits.split('.')[1] ?? '').length - Number(exponent);
  return Math.min(1e-6, (0.6 * 10 ** -decimals) / Math.max(Math.abs(value), 1e-300));
}

function termOf(result: ModelResult, term: string): ModelResult['coef'][number] | undefined {
  return result.coef.find((one) => one.term === term);
}

interface StataResult {
  readonly F?: number;
  readonly params: Record<
    string,
    { b: number; se: number; t?: number; z?: number; pvalue: number; ll: number; ul: number }
  >;
  readonly cov: readonly (readonly number[])[];
  readonly cov_names: readonly string[];
}

describe.skipIf(!hasReference)(`Stata and sandwich on Grunfeld, ten firms${orSkipped}`, () => {
  const names: Record<string, string> = { mvalue: 'value', kstock: 'capital', _cons: '(Intercept)' };
  /** Result there, covariance and convention here, weights. */
  const cases = [
    ['results_cluster', 'cluster:firm', 'xtreg', null],
    ['results_cluster_large', 'cluster:firm', 'ivreg2', null],
    ['results_nw_groupsum4', 'dk:4', 'xtreg', null],
    ['results_nw_panel4', 'nw:4', 'xtreg', null],
    ['results_cluster_2groups_small', 'cluster:firm+year', 'fixest', null],
    ['results_cluster_2groups_large', 'cluster:firm+year', 'ivreg2', null],
    ['results_nw_groupsum4_ivreg_large', 'dk:4', 'ivreg2', null],
    ['results_nw_groupsum4_ivreg_small', 'dk:4', 'fixest', null],
    ['results_hc1_wls_small', 'hc1', 'fixest', '1/value'],
    ['results_cluster_wls_small', 'cluster:firm', 'xtreg', '1/value'],
    ['results_cluster_wls_large', 'cluster:firm', 'ivreg2', '1/value'],
  ] as const;
  const jackknives = [
    ['results_cluster_crv3', 'cr3:firm', null],
    ['results_cluster_crv_jk', 'jackknife:firm', null],
    ['results_cluster_crv3_wls', 'cr3:firm', 'row'],
    ['results_cluster_crv_jk_wls', 'jackknife:firm', 'row'],
    ['results_cluster_crv3_sandwich_r', 'cr3:firm', null],
    ['results_cluster_jk_sandwich_r', 'jackknife:firm', null],
    ['results_cluster_crv3_wls_sandwich_r', 'cr3:firm', 'row'],
    ['results_cluster_jk_wls_sandwich_r', 'jackknife:firm', 'row'],
  ] as const;

  function fitted(weights: string | null): Fitted {
    const all = readPlainCsv(dataFile('grunfeld_11firms'));
    // The weights of its jackknives are 1 to 200, which is found from their estimates.
    const row = numberColumn(Float64Array.from({ length: all.nrow }, (_, i) => i + 1));
    const table = takeRows(
      columnTable({ ...all.columns, row, ...asFloats(all, ['invest', 'value', 'capital']) }),
      Int32Array.from({ length: 200 }, (_, i) => i),
    );
    return fitModel({
      id: '1',
      formula: 'invest ~ value + capital',
      table,
      weights,
      panel: { unit: 'firm', time: 'year' },
    });
  }
  const read = (): Record<string, StataResult> =>
    readJson<{ results: Record<string, StataResult> }>(expectedFile('grunfeld_stata_cluster')).results;

  test.each(cases)('%s', (key, vcov, ssc, weights) => {
    const expected = read()[key];
    const model = fitted(weights);
    const result = summarizeModel(model, { vcov, ssc });
    for (const [term, numbers] of Object.entries(expected.params)) {
      const own = termOf(result, names[term]);
      const compare = (number: string, ours: number | null | undefined, theirs: number, tolerance: number): void =>
        ledger.compare(['Stata', key, number], { ours, theirs, tolerance });
      compare('b', own?.estimate, numbers.b, stataRun);
      compare('se', own?.se, numbers.se, stataRun);
      compare('t or z', own?.stat, numbers.t ?? numbers.z ?? Number.NaN, stataRun);
      compare('p', own?.p, numbers.pvalue, stataRun);
      const scale = numbers.se;
      const ends = [numbers.ll, numbers.ul];
      ends.forEach((theirs, k) => {
        const pair = {
          ours: own?.ci95?.[k],
          theirs,
          tolerance: stataRun,
          scale,
        };
        ledger.compare(['Stata', key, 'interval'], pair);
      });
    }
    const column = reconcile({ kept: model, dropped: null, vcov, ssc }).columns[0];
    const f = { ours: column.f?.stat, theirs: expected.F as number, tolerance: stataRun };
    ledger.compare(['Stata', key, 'F'], f);
  });

  test.each(jackknives)('%s', (key, vcov, weights) => {
    const expected = read()[key];
    const result = summarizeModel(fitted(weights), { vcov });
    expected.cov_names.forEach((term, j) => {
      // Printed with seven to ten digits of the variance.
      const pair = { ours: (termOf(result, names[term])?.se ?? 0) ** 2, theirs: expected.cov[j][j] };
      ledger.compare(['Stata/R', key, 'variance'], { ...pair, tolerance: Math.max(recordedDigits(pair.theirs), 3e-7) });
    });
  });
});

/** Numbers as Stata's float holds them. */
function asFloats(table: ColumnTable, names: readonly string[]): ColumnTable['columns'] {
  return Object.fromEntries(names.map((name) => [name, numberColumn(numericColumn(table, name, '').map(Math.fround))]));
}

describe.skipIf(!hasReference)(`one Stata run led to another by the factors of reconcile${orSkipped}`, () => {
  const chains = [
    ['results_cluster', 'results_cluster_large', 'cluster:firm', 'fixest', 'ivreg2'],
    ['results_cluster_2groups_small', 'results_cluster_2groups_large', 'cluster:firm+year', 'fixest', 'ivreg2'],
    ['results_nw_groupsum4_ivreg_small', 'results_nw_groupsum4', 'dk:4', 'fixest', 'xtreg'],
    ['results_nw_groupsum4_ivreg_large', 'results_nw_groupsum4_ivreg_small', 'dk:4', 'ivreg2', 'reghdfe'],
  ] as const;
  test.each(chains)('%s to %s', (from, to, vcov, ssc, other) => {
    const { results } = readJson<{ results: Record<string, StataResult> }>(expectedFile('grunfeld_stata_cluster'));
    const all = readPlainCsv(dataFile('grunfeld_11firms'));
    const first = Int32Array.from({ length: 200 }, (_, i) => i);
    const panel = { unit: 'firm', time: 'year' };
    const formula = 'invest ~ value + capital';
    const kept = fitModel({ id: '1', formula, table: takeRows(columnTable(all.columns), first), panel });
    const column = reconcile({ kept, dropped: null, vcov, ssc }).columns.find((one) => one.ssc === other);
    const factor = column?.difference?.product[0] ?? Number.NaN;
    for (const term of Object.keys(results[from].params)) {
      const ours = results[from].params[term].se * factor;
      const theirs = results[to].params[term].se;
      ledger.compare(['Stata', `${from} by factors`, 'se'], { ours, theirs, tolerance: stataRun });
    }
  });
});

interface SimulatedRun {
  readonly params: Record<string, { b: number; t: number; p: number }>;
  readonly stats: Numbers;
  readonly vcov: Record<string, readonly number[]>;
  readonly vcov_names: readonly string[];
}

describe.skipIf(!hasReference)(`Stata xtreg, regress and xtreg, be on a simulated panel${orSkipped}`, () => {
  const file = hasReference ? expectedFile('linearmodels_sim_panel') : null;
  const runs = file === null ? {} : readJson<{ results: Record<string, SimulatedRun> }>(file).results;
  const keys = Object.keys(runs).filter((key) => !key.startsWith('random_effect'));
  const data = file === null ? null : readPlainCsv(dataFile('linearmodels_sim_panel'));

  test('51 runs, of which 9 are of random effects', () => {
    expect(Object.keys(runs)).toHaveLength(51);
    expect(keys).toHaveLength(42);
  });

  test.each(keys)('%s', (key) => {
    const run = runs[key];
    const [kind, sort, weighted, ending = ''] = key.split('-');
    const formula = `y${ending} ~ ${[1, 2, 3, 4, 5].map((k) => `x${k}${ending}`).join(' + ')}`;
    const isFixed = kind === 'fixed_effect';
    const isBetween = kind === 'between';
    const table = isBetween ? meansOf(data as ColumnTable, ending) : (data as ColumnTable);
    const weights = isBetween ? (weighted === 'wls' ? 'count' : null) : weighted === 'weighted' ? 'w' : null;
    const fitted = fitModel({
      id: '1',
      ssc: 'xtreg',
      formula: isFixed ? `${formula} | firm` : formula,
      table,
      weights,
    });
    // xtreg, fe vce(robust) clusters by the panel variable.
    const robust = isFixed ? 'cluster:firm' : 'hc1';
    const vcov = sort === 'conventional' ? 'iid' : sort === 'robust' ? robust : 'cluster:firm';
    const result = summarizeModel(fitted, { vcov, ssc: 'xtreg' });
    run.vcov_names.forEach((name, j) => {
      const own = termOf(result, name === '_cons' ? '(Intercept)' : name);
      const theirs = run.params[name];
      const compare = (number: string, ours: number | null | undefined, value: number, tolerance: number): void =>
        ledger.compare(['Stata', `sim ${kind} ${sort} ${weighted}`, number], { ours, theirs: value, tolerance });
      compare('b', own?.estimate, theirs.b, recordedDigits(theirs.b));
      compare('variance', (own?.se ?? 0) ** 2, run.vcov[name][j], recordedDigits(run.vcov[name][j]));
      compare('t', own?.stat, theirs.t, recordedDigits(theirs.t));
      if (theirs.p > 1e-300) compare('p', own?.p, theirs.p, 1e-5);
    });
    const { stats } = run;
    const place = (number: string) => ['Stata', `sim ${kind} ${sort} ${weighted}`, number] as const;
    const compare = (number: string, ours: number | null | undefined, value: number | undefined): void => {
      if (value !== undefined) ledger.compare(place(number), { ours, theirs: value, tolerance: recordedDigits(value) });
    };
    expect(result.nobs).toBe(isBetween ? stats.N_g : stats.N);
    compare('F', result.f?.stat, stats.F);
    if (isFixed) {
      compare('R2 within', result.r2.xtreg_within, stats.r2_w);
      compare('R2 between', result.r2.xtreg_between, stats.r2_b);
      compare('R2 overall', result.r2.xtreg_overall, stats.r2_o);
      if (weights === null) compare('sigma_e', result.rmse, stats.sigma_e);
    } else {
      compare('R2', result.r2.overall, stats.r2);
      compare('adjusted R2', result.r2.adj, stats.r2_a);
      if (weights === null) compare('SSR', result.ssr, stats.rss);
    }
  });
});

/** Means of the complete rows of each firm: the data of the between estimator. */
function meansOf(table: ColumnTable, ending: string): ColumnTable {
  const names = ['y', 'x1', 'x2', 'x3', 'x4', 'x5'].map((name) => `${name}${ending}`);
  const columns = names.map((name) => numericColumn(table, name, ''));
  const all = Int32Array.from({ length: table.nrow }, (_, i) => i);
  const rows = all.filter((i) => columns.every((column) => Number.isFinite(column[i])));
  const { codes, count } = factorOf(columnOf(table, 'firm', ''), rows);
  const counts = new Float64Array(count);
  for (const code of codes) counts[code] += 1;
  const means = columns.map((column) => {
    const sums = new Float64Array(count);
    rows.forEach((row, i) => {
      sums[codes[i]] += column[row];
    });
    return numberColumn(sums.map((sum, g) => sum / counts[g]));
  });
  return columnTable({
    ...Object.fromEntries(names.map((name, j) => [name, means[j]])),
    count: numberColumn(counts),
  });
}

describe.skipIf(!hasReference)(`Petersen's data: his published errors, plm and sandwich${orSkipped}`, () => {
  const cases = [
    ['classical', 'iid', 'fixest'],
    ['HC0', 'hc0', 'fixest'],
    ['HC1', 'hc1', 'fixest'],
    ['HC2', 'hc2', 'fixest'],
    ['HC3', 'hc3', 'fixest'],
    ['CL_firm_HC0_noadj', 'cluster:firmid', 'none'],
    ['CL_firm_HC1', 'cluster:firmid', 'fixest'],
    ['CL_year_HC1', 'cluster:year', 'fixest'],
    ['CL_two_way_HC1', 'cluster:firmid+year', 'cluster_df=conventional'],
    ['CL_firm_HC2', 'cr2:firmid', 'fixest'],
    ['CL_firm_HC3', 'cr3:firmid', 'none'],
    ['DK_L1', 'dk:1', 'none'],
    ['DK_L3', 'dk:3', 'none'],
  ] as const;

  test.each(cases)('%s', (key, vcov, ssc) => {
    const expected = readJson<Record<string, Numbers>>(expectedFile('petersen_cl.r'))[key];
    const table = readPlainCsv(dataFile('petersen_cl'));
    const fitted = fitModel({ id: '1', formula: 'y ~ x', table, panel: { unit: 'firmid', time: 'year' } });
    const result = summarizeModel(fitted, { vcov, ssc });
    for (const [term, theirs] of Object.entries(expected)) {
      const ours = termOf(result, term)?.se;
      ledger.compare(['R', `petersen ${key}`, 'se'], { ours, theirs, tolerance: 1e-9 });
    }
  });
});
