import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Fitted } from '../../src/model/estimate-formula.ts';
import { fitModel, summarizeModel } from '../../src/model/estimate-formula.ts';
import type { ColumnTable } from '../../src/table/column.ts';
import { columnTable, numberColumn } from '../../src/table/column.ts';
import { numericColumn } from '../../src/table/expression/evaluate.ts';
import { readJson } from '../read-csv.ts';
import {
  cityCovariances,
  cityKeys,
  cityModels,
  cityPanel,
  fixestFile,
  hasCities,
  inUnits,
  orNoCities,
  sscOf,
  unbalancedCities,
} from './city-panel.ts';
import { openLedger } from './ledger.ts';

type Numbers = Record<string, number>;
type Errors = { se: Numbers; t: Numbers; p: Numbers; df_t: number } | { error: string };

interface FixestModel {
  readonly N: number;
  readonly coef: Numbers;
  readonly se: Record<string, Errors>;
  readonly ssc: Record<string, Record<string, Numbers | string>>;
  readonly wald_default_cluster_city: { stat: number; p: number; df1: number; df2: number } | string;
  readonly wald_iid: { stat: number; df1: number; df2: number } | string;
}

/** fixest itself was run to 3e-12. */
const fixestRun = 1e-9;
const covariances: Readonly<Record<string, string>> = {
  ...cityCovariances,
  hc2: 'hc2',
  hc3: 'hc3',
  NW1: 'nw:1',
  NW2: 'nw:2',
  NW4: 'nw:4',
  DK1: 'dk:1',
  DK2: 'dk:2',
  DK4: 'dk:4',
  DKdefault: 'dk',
  NWdefault: 'nw',
};
const models: Readonly<Record<string, string>> = {
  ...cityModels,
  feols_threshold_at_true: 'y ~ lo + hi + c1 + c2 + c3 + c4 + c5 | city + year',
};

const ledger = openLedger();
const refused: string[] = [];

describe.skipIf(!hasCities)(`every covariance and correction of fixest 0.14.2${orNoCities}`, () => {
  let table: ColumnTable;

  beforeAll(() => {
    const read = cityPanel();
    const [ai, q] = [numericColumn(read, 'ai', ''), numericColumn(read, 'q1', '')];
    const lo = numberColumn(ai.map((value, i) => (q[i] <= 0.25 ? value : 0)));
    const hi = numberColumn(ai.map((value, i) => (q[i] > 0.25 ? value : 0)));
    table = columnTable({ ...read.columns, lo, hi });
  });
  afterAll(() => {
    console.log(`${ledger.table()}\nfixest itself refuses: ${refused.join('; ')}`);
  });

  function expectCovariances(name: string, fitted: Fitted, reference: FixestModel): void {
    for (const [key, vcov] of Object.entries(covariances)) {
      const expected = reference.se[key];
      if ('error' in expected) {
        refused.push(`${name} ${key}`);
        continue;
      }
      const result = summarizeModel(fitted, { vcov, ssc: inUnits });
      ledger.compare(['fixest', name, `${key} df`], { ours: result.df_t, theirs: expected.df_t, tolerance: 0 });
      for (const { term, se, stat, p } of result.coef) {
        const pair = { ours: se, theirs: expected.se[term], tolerance: fixestRun };
        ledger.compare(['fixest', name, `${key} se`], pair);
        // t is as good as the estimate, whose digits are lost where it is near 0.
        const scale = Math.max(1, Math.abs(expected.t[term]));
        ledger.compare(['fixest', name, `${key} t`], {
          ours: stat,
          theirs: expected.t[term],
          tolerance: fixestRun,
          scale,
        });
        // Below 1e-300 neither side has digits left.
        const theirs = expected.p[term];
        if (theirs > 1e-300) ledger.compare(['fixest', name, `${key} p`], { ours: p, theirs, tolerance: 1e-7 });
      }
    }
  }

  /** Each of the 24 combinations of ssc() that the file has, for six covariances. */
  function expectCorrections(name: string, fitted: Fitted, reference: FixestModel): void {
    let compared = 0;
    for (const [key, bySort] of Object.entries(reference.ssc)) {
      const ssc = sscOf(key);
      if (ssc === null) continue;
      for (const sort of ['iid', 'hetero', 'cluster_city', 'twoway_city_year', 'NW2', 'DK2']) {
        const expected = bySort[sort];
        if (typeof expected === 'string') continue;
        for (const { term, se } of summarizeModel(fitted, { vcov: covariances[sort], ssc: `${ssc},${inUnits}` }).coef) {
          ledger.compare(['fixest', name, `ssc ${sort}`], { ours: se, theirs: expected[term], tolerance: fixestRun });
        }
        compared += 1;
      }
    }
    expect(compared).toBe(24 * 6);
  }

  function expectWald(name: string, fitted: Fitted, reference: FixestModel): void {
    const pairs = [
      ['cluster:city', reference.wald_default_cluster_city],
      ['iid', reference.wald_iid],
    ] as const;
    for (const [vcov, wald] of pairs) {
      if (typeof wald === 'string') continue;
      const own = summarizeModel(fitted, { vcov }).f;
      ledger.compare(['fixest', name, `Wald ${vcov}`], { ours: own?.stat, theirs: wald.stat, tolerance: fixestRun });
      expect(own?.df).toEqual([wald.df1, wald.df2]);
    }
  }

  test.each(Object.entries(models))('%s', (name, formula) => {
    const reference = readJson<FixestModel>(fixestFile(name));
    const data = name.includes('unbalanced') ? unbalancedCities(table) : table;
    const fitted = fitModel({ id: '1', formula, table: data, panel: cityKeys, singletons: 'keep' });
    expectCovariances(name, fitted, reference);
    expectCorrections(name, fitted, reference);
    if (name !== 'feols_pooled') expectWald(name, fitted, reference);
  });

  test('what fixest refuses: leverages with lags it cannot rebuild, and singletons, whose scores are 0', () => {
    expect(refused.sort()).toEqual([
      'feols_lags hc2',
      'feols_lags hc3',
      'feols_twfe_unbalanced_keep_singletons hc2',
      'feols_twfe_unbalanced_keep_singletons hc3',
    ]);
    const formula = models.feols_twfe;
    const panel = cityKeys;
    const errors = (singletons: 'keep' | 'drop', vcov: string): readonly (number | null)[] =>
      summarizeModel(fitModel({ id: '1', formula, table: unbalancedCities(table), panel, singletons }), {
        vcov,
      }).coef.map(({ se }) => se);
    for (const vcov of ['hc2', 'hc3']) {
      errors('keep', vcov).forEach((se, j) => {
        expect(se).toBeCloseTo(errors('drop', vcov)[j] as number, 13);
      });
    }
  });
});
