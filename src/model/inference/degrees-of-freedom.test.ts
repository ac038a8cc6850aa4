import { describe, expect, test } from 'vitest';
import { rowsIn } from '../../../test/fit-rows.ts';
import { columnTable, numberColumn, takeRows } from '../../table/column.ts';
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
    const clusterings = [{ ...rowsIn(one.fit).design.effects[0], name: 'city' }];
    expect(totalOf(parameterAccount(one.fit, readSmallSample('linearmodels'), clusterings))).toBe(k);
    expect(totalOf(parameterAccount(one.fit, readSmallSample('linearmodels'), []))).toBe(k + 271);
  });

  test('an account adds up to K, effect by effect', () => {
    const clusterings = [{ ...rowsIn(fitted.fit).design.effects[0], name: 'city' }];
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

describe('K of reghdfe with slopes of levels', () => {
  // Four firms over four years and two firms more in another period; z does not vary in firms 2 and 3.
  const firm = [1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 6, 6, 6];
  const year = [1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4, 8, 9, 10, 8, 9, 10];
  const small = columnTable({
    firm: numberColumn(firm),
    year: numberColumn(year),
    group: numberColumn(firm.map((f) => Math.ceil(f / 2))),
    z: numberColumn(firm.map((f, i) => (f === 2 || f === 3 ? f : Math.sin(i * i)))),
    x: numberColumn(firm.map((_, i) => Math.cos(7 * i * i))),
    y: numberColumn(firm.map((f, i) => f + Math.sin(3 * i * i))),
  });
  const count = (effects: string, vcov: string) =>
    inferModel(fitModel({ id: '1', formula: `y ~ x | ${effects}`, table: small, ssc: 'reghdfe' }), {
      vcov,
      ssc: 'reghdfe',
    }).covariance;
  test.each([
    // 6 intercepts and a slope for each firm in which z varies: 1, 4, 5, 6.
    ['firm[z]', 'iid', 1 + 6 + 4],
    // Slopes are not nested: intercepts cost 1 together, the 4 slopes stay.
    ['firm[z]', 'cluster:firm', 1 + 4 + 1],
    ['firm[z]', 'cluster:group', 1 + 4 + 1],
    // 7 years in two components with the firms: 2 of them are redundant.
    ['firm + year', 'iid', 1 + 6 + 7 - 2],
    ['firm[z] + year', 'iid', 1 + 6 + 4 + 7 - 2],
    // Slopes on year in six firms, and year effects: the trends of the two components are redundant, but are counted.
    ['firm[year] + year', 'iid', 1 + 6 + 6 + 7 - 2],
    ['firm[year] + year', 'cluster:firm', 1 + 6 + 7 - 1 + 1],
    ['year + firm[year]', 'iid', 1 + 7 + 6 - 2 + 6],
    // Without effects that are nested the 1 is not there.
    ['firm[z]', 'cluster:year', 1 + 6 + 4],
  ])('%s, %s: %i', (effects, vcov, expected) => {
    expect(count(effects, vcov).correction?.parameters).toBe(expected);
  });

  test('one more than the rank for a trend of each firm beside year effects, in one component', () => {
    const first = fitModel({
      id: '1',
      formula: 'y ~ x | firm[year] + year',
      table: takeRows(
        small,
        Int32Array.from({ length: 16 }, (_, i) => i),
      ),
    });
    expect(first.fit.absorbedRank).toBe(4 + 4 + 4 - 2);
    expect(totalOf(parameterAccount(first.fit, readSmallSample('reghdfe'), []))).toBe(1 + 4 + 4 + 4 - 1);
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
