import { expect, test } from 'vitest';
import { randomStream } from '../../math/random/philox.ts';
import type { ColumnTable } from '../../table/column.ts';
import { columnTable, numberColumn, takeRows } from '../../table/column.ts';
import { numericColumn } from '../../table/expression/evaluate.ts';
import { estimate } from '../estimate-formula.ts';
import type { ThresholdInput } from './search-threshold.ts';
import { searchThreshold } from './search-threshold.ts';

/** Closed forms on both sides, sums in another order. */
const closed = 1e-10;
const [units, periods] = [12, 5];
const input: ThresholdInput = {
  formula: 'y ~ c | id',
  regime: ['x', 'w'],
  by: 'q',
  panel: { unit: 'id', time: 't' },
  boot: 0,
  trim: 0.1,
  demean: 'hansen1999',
};

function panel(): ColumnTable {
  const random = randomStream(31, 2);
  const columns: Record<string, number[]> = { id: [], t: [], y: [], x: [], w: [], q: [], c: [] };
  for (let id = 0; id < units; id++) {
    for (let t = 0; t < periods; t++) {
      const [x, w, q, c] = [random.normal(), random.normal(), random.normal(), random.normal()];
      const row = { id, t, x, w, q, c, y: id + c + (q > 0.1 ? 2 : 1) * x + 0.5 * random.normal() };
      for (const [name, value] of Object.entries(row)) columns[name].push(value);
    }
  }
  return columnTable(Object.fromEntries(Object.entries(columns).map(([name, v]) => [name, numberColumn(v)])));
}

/** Hansen's tr: deviations from the unit's mean, the last period left out. */
function deviations(values: ArrayLike<number>): number[] {
  return Array.from({ length: units }, (_, u) => {
    const own = Array.from({ length: periods }, (__, t) => values[u * periods + t]);
    const mean = own.reduce((a, b) => a + b, 0) / periods;
    return own.slice(0, -1).map((value) => value - mean);
  }).flat();
}

/** Least squares on the deviations, lower regimes at `gammas`. */
function byHand(table: ColumnTable, gammas: readonly number[]) {
  const values = (name: string) => numericColumn(table, name, '');
  const q = values('q');
  const named: [string, ArrayLike<number>][] = ['y', 'c', 'x', 'w'].map((name) => [name, values(name)]);
  gammas.forEach((gamma, g) => {
    for (const name of ['x', 'w']) named.push([`${name}${g}`, values(name).map((v, i) => (q[i] <= gamma ? v : 0))]);
  });
  const wide = columnTable(Object.fromEntries(named.map(([name, v]) => [name, numberColumn(deviations(v))])));
  const terms = named.slice(1).map(([name]) => name);
  return estimate({ formulas: [`y ~ ${terms.join(' + ')} - 1`], table: wide })[0];
}

test('the last period left out: S at every candidate, one and two thresholds, and the model, from the deviations', () => {
  const table = panel();
  const { tests, lr, model, settings, regimes } = searchThreshold(table, input);
  const n = units * (periods - 1);
  expect(settings.scale.value).toBe(n);
  expect(Math.abs(settings.ssr0 / byHand(table, []).ssr - 1)).toBeLessThan(closed);
  expect(lr[0].gamma.length).toBe(tests[0].candidates);
  lr[0].gamma.forEach((gamma, j) => {
    const ssr = tests[0].ssr * (1 + lr[0].lr[j] / n);
    expect(Math.abs(ssr / byHand(table, [gamma]).ssr - 1), `γ ${gamma}`).toBeLessThan(closed);
  });
  const own = byHand(table, tests[0].gamma);
  expect(model.nobs).toBe(n);
  expect(regimes[0].nobs + regimes[1].nobs).toBe(units * periods);
  const slope = (name: string) => own.coef.find(({ term }) => term === name)?.estimate ?? Number.NaN;
  expect(Math.abs((model.coef[1].estimate - slope('x') - slope('x0')) / slope('x'))).toBeLessThan(closed);
  expect(Math.abs(model.ssr / own.ssr - 1)).toBeLessThan(closed);
  const two = searchThreshold(table, { ...input, thresholds: 2 });
  expect(Math.abs(two.tests[1].ssr / byHand(table, two.tests[1].gamma).ssr - 1)).toBeLessThan(closed);
  // Within keeps the rows that this leaves out.
  expect(searchThreshold(table, { ...input, demean: 'within' }).settings.ssr0).toBeGreaterThan(settings.ssr0);
});

test('draws are blocks of the deviations: a test without a threshold keeps, with one rejects', () => {
  const table = panel();
  const changed = searchThreshold(table, { ...input, regime: 'x', boot: 199 });
  expect(changed.tests[0].p_adjusted).toBeLessThan(0.05);
  const y = Float64Array.from(numericColumn(table, 'w', ''), (v, i) => v + numericColumn(table, 'c', '')[i]);
  const flat = { ...table, columns: { ...table.columns, y: numberColumn(y.map((v, i) => v + ((i * 37) % 11) / 5)) } };
  expect(searchThreshold(flat, { ...input, regime: 'x', boot: 199 }).tests[0].p_adjusted).toBeGreaterThan(0.05);
});

test.each<[string, Partial<ThresholdInput>]>([
  ['two-way effects', { formula: 'y ~ c | id + t' }],
  ['no effects', { formula: 'y ~ c' }],
  ['other effects', { formula: 'y ~ c | t' }],
  ['a kink', { regime: 'q', shape: 'kink' }],
  ['intercepts', { intercepts: true }],
  ['the robust test', { robust: 'unit' }],
  ['clusters', { vcov: 'cluster:id' }],
])('not with %s', (_, more) => {
  expect(() => searchThreshold(panel(), { ...input, ...more })).toThrow(
    expect.objectContaining({ code: 'bad-option' }),
  );
});

test('not on an unbalanced panel', () => {
  const rows = Int32Array.from({ length: units * periods - 1 }, (_, i) => i);
  expect(() => searchThreshold(takeRows(panel(), rows), input)).toThrow(
    expect.objectContaining({ code: 'bad-option' }),
  );
});
