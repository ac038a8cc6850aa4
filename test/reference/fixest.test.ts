import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Fitted } from '../../src/model/estimate-formula.ts';
import { fitModel, summarizeModel } from '../../src/model/estimate-formula.ts';
import type { ColumnTable } from '../../src/table/column.ts';
import { takeRows } from '../../src/table/column.ts';
import { numericColumn } from '../../src/table/expression/evaluate.ts';
import { readJson, readPlainCsv } from '../read-csv.ts';
import { expectClose } from '../tolerance.ts';
import { cityGenerator, hasReference, orSkipped, referenceFolder } from './reference-folder.ts';

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
/** Covariances with their names there. */
const covariances: Record<string, string> = {
  iid: 'iid',
  hetero: 'hc1',
  cluster_city: 'cluster:city',
  cluster_province: 'cluster:province',
  twoway_city_year: 'cluster:city+year',
  twoway_province_year: 'cluster:province+year',
};
const controls = 'ai + c1 + c2 + c3 + c4 + c5';
const models: Record<string, string> = {
  feols_pooled: `y ~ ${controls}`,
  feols_city_fe: `y ~ ${controls} | city`,
  feols_twfe: `y ~ ${controls} | city + year`,
  feols_i_year_ai: 'y ~ ai + i(year, ai, ref = 2003) + c1 | city + year',
  feols_lags: 'y ~ l(y, 1) + ai + l(ai, 1) + f(ai, 1) + d(c1, 1) | city + year',
  feols_city_trend: `y ~ ${controls} | city[year]`,
  feols_twfe_unbalanced_keep_singletons: `y ~ ${controls} | city + year`,
};

const isPossible = hasReference && cityGenerator !== null;

describe.skipIf(!isPossible)(
  `fixest 0.14.2 on generated city data${isPossible ? '' : orSkipped || ' (skipped: no generator)'}`,
  () => {
    let folder: string;
    let table: ColumnTable;

    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), 'kaya-city-'));
      const path = join(folder, 'city.csv');
      execFileSync(process.execPath, [fileURLToPath(cityGenerator as URL), 'city', path, '20240601']);
      table = readPlainCsv(path);
    });
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    /** The rule that the file states. */
    function unbalanced(): ColumnTable {
      const city = numericColumn(table, 'city', '');
      const year = numericColumn(table, 'year', '');
      const rows = Int32Array.from({ length: table.nrow }, (_, i) => i);
      const keeps = (i: number): boolean =>
        (city[i] * 7 + year[i] * 13) % 11 >= 4 && !(city[i] % 40 === 0 && year[i] !== 2010);
      return takeRows(table, rows.filter(keeps));
    }

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
      for (const [key, vcov] of Object.entries(covariances)) {
        const result = summarizeModel(fitted, { vcov });
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
        if (key.startsWith('.')) continue;
        const given = Object.fromEntries(key.split(';').map((part) => part.split('=')));
        const ssc = [
          `adj=${given.adj}`,
          `fixef_k=${given.K === 'nonnested' ? 'nested' : given.K}`,
          `cluster_adj=${given.Gadj}`,
          `cluster_df=${given.Gdf}`,
        ].join(',');
        for (const sort of ['iid', 'hetero', 'cluster_city', 'twoway_city_year']) {
          const expected = bySort[sort];
          if (typeof expected === 'string') continue;
          const { coef } = summarizeModel(fitted, { vcov: covariances[sort], ssc });
          for (const { term, se } of coef) expectClose(se, expected[term], fixestRun, `${sort} ${ssc} ${term}`);
          compared += 1;
        }
      }
      expect(compared).toBeGreaterThanOrEqual(96);
    }

    test.each(Object.entries(models))('%s', (name, formula) => {
      const file = new URL(`fixest/${name}.json`, referenceFolder);
      expect(existsSync(file)).toBe(true);
      const reference = readJson<FixestModel>(file);
      const data = name.includes('unbalanced') ? unbalanced() : table;
      const fitted = fitModel({ id: '1', formula, table: data, panel: { unit: 'city', time: 'year' } });
      expectModel(fitted, reference);
      expectCorrections(fitted, reference);
    });
  },
);
