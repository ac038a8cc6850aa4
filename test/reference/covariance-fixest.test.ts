import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Fitted } from '../../src/model/estimate-formula.ts';
import { fitModel, summarizeModel } from '../../src/model/estimate-formula.ts';
import type { ColumnTable } from '../../src/table/column.ts';
import { columnTable, numberColumn, takeRows } from '../../src/table/column.ts';
import { numericColumn } from '../../src/table/expression/evaluate.ts';
import { readJson, readPlainCsv } from '../read-csv.ts';
import { openLedger } from './ledger.ts';
import { cityGenerator, hasReference, orSkipped, referenceFolder } from './reference-folder.ts';

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
/** Covariances with their names there. */
const covariances: Record<string, string> = {
  iid: 'iid',
  hetero: 'hc1',
  hc2: 'hc2',
  hc3: 'hc3',
  cluster_city: 'cluster:city',
  cluster_province: 'cluster:province',
  twoway_city_year: 'cluster:city+year',
  twoway_province_year: 'cluster:province+year',
  NW1: 'nw:1',
  NW2: 'nw:2',
  NW4: 'nw:4',
  DK1: 'dk:1',
  DK2: 'dk:2',
  DK4: 'dk:4',
  DKdefault: 'dk',
  NWdefault: 'nw',
};
const controls = 'ai + c1 + c2 + c3 + c4 + c5';
const models: Record<string, string> = {
  feols_pooled: `y ~ ${controls}`,
  feols_city_fe: `y ~ ${controls} | city`,
  feols_twfe: `y ~ ${controls} | city + year`,
  feols_i_year_ai: 'y ~ ai + i(year, ai, ref = 2003) + c1 | city + year',
  feols_lags: 'y ~ l(y, 1) + ai + l(ai, 1) + f(ai, 1) + d(c1, 1) | city + year',
  feols_city_trend: `y ~ ${controls} | city[year]`,
  feols_threshold_at_true: 'y ~ lo + hi + c1 + c2 + c3 + c4 + c5 | city + year',
  feols_twfe_unbalanced_keep_singletons: `y ~ ${controls} | city + year`,
};

const isPossible = hasReference && cityGenerator !== null;
const ledger = openLedger();
const refused: string[] = [];

describe.skipIf(!isPossible)(
  `every covariance and correction of fixest 0.14.2${isPossible ? '' : orSkipped || ' (skipped: no generator)'}`,
  () => {
    let folder: string;
    let table: ColumnTable;

    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), 'kaya-city-'));
      const path = join(folder, 'city.csv');
      execFileSync(process.execPath, [fileURLToPath(cityGenerator as URL), 'city', path, '20240601']);
      const read = readPlainCsv(path);
      const [ai, q] = [numericColumn(read, 'ai', ''), numericColumn(read, 'q1', '')];
      const lo = numberColumn(ai.map((value, i) => (q[i] <= 0.25 ? value : 0)));
      const hi = numberColumn(ai.map((value, i) => (q[i] > 0.25 ? value : 0)));
      table = columnTable({ ...read.columns, lo, hi });
    });
    afterAll(() => {
      rmSync(folder, { recursive: true, force: true });
      console.log(`${ledger.table()}\nfixest itself refuses: ${refused.join('; ')}`);
    });

    /** The rule that the file states. */
    function unbalanced(): ColumnTable {
      const city = numericColumn(table, 'city', '');
      const year = numericColumn(table, 'year', '');
      const rows = Int32Array.from({ length: table.nrow }, (_, i) => i);
      const keeps = (i: number): boolean =>
        (city[i] * 7 + year[i] * 13) % 11 >= 4 && !(city[i] % 40 === 0 && year[i] !== 2010);
      return takeRows(table, rows.filter(keeps));
    }

    function expectCovariances(name: string, fitted: Fitted, reference: FixestModel): void {
      for (const [key, vcov] of Object.entries(covariances)) {
        const expected = reference.se[key];
        if ('error' in expected) {
          refused.push(`${name} ${key}`);
          continue;
        }
        const result = summarizeModel(fitted, { vcov });
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
        if (key.startsWith('.')) continue;
        const given = Object.fromEntries(key.split(';').map((part) => part.split('=')));
        const fixefK = given.K === 'nonnested' ? 'nested' : given.K;
        const ssc = `adj=${given.adj},fixef_k=${fixefK},cluster_adj=${given.Gadj},cluster_df=${given.Gdf}`;
        for (const sort of ['iid', 'hetero', 'cluster_city', 'twoway_city_year', 'NW2', 'DK2']) {
          const expected = bySort[sort];
          if (typeof expected === 'string') continue;
          for (const { term, se } of summarizeModel(fitted, { vcov: covariances[sort], ssc }).coef) {
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
      const reference = readJson<FixestModel>(new URL(`fixest/${name}.json`, referenceFolder));
      const data = name.includes('unbalanced') ? unbalanced() : table;
      const fitted = fitModel({ id: '1', formula, table: data, panel: { unit: 'city', time: 'year' } });
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
      const panel = { unit: 'city', time: 'year' };
      const errors = (singletons: 'keep' | 'drop', vcov: string): readonly (number | null)[] =>
        summarizeModel(fitModel({ id: '1', formula, table: unbalanced(), panel, singletons }), { vcov }).coef.map(
          ({ se }) => se,
        );
      for (const vcov of ['hc2', 'hc3']) {
        errors('keep', vcov).forEach((se, j) => {
          expect(se).toBeCloseTo(errors('drop', vcov)[j] as number, 13);
        });
      }
    });
  },
);
