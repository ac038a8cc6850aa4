import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ColumnTable } from '../../src/table/column.ts';
import { takeRows } from '../../src/table/column.ts';
import { numericColumn } from '../../src/table/expression/evaluate.ts';
import { readPlainCsv } from '../read-csv.ts';
import { cityGenerator, hasReference, orSkipped, referenceFolder } from './reference-folder.ts';

/** The generated panel of 271 cities and 19 years on which fixest 0.14.2 was run, and what it said. */
export const hasCities = hasReference && cityGenerator !== null;

/** Appended to a title, so that a skipped group says why. */
export const orNoCities = hasCities ? '' : orSkipped || ' (skipped: no generator)';

export const cityKeys = { unit: 'city', time: 'year' } as const;

export function fixestFile(name: string): URL {
  return new URL(`fixest/${name}.json`, referenceFolder);
}

/** Runs the generator; only where `hasCities`. */
export function cityPanel(): ColumnTable {
  const folder = mkdtempSync(join(tmpdir(), 'kaya-city-'));
  try {
    const path = join(folder, 'city.csv');
    execFileSync(process.execPath, [fileURLToPath(cityGenerator as URL), 'city', path, '20240601']);
    return readPlainCsv(path);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Its unbalanced part, with singletons, by the rule that the files state. */
export function unbalancedCities(table: ColumnTable): ColumnTable {
  const city = numericColumn(table, 'city', '');
  const year = numericColumn(table, 'year', '');
  const rows = Int32Array.from({ length: table.nrow }, (_, i) => i);
  const keeps = (i: number): boolean =>
    (city[i] * 7 + year[i] * 13) % 11 >= 4 && !(city[i] % 40 === 0 && year[i] !== 2010);
  return takeRows(table, rows.filter(keeps));
}

const controls = 'ai + c1 + c2 + c3 + c4 + c5';

/** Names of the files, and our formula for each. */
export const cityModels: Readonly<Record<string, string>> = {
  feols_pooled: `y ~ ${controls}`,
  feols_city_fe: `y ~ ${controls} | city`,
  feols_twfe: `y ~ ${controls} | city + year`,
  feols_i_year_ai: 'y ~ ai + i(year, ai, ref = 2003) + c1 | city + year',
  feols_lags: 'y ~ l(y, 1) + ai + l(ai, 1) + f(ai, 1) + d(c1, 1) | city + year',
  feols_city_trend: `y ~ ${controls} | city[year]`,
  feols_twfe_unbalanced_keep_singletons: `y ~ ${controls} | city + year`,
};

/** Covariances by their names there. */
export const cityCovariances: Readonly<Record<string, string>> = {
  iid: 'iid',
  hetero: 'hc1',
  cluster_city: 'cluster:city',
  cluster_province: 'cluster:province',
  twoway_city_year: 'cluster:city+year',
  twoway_province_year: 'cluster:province+year',
};

/** Our `--ssc` for a key such as `adj=TRUE;K=nonnested;Gadj=TRUE;Gdf=min`; null for a key that is not one. */
export function sscOf(key: string): string | null {
  if (key.startsWith('.')) return null;
  const given = Object.fromEntries(key.split(';').map((part) => part.split('=')));
  const fixefK = given.K === 'nonnested' ? 'nested' : given.K;
  return `adj=${given.adj},fixef_k=${fixefK},cluster_adj=${given.Gadj},cluster_df=${given.Gdf}`;
}

/** fixest repairs a two-way covariance that is not positive in the units of the regressors. */
export const inUnits = 'repair=units';
