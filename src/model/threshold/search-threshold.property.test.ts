import { describe, expect, test } from 'vitest';
import { rowsIn } from '../../../test/fit-rows.ts';
import { randomStream } from '../../math/random/philox.ts';
import type { ColumnTable } from '../../table/column.ts';
import { columnTable, numberColumn, takeRows } from '../../table/column.ts';
import { numericColumn } from '../../table/expression/evaluate.ts';
import { estimate, fitModel } from '../estimate-formula.ts';
import type { ThresholdInput } from './search-threshold.ts';
import { searchThreshold } from './search-threshold.ts';

/** The same sums in another order or another unit. */
const reordered = 1e-10;

function panel(seed: number, { units = 25, periods = 6, change = 1.5 } = {}): ColumnTable {
  const random = randomStream(seed, 2);
  const columns: Record<string, number[]> = { id: [], t: [], y: [], x: [], w: [], q: [], c: [] };
  for (let id = 0; id < units; id++) {
    const own = random.normal();
    for (let t = 0; t < periods; t++) {
      const [x, w, q, c] = [random.normal(), random.normal(), random.normal() + own / 2, random.normal()];
      const y = own + 0.2 * t + c + (q > 0.3 ? 1 + change : 1) * x + random.normal();
      for (const [name, value] of Object.entries({ id, t, y, x, w, q, c })) columns[name].push(value);
    }
  }
  return columnTable(Object.fromEntries(Object.entries(columns).map(([name, v]) => [name, numberColumn(v)])));
}

const input: ThresholdInput = {
  formula: 'y ~ c | id + t',
  regime: ['x', 'w'],
  by: 'q',
  panel: { unit: 'id', time: 't' },
  boot: 60,
  trim: 0.1,
  vcov: 'cluster:id',
};

function withColumn(table: ColumnTable, name: string, change: (value: number) => number): ColumnTable {
  const column = numberColumn(Float64Array.from(numericColumn(table, name, ''), change));
  return { ...table, columns: { ...table.columns, [name]: column } };
}

function expectNear(a: number | null, b: number | null, what = ''): void {
  expect(Math.abs((a ?? Number.NaN) - (b ?? Number.NaN)), what).toBeLessThanOrEqual(reordered * Math.abs(b ?? 0));
}

// Two periods: within = first differences. x is 0, then 1, so Δx = 1, and Δy = 1, 2, 6 at q = 1, 2, 3. One slope: 3, and
// S0 = (4 + 1 + 9) / 2 = 7. γ = 1: slopes 1 and 4, S = (0 + 4 + 4) / 2 = 4. γ = 2: slopes 1.5 and 6, S = (0.25 + 0.25) / 2 =
// 0.25. F = n(T-1) (7 - 0.25) / 0.25 = 3 x 27 = 81; LR(1) = 3 (4 - 0.25) / 0.25 = 45. q = 0 splits x into nothing: S = S0.
test('by hand', () => {
  const table = columnTable({
    id: numberColumn([1, 1, 2, 2, 3, 3]),
    t: numberColumn([1, 2, 1, 2, 1, 2]),
    x: numberColumn([0, 1, 0, 1, 0, 1]),
    y: numberColumn([0, 1, 5, 7, 0, 6]),
    q: numberColumn([0, 1, 0, 2, 0, 3]),
  });
  const { tests, lr, model, regimes, settings, switching } = searchThreshold(table, {
    formula: 'y ~ 1 | id',
    regime: 'x',
    by: 'q',
    panel: { unit: 'id', time: 't' },
    boot: 0,
    trim: 0,
  });
  expect(settings.ssr0).toBeCloseTo(7, 12);
  expect(tests[0].gamma).toEqual([2]);
  expect(tests[0].ssr).toBeCloseTo(0.25, 12);
  expect(tests[0].f).toBeCloseTo(81, 9);
  expect(lr[0].gamma).toEqual([0, 1, 2]);
  expect(lr[0].lr[0]).toBeCloseTo(81, 9);
  expect(lr[0].lr[1]).toBeCloseTo(45, 9);
  expect(lr[0].lr[2]).toBe(0);
  expect(model.coef.map((one) => one.term)).toEqual(['x:[q<=2]', 'x:[q>2]']);
  expect(model.coef[0].estimate).toBeCloseTo(1.5, 12);
  expect(model.coef[1].estimate).toBeCloseTo(6, 12);
  expect(regimes.map((one) => [one.nobs, one.units])).toEqual([
    [5, 3],
    [1, 1],
  ]);
  expect(switching).toEqual({ units: 3, switchers: 1, crossings: 1 });
  expect([tests[0].p, tests[0].crit['5']]).toEqual([null, null]);
});

describe('what must not matter', () => {
  const table = panel(5);
  const base = searchThreshold(table, { ...input, thresholds: 2 });

  test('the order of the rows, to the byte', () => {
    const random = randomStream(9, 1);
    const keys = Array.from({ length: table.nrow }, () => random.uniform());
    const rows = Int32Array.from(keys, (_, i) => i).sort((a, b) => keys[a] - keys[b]);
    const shuffled = searchThreshold(takeRows(table, rows), { ...input, thresholds: 2 });
    expect(shuffled.tests.map((one) => one.gamma)).toEqual(base.tests.map((one) => one.gamma));
    expect(shuffled.regimes).toEqual(base.regimes);
    shuffled.tests.forEach((one, k) => {
      expectNear(one.f, base.tests[k].f, 'F');
      expect(one.p).toBe(base.tests[k].p);
    });
  });

  test('units of the regressors and of q', () => {
    const scaled = searchThreshold(
      withColumn(table, 'x', (value) => 1000 * value),
      { ...input, thresholds: 2 },
    );
    scaled.tests.forEach((one, k) => {
      expect(one.gamma).toEqual(base.tests[k].gamma);
      expectNear(one.f, base.tests[k].f, 'F');
    });
    expectNear(1000 * scaled.model.coef[1].estimate, base.model.coef[1].estimate);
    const moved = searchThreshold(
      withColumn(table, 'q', (value) => Math.exp(value)),
      input,
    );
    expectNear(moved.tests[0].f, base.tests[0].f, 'F');
    expectNear(Math.log(moved.tests[0].gamma[0]), base.tests[0].gamma[0], 'γ');
  });

  test('a constant added to y, and the names of the units', () => {
    const raised = searchThreshold(
      withColumn(table, 'y', (value) => value + 100),
      { ...input, thresholds: 2 },
    );
    raised.tests.forEach((one, k) => {
      expect(one.gamma).toEqual(base.tests[k].gamma);
      expectNear(one.f, base.tests[k].f, 'F');
    });
    const renamed = searchThreshold(
      withColumn(table, 'id', (value) => 10 * value + 3),
      { ...input, thresholds: 2 },
    );
    expect(renamed.tests).toEqual(base.tests);
  });

  test('the scale of F: neither p nor thresholds', () => {
    const other = searchThreshold(table, { ...input, thresholds: 2, scale: 'nt' });
    other.tests.forEach((one, k) => {
      expect(one.p).toBe(base.tests[k].p);
      expectNear(one.f / base.tests[k].f, table.nrow / base.settings.scale.value);
      expectNear(one.crit['5'], ((base.tests[k].crit['5'] ?? 0) * table.nrow) / base.settings.scale.value);
    });
  });
});

test('without a difference between regimes the model is the linear one', () => {
  // y is exactly 2 x + c: both regimes must say so.
  const table = panel(6, { change: 0 });
  const exact = withColumn(table, 'y', () => 0);
  const y = Float64Array.from(numericColumn(table, 'x', ''), (x, i) => 2 * x + numericColumn(table, 'c', '')[i]);
  const linear = { ...exact, columns: { ...exact.columns, y: numberColumn(y) } };
  const { model, settings } = searchThreshold(linear, { ...input, regime: 'x', boot: 0, candidates: [0] });
  expect(settings.ssr0).toBeLessThan(1e-20);
  for (const { term, estimate: slope } of model.coef) expect(slope).toBeCloseTo(term === 'c' ? 1 : 2, 10);
});

test('the model at the threshold is the regression with the columns made by hand', () => {
  const table = panel(7);
  const { tests, model, equality } = searchThreshold(table, { ...input, regime: 'x', boot: 0 });
  const [gamma] = tests[0].gamma;
  const q = numericColumn(table, 'q', '');
  const x = numericColumn(table, 'x', '');
  const low = numberColumn(Float64Array.from(x, (value, i) => (q[i] <= gamma ? value : 0)));
  const high = numberColumn(Float64Array.from(x, (value, i) => (q[i] > gamma ? value : 0)));
  const wide = { ...table, names: [...table.names, 'low', 'high'], columns: { ...table.columns, low, high } };
  const [byHand] = estimate({ formulas: ['y ~ c + low + high | id + t'], table: wide, vcov: 'cluster:id' });
  byHand.coef.forEach((one, j) => {
    expect(model.coef[j].estimate).toBe(one.estimate);
    expect(model.coef[j].se).toBe(one.se);
  });
  expectNear(tests[0].ssr, model.ssr, 'S1');
  // The difference as a coefficient of its own: y on x and x 1(q > γ).
  const [other] = estimate({ formulas: ['y ~ c + x + high | id + t'], table: wide, vcov: 'cluster:id' });
  expectNear(equality[0].difference, other.coef[2].estimate);
  expectNear(equality[0].se, other.coef[2].se);
});

test('an unbalanced panel is searched with wild draws, and says so', () => {
  const table = takeRows(
    panel(8),
    Int32Array.from({ length: 140 }, (_, i) => i + (i > 60 ? 3 : 0)),
  );
  const result = searchThreshold(table, input);
  expect(result.settings).toMatchObject({ balanced: false, draw: 'wild-rademacher' });
  expect(result.warnings.map((one) => one.code)).toContain('threshold-wild-draws');
  expect(result.tests[0].p).toBeLessThan(0.1);
  expect(() => searchThreshold(table, { ...input, draw: 'unit-block' })).toThrow(
    expect.objectContaining({ code: 'bad-option' }),
  );
});

test.each([
  ['unit', 'cluster:id'],
  ['row', 'hc0'],
] as const)('the robust test, clusters %s, is the largest squared t of a regression', (robust, vcov) => {
  const table = panel(9, { units: 15, periods: 5 });
  const result = searchThreshold(table, { ...input, regime: 'x', robust, trim: 0.2, boot: 99 });
  const q = numericColumn(table, 'q', '');
  const x = numericColumn(table, 'x', '');
  const squares = result.lr[0].gamma.map((gamma) => {
    const low = numberColumn(Float64Array.from(x, (value, i) => (q[i] <= gamma ? value : 0)));
    const wide = { ...table, names: [...table.names, 'low'], columns: { ...table.columns, low } };
    const [model] = estimate({ formulas: ['y ~ c + x + low | id + t'], table: wide, vcov, ssc: 'none' });
    return (model.coef[2].stat ?? 0) ** 2;
  });
  const largest = Math.max(...squares);
  expectNear(result.robust?.[0].stat ?? 0, largest, 'sup-Wald');
  expect(result.robust?.[0].gamma).toBe(result.lr[0].gamma[squares.indexOf(largest)]);
  expect(result.robust?.[0].p).toBeLessThan(0.05);
  // One against two: the same regression with the first threshold in it, over candidates that leave 15 rows between.
  const two = searchThreshold(table, { ...input, regime: 'x', robust, trim: 0.2, boot: 19, thresholds: 2 });
  const [first] = two.tests[0].gamma;
  const rank = (gamma: number) => q.filter((value) => value <= gamma).length;
  const given = numberColumn(Float64Array.from(x, (value, i) => (q[i] <= first ? value : 0)));
  const seconds = result.lr[0].gamma;
  const given2 = seconds.map((gamma) => {
    if (Math.abs(rank(gamma) - rank(first)) < 15) return 0;
    const low = numberColumn(Float64Array.from(x, (value, i) => (q[i] <= gamma ? value : 0)));
    const wide = { ...table, names: [...table.names, 'given', 'low'], columns: { ...table.columns, given, low } };
    const [model] = estimate({ formulas: ['y ~ c + x + given + low | id + t'], table: wide, vcov, ssc: 'none' });
    return (model.coef[3].stat ?? 0) ** 2;
  });
  expect(two.robust?.map((one) => [one.null, one.thresholds])).toEqual([
    [0, 1],
    [1, 2],
  ]);
  expectNear(two.robust?.[1].stat ?? 0, Math.max(...given2), 'sup-Wald given a threshold');
  expect(two.robust?.[1].gamma).toBe(seconds[given2.indexOf(Math.max(...given2))]);
  const both = searchThreshold(table, { ...input, regime: ['x', 'w'], robust, boot: 19 });
  expect(both.robust?.[0].stat).toBeGreaterThan(largest / 10);
});

test.each([
  ['kink', { regime: 'q', shape: 'kink' }],
  ['two kinks', { regime: 'q', shape: 'kink', thresholds: 2 }],
  ['intercepts', { regime: 'x', intercepts: true }],
  ['intercepts, two thresholds', { regime: ['x', 'w'], intercepts: true, thresholds: 2 }],
  ['three thresholds', { regime: 'x', thresholds: 3 }],
] as const)('the search and the regression at its thresholds agree: %s', (_, more) => {
  const table = panel(10);
  const { tests, model, equality, regimes } = searchThreshold(table, { ...input, ...more, boot: 9 });
  const last = tests[tests.length - 1];
  expectNear(model.ssr, last.ssr, 'S');
  expect(regimes.length).toBe(last.gamma.length + 1);
  expect(equality.length).toBeGreaterThanOrEqual(last.gamma.length);
  for (const { nobs } of regimes) expect(nobs).toBeGreaterThanOrEqual(15);
  for (const one of tests) expect(one.p).toBeGreaterThanOrEqual(0);
});

test('jump against kink: a continuous change is not refused, a jump is', () => {
  const table = panel(11, { units: 40 });
  const q = numericColumn(table, 'q', '');
  const noise = Float64Array.from(numericColumn(table, 'w', ''));
  const outcome = (shape: (value: number) => number) => ({
    ...table,
    columns: { ...table.columns, y: numberColumn(q.map((value, i) => shape(value) + 0.5 * noise[i])) },
  });
  const asked: ThresholdInput = { ...input, regime: 'q', jumpTest: true, boot: 99 };
  const bent = searchThreshold(
    outcome((value) => 2 * Math.max(0, value - 0.2)),
    asked,
  );
  const broken = searchThreshold(
    outcome((value) => (value > 0.2 ? 2 + value : value)),
    asked,
  );
  expect(bent.jump?.p).toBeGreaterThan(0.05);
  expect(Math.abs((bent.jump?.gamma_kink ?? 9) - 0.2)).toBeLessThan(0.3);
  expect(broken.jump?.p).toBeLessThan(0.05);
  expect(Math.abs((broken.jump?.gamma_jump ?? 9) - 0.2)).toBeLessThan(0.1);
});

test('units that identify a change: their part of the residual of x 1(q <= γ) on the rest of the model', () => {
  const table = panel(12);
  const { tests, identification, regimes } = searchThreshold(table, { ...input, thresholds: 2, boot: 0 });
  const gammas = tests[1].gamma;
  const [q, id] = ['q', 'id'].map((name) => numericColumn(table, name, ''));
  const columns = Object.fromEntries(
    gammas.flatMap((gamma, t) =>
      ['x', 'w'].map((name) => {
        const values = numericColumn(table, name, '').map((value, i) => (q[i] <= gamma ? value : 0));
        return [`${name}${t + 1}`, numberColumn(values)];
      }),
    ),
  );
  const names = Object.keys(columns);
  const wide = { ...table, names: [...table.names, ...names], columns: { ...table.columns, ...columns } };
  expect(identification.map(({ threshold, variable }) => `${variable}${threshold}`)).toEqual(names);
  for (const { threshold, variable, units, switchers, half } of identification) {
    const own = `${variable}${threshold}`;
    const rest = names.filter((name) => name !== own).join(' + ');
    // w is what is left of the column: its sum of squares within a unit, from the residuals of the regression.
    const fitted = fitModel({ id: '1', formula: `${own} ~ c + x + w + ${rest} | id + t`, table: wide });
    const { residuals } = rowsIn(fitted.fit);
    const total = residuals.reduce((sum, value) => sum + value * value, 0);
    expect(units.length).toBe(25);
    for (const { unit, share, rows } of units) {
      const mine = residuals.reduce((sum, value, i) => sum + (String(id[i]) === unit ? value * value : 0), 0);
      expect(Math.abs(share - mine / total)).toBeLessThan(reordered);
      expect(rows.reduce((a, b) => a + b, 0)).toBe(6);
    }
    const held = (count: number) => units.slice(0, count).reduce((sum, one) => sum + one.share, 0);
    expect(held(half)).toBeGreaterThanOrEqual(0.5);
    expect(held(half - 1)).toBeLessThan(0.5);
    const crossing = units.filter((one) => one.rows.filter((count) => count > 0).length > 1);
    expectNear(
      crossing.reduce((sum, one) => sum + one.share, 0),
      switchers,
    );
  }
  const counted = regimes.map((_, r) => identification[0].units.reduce((sum, { rows }) => sum + rows[r], 0));
  expect(counted).toEqual(regimes.map(({ nobs }) => nobs));
});
