import { describe, expect, test } from 'vitest';
import { fitModel, summarizeModel } from '../../../src/model/estimate-formula.ts';
import type { ModelResult } from '../../../src/model/result/result.ts';
import { columnTable, numberColumn } from '../../../src/table/column.ts';
import { readJson, readPlainCsv } from '../../read-csv.ts';
import { expectClose, probability, rawSandwich } from '../../tolerance.ts';

type Numbers = Readonly<Record<string, number>>;
interface Line {
  readonly stat: number;
  readonly p: number;
}
interface Estimates {
  readonly coef: Numbers;
  readonly se: Numbers;
}
interface Moments extends Estimates {
  readonly j: Line & { readonly df: number };
}
type Family<K extends string, E = Moments> = Readonly<Record<K, E>>;
interface Part {
  readonly gmm: Family<'unadjusted' | 'robust' | 'cluster'>;
  readonly cue: Family<'unadjusted' | 'robust' | 'cluster'>;
  readonly gmm_kernel: Family<'bartlett' | 'parzen' | 'qs'>;
  readonly kernel: Family<'bartlett' | 'parzen' | 'qs', Estimates>;
  readonly kclass: Readonly<Record<string, Estimates & { readonly kappa: number }>>;
  readonly diagnostics: {
    readonly sargan: Line;
    readonly wu_hausman: Line;
    readonly durbin: Line;
    readonly cragg_donald_f: number;
    readonly partial_r2: Numbers;
    readonly shea_r2: Numbers;
  };
  readonly rank: Readonly<Record<'robust' | 'cluster', { readonly kp: Line; readonly kp_f: number }>>;
}

const folder = new URL('./', import.meta.url);
const reference = readJson<Readonly<Record<'one' | 'two', Part>>>(new URL('linearmodels.json', folder));
const data = readPlainCsv(new URL('data.csv', folder));
const rows = Float64Array.from({ length: 176 }, (_, i) => i);
const table = columnTable({ ...data.columns, row: numberColumn(rows) });

/** Their dummies condition the moments of 34 columns: what is left of 16 digits after two inversions. */
const withDummies = 1e-8;
/** BFGS by differences on both sides: the objective is flat to its root of rounding around the least value. */
const minimized = 2e-5;

const formulas = {
  one: { absorbed: 'y ~ c | unit + time | a ~ z1 + z2', plain: 'y ~ c | 0 | a ~ z1 + z2' },
  two: { absorbed: 'y ~ c | unit + time | a + b ~ z1 + z2 + z3', plain: 'y ~ c | 0 | a + b ~ z1 + z2 + z3' },
} as const;
const vcovs = { unadjusted: 'iid', robust: 'hc1', cluster: 'cluster:unit' } as const;

function model(formula: string, vcov: string, estimator = '2sls'): ModelResult {
  return summarizeModel(fitModel({ id: '1', formula, table, vcovs: [vcov], estimator }), { vcov, ssc: 'ivreg2' });
}

function expectNumbers(result: ModelResult, numbers: Numbers, what: 'estimate' | 'se', tolerance: number): void {
  for (const [term, value] of Object.entries(numbers)) {
    expectClose(result.coef.find((c) => c.term === term)?.[what], value, tolerance, `${term} ${what}`);
  }
}

describe.each(['one', 'two'] as const)('linearmodels, %s endogenous', (which) => {
  const expected = reference[which];
  const { absorbed, plain } = formulas[which];

  test.each(['unadjusted', 'robust', 'cluster'] as const)('two-step GMM, %s weights', (weights) => {
    const result = model(weights === 'cluster' ? plain : absorbed, vcovs[weights], 'gmm');
    const { coef, j } = expected.gmm[weights];
    expectNumbers(result, coef, 'estimate', withDummies);
    expectClose(result.iv?.overid?.stat, j.stat, withDummies, 'J');
    expect(result.iv?.overid?.df).toBe(j.df);
  });

  test.each(['unadjusted', 'robust', 'cluster'] as const)('CUE, %s weights', (weights) => {
    const result = model(plain, vcovs[weights], 'cue');
    const { coef, se, j } = expected.cue[weights];
    expectNumbers(result, coef, 'estimate', minimized);
    expectNumbers(result, se, 'se', minimized);
    expectClose(result.iv?.overid?.stat, j.stat, minimized, 'J');
  });

  test.each(Object.keys(expected.kclass))('%s', (estimator) => {
    const result = model(absorbed, 'iid', estimator);
    const { coef, se, kappa } = expected.kclass[estimator];
    expectClose(result.iv?.kappa, kappa, rawSandwich, 'kappa');
    expectNumbers(result, coef, 'estimate', withDummies);
    expectNumbers(result, se, 'se', withDummies);
  });

  test('diagnostics', () => {
    const { iv } = model(absorbed, 'iid');
    const { sargan, wu_hausman, durbin, cragg_donald_f, partial_r2, shea_r2 } = expected.diagnostics;
    expectClose(iv?.overid?.stat, sargan.stat, withDummies, 'Sargan');
    expectClose(iv?.wu_hausman?.stat, wu_hausman.stat, withDummies, 'Wu-Hausman');
    expectClose(iv?.wu_hausman?.p, wu_hausman.p, probability, 'Wu-Hausman p');
    expectClose(iv?.endogeneity?.stat, durbin.stat, withDummies, 'Durbin');
    expectClose(iv?.cragg_donald_f, cragg_donald_f, withDummies, 'Cragg-Donald');
    iv?.first_stage.forEach((stage) => {
      expectClose(stage.partial_r2, partial_r2[stage.endog], withDummies, `partial R2 ${stage.endog}`);
      expectClose(stage.shea_r2, shea_r2[stage.endog], withDummies, `Shea ${stage.endog}`);
    });
  });

  test.each(['robust', 'cluster'] as const)('Kleibergen-Paap, %s', (covariance) => {
    const { iv } = model(absorbed, vcovs[covariance]);
    const { kp, kp_f } = expected.rank[covariance];
    expectClose(iv?.kleibergen_paap_lm.stat, kp.stat, withDummies, 'rk LM');
    expectClose(iv?.kleibergen_paap_f, kp_f, withDummies, 'rk F');
  });

  test.each([
    ['bartlett', 'nw:3,time=row'],
    ['parzen', 'nw:3,time=row,kernel=parzen'],
    ['qs', 'nw:2,time=row,kernel=qs'],
  ] as const)('%s kernel, rows as one series', (kernel, vcov) => {
    expectNumbers(model(plain, vcov), expected.kernel[kernel].se, 'se', rawSandwich);
    const { coef, j } = expected.gmm_kernel[kernel];
    const result = model(plain, vcov, 'gmm');
    expectNumbers(result, coef, 'estimate', withDummies);
    expectClose(result.iv?.overid?.stat, j.stat, withDummies, 'J');
  });
});
