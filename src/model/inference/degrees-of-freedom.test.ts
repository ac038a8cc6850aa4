import { describe, expect, test } from 'vitest';
import { columnTable, numberColumn } from '../../table/column.ts';
import { fitModel, inferModel } from '../estimate-formula.ts';
import { parameterAccount, totalOf } from './degrees-of-freedom.ts';
import { readSmallSample } from './small-sample.ts';

/** 271 cities x 19 years and two regressors: the worked case of every convention, K beyond the slopes in the comments. */
const n = 271 * 19;
const of = (value: (i: number) => number) => numberColumn(Float64Array.from({ length: n }, (_, i) => value(i)));
const table = columnTable({
  city: of((i) => Math.floor(i / 19)),
  year: of((i) => i % 19),
  x1: of((i) => Math.sin(i * i + i)),
  x2: of((i) => Math.cos(3 * i * i)),
  y: of((i) => Math.sin(5 * i * i + 1)),
});
const fitted = fitModel({
  id: '1',
  formula: 'y ~ x1 + x2 | city + year',
  table,
  panel: { unit: 'city', time: 'year' },
});
const k = 2;

function counted(vcov: string, ssc: string): number | undefined {
  return inferModel(fitted, { vcov, ssc }).covariance.correction?.parameters;
}

describe('K of the city panel by convention', () => {
  // Clusters of cities: the 271 city effects are nested, 18 year effects are not.
  test.each([
    ['fixest', k + 19],
    ['reghdfe', k + 19],
    ['xtreg', k + 19],
    ['areg', k + 18 + 271],
    ['plm', k],
    ['linearmodels', k + 271 + 19 - 1],
    ['fixef_k=full', k + 271 + 19 - 1],
    ['fixef_k=none', k],
    ['ivreg2', 0],
    ['none', 0],
  ])('cluster:city, %s', (ssc, expected) => {
    expect(counted('cluster:city', ssc)).toBe(expected);
  });

  // All fixed effects nested: fixest leaves one for them.
  test.each([
    ['fixest', k + 1],
    ['reghdfe', k + 1],
  ])('cluster:city+year, %s', (ssc, expected) => {
    expect(counted('cluster:city+year', ssc)).toBe(expected);
  });

  test.each(['fixest', 'reghdfe', 'xtreg', 'areg', 'plm', 'linearmodels'])(
    'iid: N - (k + 271 + 18) under %s',
    (ssc) => {
      expect(counted('iid', ssc)).toBe(k + 271 + 18);
    },
  );

  test('one factor is nested and the only one: linearmodels does not count it', () => {
    const one = fitModel({ id: '1', formula: 'y ~ x1 + x2 | city', table });
    const clusterings = [{ ...one.fit.design.effects[0], name: 'city' }];
    expect(totalOf(parameterAccount(one.fit, readSmallSample('linearmodels'), clusterings))).toBe(k);
    expect(totalOf(parameterAccount(one.fit, readSmallSample('linearmodels'), []))).toBe(k + 271);
  });

  test('an account adds up to K, effect by effect', () => {
    const clusterings = [{ ...fitted.fit.design.effects[0], name: 'city' }];
    const account = parameterAccount(fitted.fit, readSmallSample('areg'), clusterings);
    expect(account).toEqual({
      slopes: k,
      constant: 0,
      effects: [
        { name: 'city', levels: 271, counted: 271, isNested: true },
        { name: 'year', levels: 19, counted: 18, isNested: false },
      ],
      extra: 0,
    });
    const nested = parameterAccount(fitted.fit, readSmallSample('reghdfe'), clusterings);
    expect(nested.effects.map((effect) => effect.counted)).toEqual([0, 18]);
    expect(nested.extra).toBe(1);
  });
});

describe('degrees of freedom of t', () => {
  test.each([
    ['cluster:city', 'fixest', 270],
    ['cluster:city+year', 'reghdfe', 18],
    ['cluster:city', 'plm', n - (k + 289)],
    ['cluster:city', 'linearmodels', n - (k + 289)],
    ['cluster:city', 'ivreg2', Number.POSITIVE_INFINITY],
    ['nw', 'fixest', 18],
    ['nw', 'xtreg', n - (k + 289)],
    ['dk', 'reghdfe', 18],
    ['dk', 'xtreg', 270],
    ['hc2', 'fixest', n - (k + 289)],
    ['cr3:city', 'fixest', 270],
  ])('%s under %s', (vcov, ssc, expected) => {
    expect(inferModel(fitted, { vcov, ssc }).covariance.dof).toBe(expected);
  });
});
