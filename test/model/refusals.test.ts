import { describe, expect, test } from 'vitest';
import type { ErrorCode, ErrorDetail } from '../../src/error/codes.ts';
import { anyOf } from '../../src/error/said.ts';
import { isStudyError, StudyError } from '../../src/error/study-error.ts';
import type { FitInput, InferenceOptions } from '../../src/model/estimate-formula.ts';
import { fitModel, summarizeModel } from '../../src/model/estimate-formula.ts';
import { describeError } from '../../src/output/format/error-text/describe.ts';
import { columnTable, numberColumn, textColumn } from '../../src/table/column.ts';

const table = columnTable({
  city: textColumn(['a', 'a', 'b', 'b', 'c', 'c']),
  year: numberColumn([1, 2, 1, 2, 1, 2]),
  x: numberColumn([1, 4, 2, 8, 5, 7]),
  z: numberColumn([1, 1, 2, 2, 3, 3]),
  w: numberColumn([1, 2, -1, 1, 1, 1]),
  part: textColumn(['p', null, 'p', 'q', 'q', 'q']),
  one: numberColumn([1, 1, 1, 1, 1, 1]),
  none: numberColumn([null, null, null, null, null, null]),
  y: numberColumn([1, 3, 2, 5, 4, 6]),
});

function refusal<C extends ErrorCode>(
  code: C,
  input: Partial<FitInput> & { formula: string },
  options: InferenceOptions = {},
): ErrorDetail<C> {
  try {
    summarizeModel(fitModel({ id: '1', table, ...input }), options);
  } catch (error) {
    if (isStudyError(error, code)) return error.detail;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('what cannot be estimated says why', () => {
  test('an estimator for instruments, without any', () => {
    expect(refusal('bad-option', { formula: 'y ~ x', estimator: 'liml' }).option).toBe('estimator');
  });
  test.each([
    ['orthog', { orthogonal: ['z'] }],
    ['relax', { relax: 'z:0.5' }],
  ] as const)('%s, without instruments', (option, options) => {
    for (const formula of ['y ~ x', 'y ~ x | city', 'y ~ x + z'])
      expect(refusal('bad-option', { formula }, options)).toMatchObject({ option });
  });
  test('regressors that do not vary are not blamed on effects that are not there', () => {
    expect(refusal('collinear', { formula: 'y ~ one' })).toMatchObject({ terms: ['one'], isAbsorbed: false });
    expect(refusal('collinear', { formula: 'y ~ z | city' })).toMatchObject({ terms: ['z'], isAbsorbed: true });
    expect(describeError(new StudyError('collinear', refusal('collinear', { formula: 'y ~ one' })), 'en')).toContain(
      'one does not vary over the rows',
    );
    expect(describeError(new StudyError('collinear', refusal('collinear', { formula: 'y ~ one' })), 'zh')).toContain(
      'one在样本各行中没有变化',
    );
    expect(
      describeError(new StudyError('collinear', refusal('collinear', { formula: 'y ~ z | city' })), 'en'),
    ).toContain('fixed effects');
  });
  test('unknown names, with the nearest', () => {
    expect(refusal('unknown-column', { formula: 'y ~ xx' })).toMatchObject({ name: 'xx', nearest: 'x' });
    expect(refusal('unknown-column', { formula: 'y ~ x | citty' })).toMatchObject({ nearest: 'city' });
    expect(refusal('unknown-column', { formula: 'y ~ x' }, { vcov: 'cluster:cty' })).toMatchObject({ nearest: 'city' });
    expect(refusal('unknown-column', { formula: 'y ~ x', vcovs: ['cluster:yea'] })).toMatchObject({ nearest: 'year' });
    expect(refusal('unknown-column', { formula: 'y ~ x', weights: 'ww' })).toMatchObject({ nearest: 'w' });
  });
  test('text as a number', () => {
    expect(refusal('not-numeric', { formula: 'y ~ city' })).toMatchObject({ name: 'city', example: 'a' });
    expect(refusal('not-numeric', { formula: 'y ~ i(year, city)' }).name).toBe('city');
    expect(refusal('not-numeric', { formula: 'y ~ x | year[city]' }).name).toBe('city');
    const panel = { unit: 'year', time: 'city' };
    expect(refusal('time-unclear', { formula: 'y ~ l(x)', panel }).name).toBe('city');
  });
  test('lags without a panel, or with two rows in one place', () => {
    expect(refusal('panel-needed', { formula: 'y ~ f(x)' }).operator).toBe('f()');
    const panel = { unit: 'part', time: 'year' };
    expect(refusal('duplicate-key', { formula: 'y ~ l(x)', panel })).toMatchObject({ count: 2, example: 'p, 1' });
  });
  test('levels that are not there', () => {
    expect(refusal('formula-syntax', { formula: 'y ~ i(year, ref = 3)' })).toMatchObject({ found: '3' });
    expect(refusal('formula-syntax', { formula: 'y ~ i(city, ref = A)' }).suggestion).toBe('a');
  });
  test('no rows, too few rows', () => {
    expect(refusal('empty-sample', { formula: 'y ~ none' })).toMatchObject({ rows: 6, dropped: { missing: 6 } });
    expect(refusal('no-within-variation', { formula: 'y ~ x | city^year', singletons: 'drop' }).finest).toMatchObject({
      levels: 6,
      rows: 6,
    });
    expect(refusal('too-few-rows', { formula: 'y ~ x + I(x^2) + I(x^3) | city' })).toMatchObject({ nobs: 6 });
  });
  test('no variation', () => {
    expect(refusal('collinear', { formula: 'y ~ z | city' }).terms).toEqual(['z']);
    expect(refusal('collinear', { formula: 'y ~ one' }).terms).toEqual(['one']);
    expect(refusal('no-within-variation', { formula: 'z ~ x | city' }).name).toBe('z');
  });
  test('weights below zero', () => {
    expect(refusal('bad-weight', { formula: 'y ~ x', weights: 'w' })).toMatchObject({ weights: 'w', value: '-1' });
  });
  test('iterations that run out', () => {
    // Units meet firms anywhere, so that S is too full to be eliminated.
    const rows = Array.from({ length: 18_000 }, (_, i) => i);
    const mixed = columnTable({
      unit: numberColumn(rows.map((i) => Math.floor(i / 6))),
      firm: numberColumn(rows.map((i) => (Math.imul(i * i + i, 0x9e3779b1) >>> 8) % 701)),
      x: numberColumn(rows.map((i) => Math.sin(i * i))),
      y: numberColumn(rows.map((i) => Math.cos(i * i))),
    });
    const absorb = { tolerance: 1e-12, iterationLimit: 3 };
    const detail = refusal('not-converged', { formula: 'y ~ x | unit + firm', table: mixed, absorb });
    expect(detail).toMatchObject({ iterations: 3, tolerance: 1e-12 });
    expect(detail.reached).toBeGreaterThan(1e-10);
  });
});

describe('covariances', () => {
  const formula = 'y ~ x';
  test.each(['nw', 'nw:2', 'dk', 'dk:3'])('%s needs to know the time', (vcov) => {
    expect(refusal('panel-needed', { formula }, { vcov }).operator).toBe(`vcov ${vcov.split(':')[0]}`);
  });
  test.each([
    ['clustr:city', 'cluster'],
    ['hc', 'hc1'],
    ['iid:city', 'iid'],
    ['hc11', 'hc1'],
  ])('%s is a slip', (vcov, suggestion) => {
    expect(refusal('bad-option', { formula }, { vcov })).toMatchObject({ option: 'vcov', value: vcov, suggestion });
  });
  test.each(['cluster', 'cluster:', 'cluster:city+'])('%s lacks a name', (vcov) => {
    expect(refusal('bad-option', { formula }, { vcov }).expected).toEqual(anyOf(['cluster:NAME', 'cluster:NAME+NAME']));
  });
  test('one cluster, and rows without one', () => {
    expect(refusal('cluster-too-few', { formula }, { vcov: 'cluster:one' })).toMatchObject({ by: 'one', clusters: 1 });
    expect(refusal('missing-cluster', { formula }, { vcov: 'cluster:part' })).toMatchObject({ by: 'part', rows: 1 });
  });
  test.each([
    ['fixset', 'fixest'],
    ['fixef_k=nestd', 'nested'],
    ['adjj=true', 'adj'],
    ['cluster_df=minimum', 'min'],
    ['adj=maybe', null],
  ])('--ssc %s', (ssc, suggestion) => {
    const detail = refusal('bad-option', { formula }, { ssc });
    expect(detail.option).toBe('ssc');
    if (ssc !== 'cluster_df=minimum') expect(detail.suggestion).toBe(suggestion);
    else expect(detail.expected).toBe('min, conventional');
  });
});
