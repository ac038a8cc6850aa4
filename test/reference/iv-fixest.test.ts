import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fitModel, summarizeModel } from '../../src/model/estimate-formula.ts';
import type { ColumnTable } from '../../src/table/column.ts';
import { readJson } from '../read-csv.ts';
import { cityKeys, cityPanel, fixestFile, hasCities, orNoCities } from './city-panel.ts';
import { openLedger } from './ledger.ts';

type Numbers = Readonly<Record<string, number>>;
interface FixestIv {
  readonly N: number;
  readonly coef: Numbers;
  readonly ssr: number;
  readonly se: Readonly<Record<string, { readonly se: Numbers }>>;
  readonly first_stage: Readonly<
    Record<string, { readonly coef: Numbers; readonly se_iid: Numbers; readonly se_cluster: Numbers }>
  >;
  readonly ivstats_iid: {
    readonly ivf1: { readonly stat: number };
    readonly wh: { readonly stat: number };
    readonly sargan: { readonly stat: number } | null;
    readonly cd: number;
  };
}

/** fixest itself was run to 3e-12. */
const fixestRun = 1e-9;
const covariances: Readonly<Record<string, string>> = {
  iid: 'iid',
  hetero: 'hc1',
  cluster_city: 'cluster:city',
  cluster_province: 'cluster:province',
  twoway_city_year: 'cluster:city+year',
  NW1: 'nw:1',
  DK2: 'dk:2',
};
const controls = 'yiv ~ c1 + c2 + c3 + c4 + c5';
const models = {
  just: { formula: `${controls} | city + year | ai ~ z1`, instruments: 1 },
  over: { formula: `${controls} | city + year | ai ~ z1 + z2`, instruments: 2 },
  nofe: { formula: `${controls} | 0 | ai ~ z1 + z2`, instruments: 2 },
} as const;

describe.skipIf(!hasCities)(`fixest 0.14.2, instruments${orNoCities}`, () => {
  const ledger = openLedger();
  let table: ColumnTable;
  beforeAll(() => {
    table = cityPanel();
  });
  afterAll(() => {
    console.log(ledger.table());
  });

  test.each(['just', 'over', 'nofe'] as const)('%s', (name) => {
    const expected = readJson<FixestIv>(fixestFile(`feols_iv_${name}`));
    const { formula, instruments } = models[name];
    const fitted = fitModel({ id: '1', formula, table, panel: cityKeys });
    const item = `feols_iv_${name}`;
    const near = (number: string, ours: number | null | undefined, theirs: number): void => {
      ledger.compare(['fixest', item, number], { ours, theirs, tolerance: fixestRun });
    };
    for (const [key, vcov] of Object.entries(covariances)) {
      const result = summarizeModel(fitted, { vcov });
      for (const [term, theirs] of Object.entries(expected.se[key].se)) {
        const own = result.coef.find((c) => c.term === term.replace('fit_', ''));
        near('coefficients', own?.estimate, expected.coef[term]);
        near(`se ${key}`, own?.se, theirs);
      }
    }
    const { iv, ssr, nobs } = summarizeModel(fitted);
    expect(nobs).toBe(expected.N);
    near('ssr', ssr, expected.ssr);
    near('first-stage F', iv?.first_stage[0].f, expected.ivstats_iid.ivf1.stat);
    near('Wu-Hausman', iv?.wu_hausman?.stat, expected.ivstats_iid.wh.stat);
    if (expected.ivstats_iid.sargan !== null) near('Sargan', iv?.overid?.stat, expected.ivstats_iid.sargan.stat);
    for (const [term, theirs] of Object.entries(expected.first_stage.ai.se_iid)) {
      near('first stage se', iv?.first_stage[0].coef.find((c) => c.term === term)?.se, theirs);
    }
    // fixest's Cragg-Donald counts neither effects nor exogenous regressors: (n - K1 - L1 - 1) r2 / (1 - r2) / L1.
    const r2 = (iv?.anderson_lm.stat as number) / nobs;
    const theirs = ((r2 / (1 - r2)) * (nobs - 2 - instruments)) / instruments;
    near('its own Cragg-Donald', theirs, expected.ivstats_iid.cd);
    expect(Math.abs((iv?.cragg_donald_f as number) / expected.ivstats_iid.cd - 1)).toBeGreaterThan(1e-4);
  });
});
