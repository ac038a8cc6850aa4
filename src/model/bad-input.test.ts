import { describe, expect, it } from 'vitest';
import type { StudyError } from '../error/study-error.ts';
import { randomStream } from '../math/random/philox.ts';
import { type ColumnTable, columnTable, numberColumn } from '../table/column.ts';
import { estimate } from './estimate-formula.ts';
import type { ModelResult } from './result/result.ts';

/*
 * Thirty rows in five groups: x and e are fixed wiggles, y = 1 + 2x + e. Whatever a user does to them, the answer is the
 * right number or a refusal that says why.
 */
const n = 30;
const at = <T>(f: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => f(i));
const x = at((i) => Math.sin(3 * i) + 0.1 * i);
const e = at((i) => Math.cos(7 * i));
const base: Readonly<Record<string, number[]>> = {
  y: at((i) => 1 + 2 * x[i] + e[i]),
  exact: at((i) => 1 + 2 * x[i]),
  x,
  e,
  g: at((i) => i % 5),
  one: at(() => 1),
  constant: at(() => 5),
  id: at((i) => i),
  measured: at((i) => Math.sin(11 * i)),
};

function tableOf(extra: Readonly<Record<string, number[]>> = {}): ColumnTable {
  return columnTable(
    Object.fromEntries(Object.entries({ ...base, ...extra }).map(([name, values]) => [name, numberColumn(values)])),
  );
}

function modelOf(formula: string, extra: Readonly<Record<string, number[]>> = {}, vcov = 'iid'): ModelResult {
  return estimate({ formulas: [formula], table: tableOf(extra), vcov })[0];
}

function errorOf(action: () => unknown): StudyError {
  try {
    action();
  } catch (error) {
    return error as StudyError;
  }
  return expect.unreachable('no error');
}

const slope = (model: ModelResult, term: string): number | undefined =>
  model.coef.find((one) => one.term === term)?.estimate;

describe('what users do to their data', () => {
  it('takes rows with NaN or an infinity out, and counts them', () => {
    const holes = x.map((value, i) => (i === 3 ? Number.NaN : i === 4 ? Number.POSITIVE_INFINITY : value));
    const model = modelOf('y ~ holes | g', { holes });
    expect(model).toMatchObject({ nobs: n - 2, dropped: { missing: 2 } });
    const kept = at((i) => i).filter((i) => i !== 3 && i !== 4);
    const sub = columnTable(
      Object.fromEntries(['y', 'x', 'g'].map((name) => [name, numberColumn(kept.map((i) => base[name][i]))])),
    );
    expect(slope(model, 'holes')).toBe(slope(estimate({ formulas: ['y ~ x | g'], table: sub })[0], 'x'));
  });

  it('names a constant column as collinear, with and without fixed effects', () => {
    for (const formula of ['y ~ x + constant', 'y ~ x + constant | g']) {
      expect(modelOf(formula).collinear).toEqual(['constant']);
      expect(slope(modelOf(formula), 'x')).toBe(slope(modelOf(formula.replace(' + constant', '')), 'x'));
    }
    expect(errorOf(() => modelOf('y ~ constant | g')).code).toBe('collinear');
    expect(errorOf(() => modelOf('constant ~ x | g')).code).toBe('no-within-variation');
  });

  it('reports a perfect fit as one', () => {
    const model = modelOf('exact ~ x | g');
    expect(slope(model, 'x')).toBeCloseTo(2, 12);
    expect(model.ssr).toBeLessThan(1e-24);
    expect(model.r2.overall).toBeCloseTo(1, 12);
  });

  it('refuses one cluster, and one row a group', () => {
    expect(errorOf(() => modelOf('y ~ x', {}, 'cluster:one'))).toMatchObject({
      code: 'cluster-too-few',
      detail: { clusters: 1 },
    });
    expect(errorOf(() => modelOf('y ~ x | id')).code).toBe('no-within-variation');
  });

  it('asks whether a measured quantity was meant as a fixed effect', () => {
    const error = errorOf(() => modelOf('y ~ x | measured'));
    expect(error).toMatchObject({
      code: 'no-within-variation',
      detail: { finest: { name: 'measured', levels: n, rows: n } },
    });
  });

  it.each([1e12, 1e-12, 1e150])('scales a coefficient inversely to its regressor (%d)', (factor) => {
    const scaled = x.map((value) => value * factor);
    const model = modelOf('y ~ scaled + e | g', { scaled });
    const plain = modelOf('y ~ x + e | g');
    expect((slope(model, 'scaled') ?? 0) * factor).toBeCloseTo(slope(plain, 'x') ?? 0, 10);
    expect(slope(model, 'e')).toBeCloseTo(slope(plain, 'e') ?? 0, 10);
  });

  it('finds a slope on top of a huge level', () => {
    const high = x.map((value) => value + 1e9);
    // Adding 1e9 leaves about seven digits of x behind the point.
    expect(slope(modelOf('y ~ high | g', { high }), 'high')).toBeCloseTo(slope(modelOf('y ~ x | g'), 'x') ?? 0, 6);
  });

  it('either solves nearly collinear regressors right or drops them by name', () => {
    for (const wiggle of [1e-4, 1e-7, 1e-13]) {
      const near = x.map((value, i) => value + wiggle * e[i]);
      const model = modelOf('y ~ x + near', { near });
      if (model.collinear.length > 0) {
        expect(model.collinear).toEqual(['near']);
        continue;
      }
      // y = 1 + 2x + e = 1 + (2 - 1/w) x + (1/w) near, exactly; near keeps about 16 + log10(w) digits of e.
      expect((slope(model, 'near') ?? 0) * wiggle).toBeCloseTo(1, Math.max(1, 13 + Math.log10(wiggle)));
      expect(model.ssr).toBeLessThan(1e-6);
    }
  });

  it('solves forty nearly collinear regressors, or names those it drops', () => {
    const random = randomStream(7, 1);
    const rows = 400;
    const common = Float64Array.from({ length: rows }, () => random.normal());
    for (const wiggle of [1e-4, 1e-7, 1e-12]) {
      const z = Array.from({ length: 40 }, () =>
        Float64Array.from(common, (value) => value + wiggle * random.normal()),
      );
      // y is their sum: every coefficient is 1.
      const sum = common.map((_, i) => z.reduce((total, column) => total + column[i], 0));
      const names = z.map((_, j) => `z${j}`);
      const columns = Object.fromEntries([...names.map((name, j) => [name, z[j]] as const), ['y', sum] as const]);
      const table = columnTable(
        Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, numberColumn(values)])),
      );
      const [model] = estimate({ formulas: [`y ~ ${names.join(' + ')}`], table });
      expect(model.coef.length - 1 + model.collinear.length).toBe(40);
      // The sum is rounded to 16 digits of its own size, of which a coefficient sees the share `wiggle`.
      if (model.collinear.length === 0) {
        for (const { term, estimate: value } of model.coef) {
          if (term !== '(Intercept)') expect(Math.abs(value - 1)).toBeLessThan(1e-13 / wiggle);
        }
      } else expect(wiggle).toBe(1e-12);
      expect(model.ssr).toBeLessThan(1e-18 * rows * 1600);
    }
  });

  it('says so when a measured quantity of a hundred thousand values is a fixed effect', () => {
    const rows = 100_000;
    const random = randomStream(8, 1);
    const draw = (): Float64Array => Float64Array.from({ length: rows }, () => random.normal());
    const table = columnTable({
      y: numberColumn(draw()),
      x: numberColumn(draw()),
      measured: numberColumn(draw()),
      g: numberColumn(draw().map((value) => Math.round(value))),
    });
    for (const formula of ['y ~ x | measured', 'y ~ x | g + measured']) {
      expect(errorOf(() => estimate({ formulas: [formula], table }))).toMatchObject({
        code: 'no-within-variation',
        detail: { finest: { name: 'measured', levels: rows, rows } },
      });
    }
  });

  it('refuses more parameters than rows', () => {
    const many = Object.fromEntries(at((i) => [`z${i}`, at((j) => Math.sin((i + 2) * (j + 1)))]));
    expect(errorOf(() => modelOf(`y ~ ${Object.keys(many).join(' + ')}`, many)).code).toBe('too-few-rows');
  });
});
