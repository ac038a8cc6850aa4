import { describe, expect, test } from 'vitest';
import { said } from '../../error/said.ts';
import { isStudyError } from '../../error/study-error.ts';
import { columnTable, numberColumn, textColumn } from '../../table/column.ts';
import type { EstimateInput } from '../estimate-formula.ts';
import { fitEach, fitModel, inferModel, summarizeModel } from '../estimate-formula.ts';
import { estimatesOf } from '../inference/joint-test.ts';
import type { AfterFitRequest } from './after-fit.ts';
import { estimateAfter, nothingAfter } from './after-fit.ts';
import { linearCombinationOf, nonlinearCombinationOf } from './combination.ts';
import { effectsTable, predictionTable } from './prediction-table.ts';
import { recoverEffects } from './recover-effects.ts';
import { readRestrictions } from './restrictions.ts';
import { waldTest } from './wald.ts';

// y = 1 + 2 a + 3 b + u on a 2 x 2 design twice: a and b are orthogonal and centred, sum a^2 = sum b^2 = 8, and u is
// orthogonal to both and sums to zero, so that b = (1, 2, 3), SSR = 8, s2 = 8/5, var = 1/5 for every coefficient.
const a = [1, 1, -1, -1, 1, 1, -1, -1];
const b = [1, -1, 1, -1, 1, -1, 1, -1];
const u = [1, 1, 1, 1, -1, -1, -1, -1];
const table = columnTable({
  a: numberColumn(a),
  b: numberColumn(b),
  c: numberColumn(a.map((value, i) => value * b[i])),
  d: numberColumn(a.map((value) => 2 * value)),
  y: numberColumn(a.map((value, i) => 1 + 2 * value + 3 * b[i] + u[i])),
  z: numberColumn(a.map((value, i) => value - b[i] + u[i])),
  id: numberColumn([1, 2, 3, 4, 1, 2, 3, 4]),
  time: numberColumn([1, 1, 1, 1, 2, 2, 2, 2]),
  half: textColumn(['p', 'p', 'p', 'p', 'q', 'q', 'q', 'q']),
});

describe('by hand', () => {
  const { fit, covariance } = inferModel(fitModel({ id: '1', formula: 'y ~ a + b', table }));
  const estimates = estimatesOf({ fit, covariance });

  test('a joint test: (2^2 + 3^2) / (2/5)', () => {
    const { chi2, f, df } = waldTest(estimates, 'a, b', readRestrictions('a, b', estimates.terms));
    expect(chi2).toBeCloseTo(13 * 5, 11);
    expect(f).toBeCloseTo(32.5, 11);
    expect(df).toEqual([2, 5]);
    expect(summarizeModel(fitModel({ id: '1', formula: 'y ~ a + b', table })).f?.stat).toBeCloseTo(32.5, 11);
  });

  test('one restriction: (2 + 3 - 4)^2 / (1/5 + 1/5)', () => {
    const { chi2 } = waldTest(estimates, 'a + b = 4', readRestrictions('a + b = 4', estimates.terms));
    expect(chi2).toBeCloseTo(2.5, 12);
  });

  test('a combination: 2 + 2 x 3, variance (1 + 4)/5', () => {
    const line = linearCombinationOf(estimates, 'a + 2*b');
    expect(line.estimate).toBeCloseTo(8, 13);
    expect(line.se).toBeCloseTo(1, 13);
  });

  test('a ratio: 2/3, gradient (1/3, -2/9), variance (1/9 + 4/81)/5', () => {
    const line = nonlinearCombinationOf(estimates, 'a/b');
    expect(line.estimate).toBeCloseTo(2 / 3, 14);
    expect(line.se).toBeCloseTo(Math.sqrt(13 / 81 / 5), 14);
  });

  test('no number where there is none', () => {
    const zero = { ...estimates, coefficients: Float64Array.of(0, 0, 1) };
    expect(nonlinearCombinationOf(zero, 'log(a)')).toMatchObject({ estimate: null, se: null, p: null });
    expect(nonlinearCombinationOf(zero, 'abs(a)')).toMatchObject({ estimate: 0, se: null, ci95: null });
    expect(nonlinearCombinationOf(zero, '3 + 0*a')).toMatchObject({ estimate: 3, se: 0, stat: null });
  });
});

describe('two connected sets', () => {
  // Units 1, 2 in periods 1, 2 and units 3, 4 in periods 3, 4: two sets. y = unit effect + period effect + 2 x + 0.
  const unit = [1, 1, 2, 2, 3, 3, 4, 4, 1, 2, 3, 4];
  const time = [1, 2, 1, 2, 3, 4, 3, 4, 1, 2, 3, 4];
  const x = [1, 0, 2, 5, 3, 1, 4, 4, -2, 3, 0, 1];
  const unitEffect = [10, 20, 30, 40];
  const timeEffect = [1, 3, 7, 2];
  const two = columnTable({
    unit: numberColumn(unit),
    time: numberColumn(time),
    x: numberColumn(x),
    // Noise of the rounding's size alone: SSR must not be zero.
    y: numberColumn(x.map((value, i) => 2 * value + unitEffect[unit[i] - 1] + timeEffect[time[i] - 1])),
    // Levels of a trend, one a unit: y = unit + unit trend.
    trend: numberColumn(x.map((_, i) => i)),
    s: numberColumn(x.map((_, i) => unitEffect[unit[i] - 1] + i * unit[i] + 0.5 * x[i])),
  });

  test('the first period of each is zero, the units take its level', () => {
    const recovered = recoverEffects(fitModel({ id: '1', formula: 'y ~ x | unit + time', table: two }).fit);
    expect(recovered?.summary).toMatchObject({ components: 2, is_unique: true, normalisation: 'first-level-zero' });
    expect(recovered?.summary.effects.map(({ zeros }) => zeros)).toEqual([0, 2]);
    const [units, times] = recovered?.effects ?? [];
    [11, 21, 37, 47].forEach((value, level) => {
      expect(units.values[level]).toBeCloseTo(value, 10);
    });
    [0, 2, 0, -5].forEach((value, level) => {
      expect(times.values[level]).toBeCloseTo(value, 10);
    });
  });

  test('slopes in the units of their variable', () => {
    const [fitted] = fitEach({ formulas: ['s ~ x | unit[trend]'], table: two });
    const [own] = recoverEffects(fitted.fit)?.effects ?? [];
    [1, 2, 3, 4].forEach((slope, level) => {
      expect(own.slopes[0][level]).toBeCloseTo(slope, 10);
      expect(own.values[level]).toBeCloseTo(unitEffect[level], 9);
    });
    const lines = effectsTable([fitted]);
    expect(lines.names).toEqual(['effect', 'level', 'variable', 'value', 'rows', 'component']);
    expect(lines.columns.variable).toMatchObject({ kind: 'text', levels: ['', 'trend'] });
    expect(lines.nrow).toBe(8);
  });

  test('no effects, nothing recovered', () => {
    const [fitted] = fitEach({ formulas: ['y ~ x'], table: two });
    expect(recoverEffects(fitted.fit)).toBeNull();
    expect(effectsTable([fitted]).nrow).toBe(0);
  });
});

describe('from formulas', () => {
  const goOn = (input: Partial<EstimateInput>, request: Partial<AfterFitRequest>) =>
    estimateAfter({ formulas: ['y ~ a + b'], table, ...input }, { ...nothingAfter, ...request });
  const errorOf = (action: () => unknown): unknown => {
    try {
      return action();
    } catch (error) {
      return error;
    }
  };

  test('only the keys asked for', () => {
    expect(Object.keys(goOn({}, {}).models[0])).toEqual(
      Object.keys(summarizeModel(fitModel({ id: '1', formula: 'y ~ a + b', table }))),
    );
    const [model] = goOn({}, { tests: ['a'], nlcoms: ['a^2'] }).models;
    expect(model.tests?.length).toBe(1);
    expect(model.combinations?.map(({ kind }) => kind)).toEqual(['nlcom']);
    expect(model).not.toHaveProperty('hausman');
  });

  test('a term that one model lacks is absent there, one that none has is a slip', () => {
    const formulas = ['y ~ csw(a, b)', 'y ~ i(time)'];
    const { models } = goOn({ formulas }, { tests: ['a = b', 'i(time)'], lincoms: ['a - b'] });
    expect(models.map(({ tests }) => tests?.map(({ absent }) => absent))).toEqual([
      [['b'], ['i(time)']],
      [[], ['i(time)']],
      [['a', 'b'], []],
    ]);
    expect(models[0].combinations?.[0]).toMatchObject({ estimate: null, absent: ['b'] });
    expect(models[0].tests?.[0]).toMatchObject({ f: null, chi2: null, p: null });
    const slip = errorOf(() => goOn({ formulas }, { tests: ['a = bb'] }));
    expect(isStudyError(slip, 'bad-option') && slip.detail.option).toBe('test');
    const nonlinear = errorOf(() => goOn({ formulas }, { lincoms: ['a*b'] }));
    expect(isStudyError(nonlinear, 'bad-option') && nonlinear.detail.option).toBe('lincom');
    const unknown = errorOf(() => goOn({ formulas }, { nlcoms: ['q^2'] }));
    expect(isStudyError(unknown, 'bad-option') && unknown.detail.option).toBe('nlcom');
  });

  test('a term that was left out as collinear is named as such, unless some model kept it', () => {
    for (const own of [{ tests: ['d = 1'] }, { lincoms: ['a - d'] }, { nlcoms: ['d^2'] }]) {
      const error = errorOf(() => goOn({ formulas: ['y ~ a + b + d'] }, own));
      const [option] = Object.keys(own);
      expect(isStudyError(error, 'bad-option') && error.detail).toMatchObject({
        option: option.slice(0, -1),
        expected: said('expected.term_kept', { names: 'd' }),
        suggestion: null,
      });
    }
    const { models } = goOn({ formulas: ['y ~ a + b + d', 'y ~ b + d'] }, { tests: ['d = 1'] });
    expect(models.map(({ tests = [] }) => tests[0].absent)).toEqual([['d'], []]);
  });

  test('equal coefficients: all models without a split, the parts of each formula with one', () => {
    const formulas = ['y ~ a + b', 'z ~ a + b'];
    const [across] = goOn({ formulas }, { equal: ['a'] }).equality;
    expect(across.models).toEqual(['1', '2']);
    expect(across.differences[0]).toMatchObject({ model: '2', base: '1', term: 'a' });
    expect(across.differences[0].estimate).toBeCloseTo(-1, 13);
    const split = goOn({ formulas, split: { by: 'half', full: true } }, { equal: ['a', 'a, b'] }).equality;
    expect(split.map(({ models }) => models)).toEqual([
      ['2', '3'],
      ['5', '6'],
      ['2', '3'],
      ['5', '6'],
    ]);
    expect(split[2].test.df[0]).toBe(0);
    expect(split.map(({ vcov }) => vcov.type)).toEqual(['hc1', 'hc1', 'hc1', 'hc1']);
  });

  test.each([
    ['bad-option', {}, { equal: ['a'] }],
    ['bad-option', { formulas: ['y ~ a', 'z ~ b'] }, { equal: ['a'] }],
    ['bad-option', { formulas: ['y ~ a', 'z ~ a'], vcov: 'hc0' }, { equal: ['a'] }],
    ['bad-option', { formulas: ['y ~ a', 'z ~ a'], vcov: 'cr2:id' }, { equal: ['a'] }],
    ['panel-needed', {}, { random: true }],
    ['not-available', { formulas: ['y ~ 1 | time | z ~ a'] }, { random: true }],
    ['not-available', { formulas: ['y ~ 1 | time | z ~ a'] }, { hausman: true }],
    ['bad-option', { formulas: ['y ~ time | id'], weights: 'time' }, { hausman: true }],
    ['bad-option', { formulas: ['y ~ c | time[a]'] }, { mundlak: true }],
  ] as const)('refused: %s %j %j', (code, input, request) => {
    expect(
      isStudyError(
        errorOf(() => goOn(input, request)),
        code,
      ),
    ).toBe(true);
  });

  test('rows go back to the data through a split', () => {
    const { fits } = estimateAfter(
      { formulas: ['y ~ a + b'], table, split: { by: 'half', full: false }, panel: { unit: 'id', time: 'time' } },
      nothingAfter,
      true,
    );
    const lines = predictionTable(fits, true);
    expect(lines.names).toEqual(['model', 'row', 'id', 'time', 'observed', 'fitted', 'residual', 'xb']);
    expect(lines.columns.row).toMatchObject({ values: Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8) });
    expect(lines.columns.model).toMatchObject({ levels: ['1', '2'] });
    const numbers = (name: string) => (lines.columns[name] as { values: Float64Array }).values;
    numbers('observed').forEach((value, i) => {
      expect(numbers('fitted')[i] + numbers('residual')[i]).toBeCloseTo(value, 13);
    });
  });
});
