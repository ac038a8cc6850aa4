import { describe, expect, test } from 'vitest';
import { buildDesign } from '../../src/model/design/build-design.ts';
import { buildPanelIndex, lagged } from '../../src/model/design/panel-index.ts';
import { allRows, chooseRows } from '../../src/model/design/row-choice.ts';
import { estimate, fitModel, planModels, summarizeModel } from '../../src/model/estimate-formula.ts';
import type { ModelResult } from '../../src/model/result/result.ts';
import { columnTable, numberColumn, textColumn } from '../../src/table/column.ts';
import { numericColumn } from '../../src/table/expression/evaluate.ts';
import { rowsIn } from '../fit-rows.ts';

/** Sums of a few small numbers. */
const digits = 13;

function close(actual: number | null | undefined, expected: number): void {
  expect(actual).toBeCloseTo(expected, digits);
}

const slope = (result: ModelResult) => result.coef[result.coef.length - 1];

describe('four points', () => {
  // x = 1 2 3 4, y = 1 3 2 5: xbar = 2.5, ybar = 2.75, sum (x-xbar)^2 = 5, sum (x-xbar)(y-ybar) = 5.5, so b = 1.1, a = 0.
  // u = -0.1 0.8 -1.3 0.6, SSR = 2.7, s2 = 2.7/2 = 1.35, TSS = 8.75.
  const table = columnTable({
    x: numberColumn([1, 2, 3, 4]),
    y: numberColumn([1, 3, 2, 5]),
    half: textColumn(['a', 'a', 'b', 'b']),
    other: textColumn(['p', 'q', 'p', 'q']),
  });
  const fitted = fitModel({ id: '1', formula: 'y ~ x', table });

  test('estimates, iid, R2', () => {
    const result = summarizeModel(fitted);
    close(slope(result).estimate, 1.1);
    close(result.coef[0].estimate, 0);
    close(slope(result).se, Math.sqrt(1.35 / 5));
    // Var(a) = s2 (1/n + xbar^2 / 5) = 1.35 (0.25 + 1.25)
    close(result.coef[0].se, Math.sqrt(1.35 * 1.5));
    close(result.ssr, 2.7);
    close(result.rmse, Math.sqrt(1.35));
    close(result.r2.overall, 1 - 2.7 / 8.75);
    close(result.r2.adj, 1 - (2.7 / 8.75) * (3 / 2));
    // t with 2 degrees of freedom has the closed form p = 1 - t / sqrt(t^2 + 2).
    const t = 1.1 / Math.sqrt(0.27);
    close(slope(result).p, 1 - t / Math.sqrt(t * t + 2));
    expect(result.r2.within).toBeNull();
    expect(result.df_t).toBe(2);
  });

  test('HC1: N/(N-K) sum (x-xbar)^2 u^2 / 25', () => {
    // (2.25 * 0.01 + 0.25 * 0.64 + 0.25 * 1.69 + 2.25 * 0.36) / 25 = 0.0566
    close(slope(summarizeModel(fitted, { vcov: 'hc1' })).se, Math.sqrt(0.0566 * 2));
    close(slope(summarizeModel(fitted, { vcov: 'hc1', ssc: 'none' })).se, Math.sqrt(0.0566));
  });

  test('one-way clusters: scores summed in each', () => {
    // Scores (x-xbar) u: 0.15 -0.4 | -0.65 0.9, sums -0.25 and 0.25, meat 0.125; factor (3/2)(2/1).
    const result = summarizeModel(fitted, { vcov: 'cluster:half' });
    close(slope(result).se, Math.sqrt((0.125 / 25) * 3));
    expect(result.df_t).toBe(1);
    expect(result.vcov).toMatchObject({ type: 'cluster', by: ['half'], clusters: [2], ssc: 'fixest' });
    expect(result.warnings.map(({ code }) => code)).toContain('few-clusters');
  });

  test('two-way clusters: a + b - a and b', () => {
    // By `other`: sums 0.15 - 0.65 = -0.5 and -0.4 + 0.9 = 0.5, meat 0.5. Joint cells are single rows: meat 25 * 0.0566.
    // 0.125 + 0.5 - 1.415 < 0, so the whole 2 x 2 matrix is repaired and says so.
    const result = summarizeModel(fitted, { vcov: 'cluster:half+other', ssc: 'none' });
    expect(result.warnings.map(({ code }) => code)).toContain('covariance-repaired');
    expect(slope(result).se).toBeGreaterThanOrEqual(0);
    expect(result.vcov.factors).toEqual([1, 1, -1]);
  });
});

describe('degrees of freedom, 4 units by 3 years, one regressor', () => {
  const cells = Array.from({ length: 12 }, (_, i) => i);
  const table = columnTable({
    unit: numberColumn(cells.map((i) => Math.floor(i / 3))),
    year: numberColumn(cells.map((i) => i % 3)),
    x: numberColumn(cells.map((i) => Math.sin(i + 1))),
    y: numberColumn(cells.map((i) => Math.cos(3 * i))),
  });
  const fitted = fitModel({ id: '1', formula: 'y ~ x | unit + year', table });
  const factor = (vcov: string, ssc: string): number => summarizeModel(fitted, { vcov, ssc }).vcov.factors[0];

  // G/(G-1) (N-1)/(N-K) with N = 12, G = 4: K = k + T = 4 where units are nested, 1 + 4 + 3 - 1 = 7 with everything, 1 for plm.
  test.each([
    ['fixest', 4],
    ['reghdfe', 4],
    ['xtreg', 4],
    ['fixef_k=full', 7],
    ['fixef_k=none', 1],
    ['plm', 1],
  ])('cluster by unit, %s: K = %d', (ssc, k) => {
    close(factor('cluster:unit', ssc), (4 / 3) * (11 / (12 - k)));
  });

  test.each([
    ['fixest', 7],
    ['reghdfe', 7],
    ['xtreg', 7],
    ['plm', 1],
  ])('hc1, %s: K = %d', (ssc, k) => {
    close(factor('hc1', ssc), 12 / (12 - k));
  });

  test('both effects nested: K = k + 1; least G for all three terms', () => {
    const result = summarizeModel(fitted, { vcov: 'cluster:unit+year' });
    result.vcov.factors.forEach((value, i) => {
      close(value, (i < 2 ? 1 : -1) * (3 / 2) * (11 / 10));
    });
    expect(result.df_t).toBe(2);
    const own = summarizeModel(fitted, { vcov: 'cluster:unit+year', ssc: 'cluster_df=conventional' });
    [4 / 3, 3 / 2, -12 / 11].forEach((value, i) => {
      close(own.vcov.factors[i], value * (11 / 10));
    });
  });

  test('iid: SSR / (N - K), and SSR / (N - 1) without the correction', () => {
    close(factor('iid', 'fixest'), 1 / 5);
    close(factor('iid', 'none'), 1 / 11);
    expect(summarizeModel(fitted).df_resid).toBe(5);
  });
});

describe('the sample', () => {
  const table = columnTable({
    unit: textColumn(['a', 'a', 'a', 'b', 'b', 'c', 'd', 'd', null]),
    year: numberColumn([1, 2, 4, 1, 2, 1, 9, 4, 1]),
    x: numberColumn([1, 3, 2, 5, null, 4, 2, 6, 1]),
    z: numberColumn([1, 2, 3, 0, 5, 6, 7, 8, 9]),
    y: numberColumn([2, 1, 4, 3, 5, 9, 6, 8, 7]),
  });
  const panel = { unit: 'unit', time: 'year' };

  test('incomplete rows, and infinite ones, are counted', () => {
    const choice = chooseRows(9, Uint8Array.of(1, 1, 1, 1, 1, 1, 0, 1, 1));
    const result = summarizeModel(fitModel({ id: '1', formula: 'y ~ x + log(z)', table, choice }));
    expect(result.nobs).toBe(6);
    expect(result.dropped).toEqual({ missing: 1, undefined: 1, singleton: 0, where: 1 });
  });

  test('rows without a cluster leave when the covariance is known before', () => {
    const fitted = fitModel({ id: '1', formula: 'y ~ x', table, vcovs: ['cluster:unit'] });
    expect(summarizeModel(fitted, { vcov: 'cluster:unit' })).toMatchObject({ nobs: 7, vcov: { clusters: [4] } });
  });

  test('singletons: kept and said, or dropped one after the other', () => {
    const design = (singletons: 'keep' | 'drop') =>
      buildDesign({
        formula: planModels('y ~ z | unit + year')[0],
        table,
        panel: null,
        weights: null,
        singletons,
        choice: allRows,
        alsoComplete: [],
        sample: null,
      });
    // Rows (unit, year): a1 a2 a4 b1 b2 c1 d9 d4. c is alone, 9 is alone, then d is alone with 4: d4 goes, then a is alone in 4.
    const detail = { count: 4, levels: ['unit (c, d)', 'year (4, 9)'] };
    expect(design('keep').diagnostics).toEqual([{ code: 'singletons-kept', severity: 'note', detail }]);
    expect(design('drop').diagnostics).toEqual([{ code: 'singletons-dropped', severity: 'note', detail }]);
    expect(Array.from(design('drop').rows)).toEqual([0, 1, 3, 4]);
    expect(design('drop').dropped).toEqual({ missing: 1, singleton: 4, where: 0 });
    const [kept] = estimate({ formulas: ['y ~ z | unit'], table, ssc: 'xtreg' });
    expect(kept).toMatchObject({ nobs: 8, dropped: { singleton: 0 }, fixef: { unit: 4 } });
    const [dropped] = estimate({ formulas: ['y ~ z | unit'], table, ssc: 'reghdfe' });
    expect(dropped).toMatchObject({ nobs: 7, dropped: { missing: 1, singleton: 1 }, fixef: { unit: 3 } });
  });

  test('five rows, one alone: fixest 0.14.2 with its default and with fixef.rm = "none"', () => {
    const five = columnTable({
      y: numberColumn([1, 3, 2, 7, 4]),
      x: numberColumn([1, 2, 5, 4, 1]),
      g: textColumn(['a', 'a', 'b', 'b', 'c']),
    });
    const errors = (ssc: string, singletons?: 'keep' | 'drop') =>
      ['hc1', 'cluster:g'].map((vcov) => {
        const choice = singletons === undefined ? {} : { singletons };
        return estimate({ formulas: ['y ~ x | g'], table: five, vcov, ssc, ...choice })[0].coef[0].se;
      });
    // x within groups: -1/2 1/2 1/2 -1/2, sxx 1, b = -1.5, u = -1.75 1.75 -1.75 1.75 and 0 for c: hc1 of four rows is
    // sqrt(4/(4-3) (4 . 0.25 . 3.0625)) = 3.5, of five sqrt(5/(5-4) . 3.0625) = 3.9131.
    const dropped = [3.5, 4.286607049870561];
    const kept = [3.9131189606246326, 3.5];
    const expectErrors = (own: readonly (number | null)[], expected: readonly number[]): void =>
      expected.forEach((se, j) => {
        expect(own[j]).toBeCloseTo(se, 12);
      });
    expectErrors(errors('fixest'), dropped);
    expectErrors(errors('fixest', 'keep'), kept);
    expectErrors(errors('reghdfe'), dropped);
    expectErrors(errors('reghdfe', 'keep'), kept);
    expect(errors('xtreg')).toEqual(errors('xtreg', 'keep'));
    expect(errors('xtreg')[1]).not.toBeCloseTo(errors('xtreg', 'drop')[1] as number, 3);
  });

  test('a lag looks back in time, not to the row above', () => {
    const { fit } = fitModel({ id: '1', formula: 'y ~ l(z) - 1', table, panel });
    // Only a at year 2 and b at year 2 have the year before.
    expect(Array.from(rowsIn(fit).design.rows)).toEqual([1, 4]);
    expect(Array.from(rowsIn(fit).design.x.data)).toEqual([1, 0]);
    const index = buildPanelIndex(table, panel, '');
    const lead = lagged(numericColumn(table, 'z', ''), index, 'f', 2);
    expect(Array.from(lead)).toEqual([Number.NaN, 3, ...new Array(7).fill(Number.NaN)]);
    const change = fitModel({ id: '1', formula: 'y ~ d(z) - 1', table, panel }).fit;
    expect(Array.from(rowsIn(change).design.x.data)).toEqual([1, 5]);
  });
});

describe('terms', () => {
  const table = columnTable({
    g: textColumn(['b', 'a', 'c', 'a', 'b', 'c', 'a', 'b']),
    year: numberColumn([2003, 2004, 2005, 2003, 2004, 2005, 2003, 2005]),
    x: numberColumn([1, 4, 2, 8, 5, 7, 3, 6]),
    y: numberColumn([1, 3, 2, 5, 4, 6, 9, 7]),
  });
  const terms = (formula: string): readonly string[] => fitModel({ id: '1', formula, table }).fit.design.terms;

  test('levels: the first is the base unless told otherwise', () => {
    expect(terms('y ~ i(g)')).toEqual(['g::b', 'g::c']);
    expect(terms('y ~ i(g) - 1')).toEqual(['g::a', 'g::b', 'g::c']);
    expect(terms('y ~ i(g, ref = b)')).toEqual(['g::a', 'g::c']);
    expect(terms('y ~ i(year, x, ref = 2004)')).toEqual(['year::2003:x', 'year::2005:x']);
    expect(terms('y ~ i(year, x, ref = c(2003, 2004))')).toEqual(['year::2005:x']);
    expect(terms('y ~ x:i(g)')).toEqual(['x:g::a', 'x:g::b', 'x:g::c']);
    expect(terms('y ~ x*log(x)')).toEqual(['x', 'log(x)', 'x:log(x)']);
  });

  test('collinear terms: the first is kept, the others are named', () => {
    const result = summarizeModel(fitModel({ id: '1', formula: 'y ~ x + I(2 * x + 1) + I(x^2)', table }));
    expect(result.collinear).toEqual(['I(2 * x + 1)']);
    expect(result.coef.map(({ term }) => term)).toEqual(['(Intercept)', 'x', 'I(x^2)']);
    expect(result.warnings).toContainEqual({
      code: 'collinear-dropped',
      severity: 'warning',
      detail: { terms: ['I(2 * x + 1)'] },
    });
    const absorbed = summarizeModel(fitModel({ id: '1', formula: 'y ~ year + x | year', table }));
    expect(absorbed).toMatchObject({ collinear: ['year'], df_model: 1 });
  });

  test('a column far from zero is not taken for the constant', () => {
    const far = columnTable({ ...table.columns, x: numberColumn([1, 4, 2, 8, 5, 7, 3, 6].map((v) => v + 1e9)) });
    const result = summarizeModel(fitModel({ id: '1', formula: 'y ~ x', table: far }));
    expect(result.collinear).toEqual([]);
    close(slope(result).estimate, slope(summarizeModel(fitModel({ id: '1', formula: 'y ~ x', table }))).estimate);
  });

  test('split samples', () => {
    const results = estimate({ formulas: ['y ~ 1'], table, split: { by: 'g', full: true } });
    expect(results.map(({ id, sample, nobs }) => [id, sample, nobs])).toEqual([
      ['1', null, 8],
      ['2', 'a', 3],
      ['3', 'b', 3],
      ['4', 'c', 2],
    ]);
  });

  test('several models are numbered through', () => {
    const results = estimate({ formulas: ['c(y, x) ~ csw0(..z)', 'y ~ x'], macros: { z: ['year'] }, table });
    expect(results.map(({ id, formula }) => [id, formula])).toEqual([
      ['1', 'y ~ 1'],
      ['2', 'y ~ year'],
      ['3', 'x ~ 1'],
      ['4', 'x ~ year'],
      ['5', 'y ~ x'],
    ]);
    expect(planModels('y ~ sw(a, b)').map(({ text }) => text)).toEqual(['y ~ a', 'y ~ b']);
  });
});

test('effects that are not connected: the constant of xtreg is left out and that is said', () => {
  const table = columnTable({
    unit: numberColumn([1, 1, 2, 2, 3, 3, 4, 4]),
    year: numberColumn([1, 2, 1, 2, 3, 4, 3, 4]),
    x: numberColumn([1, 5, 2, 7, 3, 1, 8, 4]),
    y: numberColumn([2, 3, 5, 1, 4, 4, 7, 2]),
  });
  const fitted = fitModel({ id: '1', formula: 'y ~ x | unit + year', table });
  const result = summarizeModel(fitted, { ssc: 'xtreg' });
  expect(result.coef.map(({ term }) => term)).toEqual(['x']);
  expect(result.warnings.map(({ code }) => code)).toContain('constant-not-reported');
  // 4 + 4 dummies in 2 components: rank 6, and fixest counts 7.
  expect(result.df_resid).toBe(8 - 1 - 6);
  expect(fitted.fit.absorbedRank).toBe(6);
});
