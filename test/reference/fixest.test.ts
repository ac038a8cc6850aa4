import { existsSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Fitted } from '../../src/model/estimate-formula.ts';
import { fitModel, summarizeModel } from '../../src/model/estimate-formula.ts';
import type { ColumnTable } from '../../src/table/column.ts';
import { readJson } from '../read-csv.ts';
import { expectClose } from '../tolerance.ts';
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

type Numbers = Record<string, number>;

interface FixestModel {
  readonly N: number;
  readonly coef: Numbers;
  readonly ssr: number;
  readonly r2: number;
  readonly ar2: number;
  readonly wr2: number | 'NA';
  readonly war2: number | 'NA';
  readonly se: Record<string, { se: Numbers; p: Numbers; df_t: number }>;
  readonly ssc: Record<string, Record<string, Numbers | string>>;
}

/** fixest itself was run to 3e-12. */
const fixestRun = 1e-10;

describe.skipIf(!hasCities)(`fixest 0.14.2 on generated city data${orNoCities}`, () => {
  let table: ColumnTable;
  beforeAll(() => {
    table = cityPanel();
  });

  function expectModel(fitted: Fitted, reference: FixestModel): void {
    const { nobs, coef, ssr, r2 } = summarizeModel(fitted);
    expect(nobs).toBe(reference.N);
    expect(coef.map(({ term }) => term)).toEqual(Object.keys(reference.coef));
    for (const { term, estimate } of coef) expectClose(estimate, reference.coef[term], fixestRun, term);
    expectClose(ssr, reference.ssr, fixestRun, 'ssr');
    expectClose(r2.overall, reference.r2, fixestRun, 'r2');
    expectClose(r2.adj, reference.ar2, fixestRun, 'adjusted r2');
    if (reference.wr2 === 'NA') expect(r2.within).toBeNull();
    else expectClose(r2.within, reference.wr2, fixestRun, 'within r2');
    if (reference.war2 !== 'NA') expectClose(r2.within_adj, reference.war2, fixestRun, 'adjusted within r2');
    for (const [key, vcov] of Object.entries(cityCovariances)) {
      const result = summarizeModel(fitted, { vcov, ssc: inUnits });
      const expected = reference.se[key];
      expect(result.df_t, vcov).toBe(expected.df_t);
      for (const { term, se, p } of result.coef) {
        expectClose(se, expected.se[term], fixestRun, `${vcov} ${term}`);
        // Below 1e-300 neither side has digits left.
        if (expected.p[term] > 1e-300) expectClose(p, expected.p[term], 1e-8, `p ${vcov} ${term}`);
      }
    }
  }

  /** Each of the 24 combinations of ssc() that the file has, for four covariances. */
  function expectCorrections(fitted: Fitted, reference: FixestModel): void {
    let compared = 0;
    for (const [key, bySort] of Object.entries(reference.ssc)) {
      const ssc = sscOf(key);
      if (ssc === null) continue;
      for (const sort of ['iid', 'hetero', 'cluster_city', 'twoway_city_year']) {
        const expected = bySort[sort];
        if (typeof expected === 'string') continue;
        const { coef } = summarizeModel(fitted, { vcov: cityCovariances[sort], ssc: `${ssc},${inUnits}` });
        for (const { term, se } of coef) expectClose(se, expected[term], fixestRun, `${sort} ${ssc} ${term}`);
        compared += 1;
      }
    }
    expect(compared).toBeGreaterThanOrEqual(96);
  }

  test.each(Object.entries(cityModels))('%s', (name, formula) => {
    const file = fixestFile(name);
    expect(existsSync(file)).toBe(true);
    const reference = readJson<FixestModel>(file);
    const data = name.includes('unbalanced') ? unbalancedCities(table) : table;
    const fitted = fitModel({ id: '1', formula, table: data, panel: cityKeys, singletons: 'keep' });
    expectModel(fitted, reference);
    expectCorrections(fitted, reference);
  });
});
