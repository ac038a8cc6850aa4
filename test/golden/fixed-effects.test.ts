import { describe, expect, test } from 'vitest';
import type { FitInput, Fitted } from '../../src/model/estimate-formula.ts';
import { fitModel, summarizeModel } from '../../src/model/estimate-formula.ts';
import { readJson, readPlainCsv } from '../read-csv.ts';
import { closedForm, expectClose, probability, rawSandwich } from '../tolerance.ts';

type Numbers = Record<string, number>;

/** What `dummy-models.R` writes for one model: lm with all dummies, sandwich. */
interface DummyModel {
  readonly nobs: number;
  readonly df_resid: number;
  readonly ssr: number;
  readonly r2: number;
  readonly adj_r2: number;
  readonly coef: Numbers;
  readonly iid: Numbers;
  readonly p_iid: Numbers;
  readonly ci_low: Numbers;
  readonly ci_high: Numbers;
  readonly hc0: Numbers;
  readonly hc1: Numbers;
  readonly cluster: Record<string, { full_conventional: Numbers; bare: Numbers }>;
}

interface XtregModel {
  readonly constant: number;
  readonly se_iid: number;
  readonly se_cluster: number;
  readonly slope_se_cluster: number;
  readonly r2_within: number;
  readonly r2_between: number;
  readonly r2_overall: number;
}

const folder = (name: string): URL => new URL(`${name}/`, import.meta.url);
const dataOf = (name: string) => readPlainCsv(new URL('data.csv', folder(name)));
const referenceOf = <T>(name: string): T => readJson<T>(new URL('reference.json', folder(name)));

/** Terms of R under the names that a formula has here. */
function renamed(term: string, names: Record<string, string>): string {
  return names[term] ?? term;
}

function expectErrors(
  fitted: Fitted,
  vcov: string,
  ssc: string,
  expected: Numbers,
  names: Record<string, string> = {},
) {
  const { coef } = summarizeModel(fitted, { vcov, ssc });
  for (const [term, se] of Object.entries(expected)) {
    const own = coef.find((one) => one.term === renamed(term, names));
    expectClose(own?.se, se, vcov === 'iid' ? closedForm : rawSandwich, `${vcov} ${ssc} ${term}`);
  }
}

/** Every number of a dummy model: estimates, fit, and each covariance under the corrections that R applies to all dummies. */
function expectDummyModel(input: Omit<FitInput, 'id'>, model: DummyModel, names: Record<string, string> = {}): Fitted {
  const fitted = fitModel({ id: '1', singletons: 'keep', ...input });
  const result = summarizeModel(fitted, { ssc: 'fixef_k=full' });
  expect(result.nobs).toBe(model.nobs);
  expect(result.df_resid).toBe(model.df_resid);
  expect(result.df_t).toBe(model.df_resid);
  expectClose(result.ssr, model.ssr, closedForm, 'ssr');
  expectClose(result.r2.overall, model.r2, closedForm, 'r2');
  expectClose(result.r2.adj, model.adj_r2, closedForm, 'adjusted r2');
  for (const [term, estimate] of Object.entries(model.coef)) {
    const own = result.coef.find((one) => one.term === renamed(term, names));
    expectClose(own?.estimate, estimate, closedForm, `estimate ${term}`);
    expectClose(own?.p, model.p_iid[term], probability, `p ${term}`);
    expectClose(own?.ci95?.[0], model.ci_low[term], probability, `lower ${term}`);
    expectClose(own?.ci95?.[1], model.ci_high[term], probability, `upper ${term}`);
  }
  expectErrors(fitted, 'iid', 'fixef_k=full', model.iid, names);
  expectErrors(fitted, 'hc1', 'fixef_k=full', model.hc1, names);
  expectErrors(fitted, 'hc1', 'none', model.hc0, names);
  for (const [by, se] of Object.entries(model.cluster)) {
    const vcov = `cluster:${by === 'all' ? 'firm+industry+year' : by.replace('_', '+')}`;
    expectErrors(fitted, vcov, 'fixef_k=full,cluster_df=conventional', se.full_conventional, names);
    expectErrors(fitted, vcov, 'none', se.bare, names);
  }
  return fitted;
}

function expectXtreg(fitted: Fitted, model: XtregModel): void {
  const iid = summarizeModel(fitted, { ssc: 'xtreg' });
  const clustered = summarizeModel(fitted, { ssc: 'xtreg', vcov: 'cluster:unit' });
  expect(iid.coef[0].term).toBe('(Intercept)');
  expectClose(iid.coef[0].estimate, model.constant, closedForm, 'constant');
  expectClose(iid.coef[0].se, model.se_iid, rawSandwich, 'se of the constant, iid');
  expectClose(clustered.coef[0].se, model.se_cluster, rawSandwich, 'se of the constant, cluster');
  expectClose(clustered.coef[1].se, model.slope_se_cluster, rawSandwich, 'se of the slope, cluster');
  expectClose(iid.r2.xtreg_within, model.r2_within, closedForm, 'within');
  expectClose(iid.r2.xtreg_between, model.r2_between, closedForm, 'between');
  expectClose(iid.r2.xtreg_overall, model.r2_overall, closedForm, 'overall');
  const plain = summarizeModel(fitted, { vcov: 'cluster:unit' });
  expect(clustered.coef.slice(1)).toEqual(plain.coef);
}

describe('balanced two-way panel: lm with dummies, sandwich, plm, xtreg by its formula', () => {
  interface Reference extends DummyModel {
    readonly xtreg: XtregModel;
    readonly plm: { coef: Numbers; iid: Numbers; hc1: Numbers; cluster: Numbers; within_r2: number; df: number };
    readonly one_way: DummyModel & { readonly xtreg: XtregModel };
    readonly pooled: DummyModel;
  }
  const table = dataOf('balanced-two-way');
  const reference = referenceOf<Reference>('balanced-two-way');

  test('two-way', () => {
    const fitted = expectDummyModel({ formula: 'y ~ x1 + x2 | unit + time', table }, reference);
    expect(fitted.fit.absorption.method).toBe('balanced-two-way');
    expectXtreg(fitted, reference.xtreg);
  });

  test('plm convention', () => {
    const fitted = fitModel({ id: '1', formula: 'y ~ x1 + x2 | unit + time', table });
    expectErrors(fitted, 'iid', 'plm', reference.plm.iid);
    expectErrors(fitted, 'hc1', 'plm', reference.plm.hc1);
    expectErrors(fitted, 'cluster:unit', 'plm', reference.plm.cluster);
    const result = summarizeModel(fitted, { vcov: 'cluster:unit', ssc: 'plm' });
    expect(result.df_t).toBe(reference.plm.df);
    expectClose(result.r2.within, reference.plm.within_r2, closedForm, 'within r2');
  });

  test('one-way', () => {
    const fitted = expectDummyModel({ formula: 'y ~ x1 + x2 | unit', table }, reference.one_way);
    expectXtreg(fitted, reference.one_way.xtreg);
  });

  test('pooled, with the constant as a parameter', () => {
    expectDummyModel({ formula: 'y ~ x1 + x2', table }, reference.pooled);
  });
});

describe('unbalanced panel with gaps', () => {
  interface Weighted {
    readonly coef: Numbers;
    readonly iid: Numbers;
    readonly hc1: Numbers;
    readonly r2: number;
  }
  interface Reference extends DummyModel {
    readonly xtreg: XtregModel;
    readonly lags: DummyModel;
    readonly changes: DummyModel;
    readonly weighted: Weighted & { readonly cluster: Numbers; readonly adj_r2: number };
    readonly weighted_pooled: Weighted;
  }
  const table = dataOf('unbalanced-gaps');
  const panel = { unit: 'unit', time: 'time' };
  const reference = referenceOf<Reference>('unbalanced-gaps');

  test('two-way', () => {
    const fitted = expectDummyModel({ formula: 'y ~ x1 + log(x2) | unit + time', table, panel }, reference);
    expect(fitted.fit.absorption.method).toBe('direct');
    expectXtreg(fitted, reference.xtreg);
  });

  test('lags and leads by the value of time', () => {
    const formula = 'y ~ x1 + l(x1, 1) + f(x1, 2) | unit + time';
    expectDummyModel({ formula, table, panel }, reference.lags, { l1: 'l(x1, 1)', f2: 'f(x1, 2)' });
    expectDummyModel({ formula: 'y ~ d(x1) | unit', table, panel }, reference.changes, { d1: 'd(x1, 1)' });
  });

  test('analytic weights', () => {
    const fitted = fitModel({ id: '1', formula: 'y ~ x1 + log(x2) | unit + time', table, weights: 'w' });
    const result = summarizeModel(fitted, { ssc: 'fixef_k=full' });
    for (const { term, estimate } of result.coef) {
      expectClose(estimate, reference.weighted.coef[term], closedForm, term);
    }
    expectErrors(fitted, 'iid', 'fixef_k=full', reference.weighted.iid);
    expectErrors(fitted, 'hc1', 'fixef_k=full', reference.weighted.hc1);
    expectErrors(fitted, 'cluster:unit', 'fixef_k=full', reference.weighted.cluster);
    expectClose(result.r2.overall, reference.weighted.r2, closedForm, 'r2');
    expectClose(result.r2.adj, reference.weighted.adj_r2, closedForm, 'adjusted r2');
  });

  test('analytic weights with a constant', () => {
    const fitted = fitModel({ id: '1', formula: 'y ~ x1', table, weights: 'w' });
    const result = summarizeModel(fitted, {});
    for (const { term, estimate } of result.coef) {
      expectClose(estimate, reference.weighted_pooled.coef[term], closedForm, term);
    }
    expectErrors(fitted, 'iid', 'fixest', reference.weighted_pooled.iid);
    expectErrors(fitted, 'hc1', 'fixest', reference.weighted_pooled.hc1);
    expectClose(result.r2.overall, reference.weighted_pooled.r2, closedForm, 'r2');
  });
});

describe('three fixed effects', () => {
  interface Reference extends DummyModel {
    readonly rank: number;
    readonly combined: DummyModel;
    readonly slopes: DummyModel;
    readonly dummies: DummyModel;
  }
  const table = dataOf('three-effects');
  const reference = referenceOf<Reference>('three-effects');

  test('firm, industry and year, clusters up to three ways', () => {
    const fitted = expectDummyModel({ formula: 'y ~ x1 + x2 | firm + industry + year', table }, reference);
    expect(fitted.fit.absorbedRank).toBe(reference.rank);
    expect(fitted.fit.isRankExact).toBe(true);
  });

  test('a combined effect', () => {
    expectDummyModel({ formula: 'y ~ x1 + x2 | firm^kind + year', table }, reference.combined);
  });

  test('an effect with slopes', () => {
    expectDummyModel({ formula: 'y ~ x1 + x2 | firm[year] + industry', table }, reference.slopes);
  });

  test('dummies of a factor, a crossed pair, a power', () => {
    const names = { kindb: 'kind::b', kindc: 'kind::c' };
    expectDummyModel({ formula: 'y ~ x1*x2 + i(kind) + I(x1^2) | firm', table }, reference.dummies, names);
  });
});

describe('a polynomial of degree ten on raw powers, against exact arithmetic', () => {
  test('right to seven digits, nothing dropped', () => {
    const table = dataOf('raw-powers');
    const reference = referenceOf<{ beta: number[]; sd: number[]; residual_sd: number; r_squared: number }>(
      'raw-powers',
    );
    const powers = Array.from({ length: 9 }, (_, k) => `I(x^${k + 2})`).join(' + ');
    const result = summarizeModel(fitModel({ id: '1', formula: `y ~ x + ${powers}`, table }));
    expect(result.collinear).toEqual([]);
    // The powers are rounded once each, and the condition number of the columns is 1e10: 7 digits are what the data hold.
    result.coef.forEach(({ term, estimate, se }, j) => {
      expectClose(estimate, reference.beta[j], 1e-7, term);
      expectClose(se, reference.sd[j], 1e-7, `se ${term}`);
    });
    expectClose(result.rmse, reference.residual_sd, 1e-7, 'residual sd');
    expectClose(result.r2.overall, reference.r_squared, 1e-10, 'r2');
  });
});
