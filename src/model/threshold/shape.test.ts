import { expect, test } from 'vitest';
import { randomStream } from '../../math/random/philox.ts';
import type { ColumnTable } from '../../table/column.ts';
import { columnTable, numberColumn } from '../../table/column.ts';
import { numericColumn } from '../../table/expression/evaluate.ts';
import { estimate } from '../estimate-formula.ts';
import { searchThreshold } from './search-threshold.ts';
import { thresholdShape } from './shape.ts';

/** 60 units by 8 periods; the slope of x goes from 1 to 3 around q = 0.2 as `weight` says. */
function panel(weight: (q: number) => number, noise: number): ColumnTable {
  const random = randomStream(12, 5);
  const columns: Record<string, number[]> = { id: [], t: [], y: [], x: [], q: [], c: [] };
  for (let id = 0; id < 60; id++) {
    const own = random.normal();
    for (let t = 0; t < 8; t++) {
      const [x, q, c] = [random.normal(), random.normal(), random.normal()];
      const y = own + 0.1 * t + c + (1 + 2 * weight(q)) * x + noise * random.normal();
      for (const [name, value] of Object.entries({ id, t, y, x, q, c })) columns[name].push(value);
    }
  }
  return columnTable(Object.fromEntries(Object.entries(columns).map(([name, v]) => [name, numberColumn(v)])));
}

const input = { formula: 'y ~ c | id + t', regime: 'x', by: 'q', panel: { unit: 'id', time: 't' } } as const;

test('a smooth change is found with its place, steepness and slopes, and preferred to a jump', () => {
  const table = panel((q) => 1 / (1 + Math.exp(-2 * (q - 0.2))), 0.1);
  const { smooth, ssr, bic, bins } = thresholdShape(table, input);
  const q = numericColumn(table, 'q', '');
  const spread = Math.sqrt(
    q.reduce((sum, value) => sum + value * value, 0) / q.length - (q.reduce((a, b) => a + b, 0) / q.length) ** 2,
  );
  expect(smooth.location).toBeCloseTo(0.2, 1);
  expect(Math.abs(smooth.steepness / spread - 2)).toBeLessThan(0.2);
  expect(smooth.is_jump).toBe(false);
  const slope = (term: string) => smooth.coef.find((one) => one.term === term)?.estimate ?? Number.NaN;
  expect(Math.abs(slope('x') - 1)).toBeLessThan(0.1);
  expect(Math.abs(slope('x:G') - 2)).toBeLessThan(0.2);
  expect(ssr.smooth).toBeLessThan(ssr.threshold);
  expect(bic.smooth).toBeLessThan(Math.min(bic.linear, bic.threshold));
  expect(bins.length).toBe(10);
  expect(bins.reduce((sum, bin) => sum + bin.nobs, 0)).toBe(480);
  expect(bins[0].slopes[0].estimate).toBeLessThan(1.3);
  expect(bins[9].slopes[0].estimate).toBeGreaterThan(2.7);
});

test('a jump is told from a smooth change, and the sums of squares are those of the regressions', () => {
  const table = panel((q) => (q > 0.2 ? 1 : 0), 0.5);
  const { smooth, ssr, bic } = thresholdShape(table, input);
  const { tests, settings } = searchThreshold(table, { ...input, boot: 0 });
  expect(Math.abs(ssr.linear / settings.ssr0 - 1)).toBeLessThan(1e-12);
  expect(Math.abs(ssr.threshold / tests[0].ssr - 1)).toBeLessThan(1e-12);
  expect(bic.threshold).toBeLessThan(bic.linear);
  expect(bic.threshold).toBeLessThan(bic.smooth);
  expect(smooth.steepness).toBeGreaterThan(20);
  // The sum of squares of the transition found is that of the regression on x and x G.
  const q = numericColumn(table, 'q', '');
  const x = numericColumn(table, 'x', '');
  const mean = q.reduce((a, b) => a + b, 0) / q.length;
  const spread = Math.sqrt(q.reduce((sum, value) => sum + (value - mean) ** 2, 0) / q.length);
  const g = numberColumn(
    Float64Array.from(x, (value, i) => value / (1 + Math.exp((-smooth.steepness * (q[i] - smooth.location)) / spread))),
  );
  const wide = { ...table, names: [...table.names, 'g'], columns: { ...table.columns, g } };
  const [model] = estimate({ formulas: ['y ~ c + x + g | id + t'], table: wide });
  expect(Math.abs(ssr.smooth / model.ssr - 1)).toBeLessThan(1e-10);
  expect(smooth.coef[2].estimate).toBeCloseTo(model.coef[2].estimate, 8);
});
