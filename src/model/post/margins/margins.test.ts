import { describe, expect, test } from 'vitest';
import { tQuantile } from '../../../math/distribution.ts';
import { randomStream } from '../../../math/random/philox.ts';
import type { ColumnTable } from '../../../table/column.ts';
import { columnTable, numberColumn } from '../../../table/column.ts';
import type { EstimateInput } from '../../estimate-formula.ts';
import type { MarginalEffect } from '../../result/margins.ts';
import { estimateAfter, nothingAfter } from '../after-fit.ts';
import { significantRegions, simultaneousCritical, valueAt, varianceAt } from './bands.ts';
import { quantileOf } from './bins.ts';

function marginOf(input: EstimateInput, text: string): MarginalEffect {
  const [model] = estimateAfter(input, { ...nothingAfter, margins: [text] }).models;
  const [found] = model.margins ?? [];
  if (found === undefined) throw new Error('no margins');
  return found;
}

function panel(seed: number, bend = 0): ColumnTable {
  const random = randomStream(seed, 92);
  const columns: Record<string, number[]> = {
    unit: [],
    time: [],
    x: [],
    m: [],
    k: [],
    c: [],
    y: [],
    three: [],
    two: [],
  };
  for (let u = 0; u < 40; u++) {
    const level = random.normal();
    for (let t = 0; t < 9; t++) {
      const [x, m, k, c] = [level + random.normal(), 5 + 2 * random.normal(), random.normal(), random.normal()];
      const three = Math.floor(3 * random.uniform());
      const effect = 0.2 + 0.1 * m + bend * (m - 5) ** 2;
      const y = effect * x - 0.1 * m + 0.2 * x * k + c + level + random.normal();
      const row = { unit: u + 1, time: 2000 + t, x, m, k, c, y, three, two: three > 0 ? 1 : 0 };
      for (const [name, value] of Object.entries(row)) columns[name].push(value);
    }
  }
  return columnTable(Object.fromEntries(Object.entries(columns).map(([name, v]) => [name, numberColumn(v)])));
}

const table = panel(1);
const fixed = '| unit + time';
const input = (formula: string, more: Partial<EstimateInput> = {}): EstimateInput => ({
  formulas: [`${formula} ${fixed}`],
  table,
  vcov: 'cluster:unit',
  ...more,
});

describe('by hand: effect 1 + m, variances 4, 0, 1', () => {
  const line = { intercept: 1, slope: 1, covariance: [4, 0, 1] as const };

  test('told from zero at c = 1/2 where (1 + m)^2 > (4 + m^2) / 4: m^2 3/4 + 2 m > 0', () => {
    expect(significantRegions(line, 0.5)).toEqual([
      { low: null, high: -8 / 3, sign: -1 },
      { low: 0, high: null, sign: 1 },
    ]);
  });

  test('at c = 2 where 3 m^2 - 2 m + 15 < 0: nowhere', () => {
    expect(significantRegions(line, 2)).toEqual([]);
  });

  test('at c = 1 where 2 m > 3: above 3/2', () => {
    expect(significantRegions(line, 1)).toEqual([{ low: 1.5, high: null, sign: 1 }]);
  });

  test('an effect that does not turn: everywhere', () => {
    expect(significantRegions({ intercept: 9, slope: 0, covariance: [1, 0, 0] }, 2)).toEqual([
      { low: null, high: null, sign: 1 },
    ]);
  });

  test('one value of m: t; all of the line: the root of 2 F(2, dof)', () => {
    expect(simultaneousCritical(line, 3, 3, 20)).toBeCloseTo(tQuantile(0.975, 20), 10);
    // Scheffe: P(R > c) = 0.05 for the normal is c = sqrt(-2 log 0.05).
    const whole = simultaneousCritical(line, -1e9, 1e9, Number.POSITIVE_INFINITY);
    expect(whole).toBeCloseTo(Math.sqrt(-2 * Math.log(0.05)), 6);
    expect(simultaneousCritical(line, -2, 2, 20)).toBeGreaterThan(tQuantile(0.975, 20));
  });

  test('covers the line over the range in 95 of 100 draws', () => {
    const random = randomStream(4, 93);
    const critical = simultaneousCritical(line, -2, 3, Number.POSITIVE_INFINITY);
    const samples = 20_000;
    let covered = 0;
    for (let s = 0; s < samples; s++) {
      const [a, b] = [2 * random.normal(), random.normal()];
      let most = 0;
      for (let m = -2; m <= 3; m += 0.05) most = Math.max(most, Math.abs(a + b * m) / Math.sqrt(4 + m * m));
      if (most <= critical) covered += 1;
    }
    // Three simulation errors of a share of 0.95 are 0.0046.
    expect(Math.abs(covered / samples - 0.95)).toBeLessThan(0.005);
  });
});

test('roots are where the effect equals critical times its error', () => {
  const random = randomStream(8, 94);
  for (let draw = 0; draw < 500; draw++) {
    const [p, q, r] = [random.normal(), random.normal(), random.normal()];
    const covariance = [p * p + 0.1, p * q, q * q + r * r] as const;
    const line = { intercept: 3 * random.normal(), slope: 3 * random.normal(), covariance };
    for (const { low, high, sign } of significantRegions(line, 1.5)) {
      for (const m of [low, high]) {
        if (m === null) continue;
        const off = Math.abs(valueAt(line, m)) - 1.5 * Math.sqrt(varianceAt(line, m));
        expect(Math.abs(off)).toBeLessThan(1e-8 * (1 + Math.abs(valueAt(line, m))));
      }
      const inside = low === null ? (high ?? 0) - 1 : high === null ? low + 1 : (low + high) / 2;
      expect(Math.sign(valueAt(line, inside))).toBe(sign);
    }
  }
});

describe('the effect is that of lincom', () => {
  test('at every quantile, whatever the covariance', () => {
    for (const vcov of ['iid', 'hc1', 'cluster:unit', 'cr2:unit']) {
      const found = marginOf(input('y ~ x*m + c', { vcov }), 'x by m');
      for (const { value, estimate, se, ci95 } of found.lines[0].points) {
        const asked = { ...nothingAfter, lincoms: [`x + ${value}*x:m`] };
        const [one] = estimateAfter(input('y ~ x*m + c', { vcov }), asked).models[0].combinations ?? [];
        expect(estimate).toBeCloseTo(one.estimate ?? 0, 12);
        expect(se).toBeCloseTo(one.se ?? 0, 12);
        expect(ci95?.[0]).toBeCloseTo(one.ci95?.[0] ?? 0, 10);
      }
    }
  });

  test('raw and centred formulas have the same effects, and say where the coefficient is one', () => {
    const raw = marginOf(input('y ~ x*m + c'), 'x by m');
    const centred = marginOf(input('y ~ x + x:I(m - mean(m)) + m + c'), 'x by m');
    const tenths = marginOf(input('y ~ x + x:I(10 * m) + m + c'), 'x by m');
    expect(raw).toMatchObject({ is_raw: true, zero_at: 0, lacks: [] });
    expect(centred.is_raw).toBe(false);
    expect(centred.zero_at).toBeCloseTo(raw.support.mean, 10);
    expect(tenths.is_raw).toBe(false);
    for (const other of [centred, tenths]) {
      other.lines[0].points.forEach(({ estimate, se }, i) => {
        expect(estimate).toBeCloseTo(raw.lines[0].points[i].estimate ?? 0, 10);
        expect(se).toBeCloseTo(raw.lines[0].points[i].se ?? 0, 10);
      });
    }
  });

  test('of a product of three at each value of the second moderator', () => {
    const found = marginOf(input('y ~ x*m*k + c'), 'x by m at k = -1, 0.5');
    expect(found.lines.map(({ at }) => at)).toEqual([-1, 0.5]);
    expect(found.no_bins).toBe('second-moderator');
    const { value, estimate, se } = found.lines[1].points[2];
    const text = `x + ${value}*x:m + 0.5*x:k + ${0.5 * value}*x:m:k`;
    const [one] =
      estimateAfter(input('y ~ x*m*k + c'), { ...nothingAfter, lincoms: [text] }).models[0].combinations ?? [];
    expect(estimate).toBeCloseTo(one.estimate ?? 0, 12);
    expect(se).toBeCloseTo(one.se ?? 0, 12);
    expect(marginOf(input('y ~ x*m*k + c'), 'x by m at k').lines).toHaveLength(3);
  });
});

describe('the binning estimator', () => {
  test('equals a regression in which every tercile has its own line', () => {
    const { bins } = marginOf(input('y ~ x*m + c'), 'x by m');
    const column = table.columns.m;
    if (bins === null || column.kind !== 'number') throw new Error('no bins');
    const sorted = column.values.slice().sort();
    const cuts = [quantileOf(sorted, 1 / 3), quantileOf(sorted, 2 / 3)];
    const bin = column.values.map((m) => (m <= cuts[0] ? 1 : m <= cuts[1] ? 2 : 3));
    const away = column.values.map((m, i) => m - bins.bins[bin[i] - 1].value);
    const own = columnTable({ ...table.columns, bin: numberColumn(bin), away: numberColumn(away) });
    const formula = 'y ~ i(bin) + i(bin, away) + i(bin, x) + i(bin, x):away + c';
    const [model] = estimateAfter(input(formula, { table: own }), nothingAfter).models;
    bins.bins.forEach(({ estimate, se, nobs }, j) => {
      const found = model.coef.find(({ term }) => term === `bin::${j + 1}:x`);
      expect(estimate).toBeCloseTo(found?.estimate ?? 0, 10);
      expect(se).toBeCloseTo(found?.se ?? 0, 10);
      expect(nobs).toBe(bin.filter((code) => code === j + 1).length);
    });
    expect(bins.linear_model.df[0]).toBe(8);
    expect(bins.linear_effect.df[0]).toBe(4);
  });

  test('finds an effect that bends', () => {
    const straight = marginOf(input('y ~ x*m + c'), 'x by m').bins;
    const bent = marginOf(input('y ~ x*m + c', { table: panel(1, 0.1) }), 'x by m').bins;
    expect(straight?.linear_effect.p).toBeGreaterThan(0.05);
    expect(bent?.linear_effect.p).toBeLessThan(0.001);
  });
});

describe('moderators of few values', () => {
  test('three: an effect at each, no curve, and the bins are the values', () => {
    const found = marginOf(input('y ~ x*three + c'), 'x by three');
    expect(found.lines[0].points.map(({ place, value }) => `${place} ${value}`)).toEqual([
      'value 0',
      'value 1',
      'value 2',
    ]);
    expect(found.lines[0].regions).toBeNull();
    const [model] = estimateAfter(input('y ~ i(three) + i(three, x) + c'), nothingAfter).models;
    found.bins?.bins.forEach(({ estimate }, j) => {
      expect(estimate).toBeCloseTo(model.coef.find(({ term }) => term === `three::${j}:x`)?.estimate ?? 0, 10);
    });
    expect(found.bins?.linear_effect.df[0]).toBe(1);
  });

  test('two: the line says it all', () => {
    expect(marginOf(input('y ~ x*two + c'), 'x by two').no_bins).toBe('two-values');
  });
});

test('what is no margin', () => {
  const keyOf = (formula: string, text: string): unknown => {
    try {
      marginOf(input(formula), text);
      return null;
    } catch (error) {
      return (error as { detail?: { expected?: { key?: string } } }).detail?.expected?.key;
    }
  };
  expect(keyOf('y ~ x + m + c', 'x by m')).toBe('expected.margins_product');
  expect(keyOf('y ~ x*m + x:k + c', 'x by m')).toBe('expected.margins_at');
  expect(keyOf('y ~ x*m + x:I(m^2) + c', 'x by m')).toBe('expected.margins_line');
  expect(keyOf('y ~ x*m + I(x^2) + c', 'x by m')).toBe('expected.margins_linear');
  expect(keyOf('y ~ x*m + i(three, x) + c', 'x by m')).toBe('expected.margins_levels');
  expect(keyOf('y ~ x*m + c', 'x by m at k')).toBe('expected.margins_product');
  expect(keyOf('y ~ x*m + x:k + c', 'x by m at k')).toBeNull();
  expect(keyOf('y ~ x*I(0 * m + 1) + c', 'x by I(0 * m + 1)')).toBe('expected.margins_constant');
  expect(keyOf('y ~ x*m + c', 'x over m')).toBe('expected.margins');
  expect(keyOf('y ~ x + c + x:I(0 * m + 1)', 'x by m')).not.toBeNull();
  expect(marginOf(input('y ~ x:m + m + c'), 'x by m').lacks).toEqual(['x']);
});
