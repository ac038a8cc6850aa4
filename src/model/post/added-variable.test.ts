import { expect, test } from 'vitest';
import { isStudyError } from '../../error/study-error.ts';
import { columnTable, numberColumn, textColumn } from '../../table/column.ts';
import { fitEach } from '../estimate-formula.ts';
import { addedVariables, netRows, pointsOf } from './added-variable.ts';

const rows = Array.from({ length: 300 }, (_, i) => i);
const number = (value: (i: number) => number) => numberColumn(rows.map(value));
const x = (i: number): number => Math.cos(i * 1.3) + (i % 15) / 9;
const table = columnTable({
  id: textColumn(rows.map((i) => `u${i % 15}`)),
  t: textColumn(rows.map((i) => `t${Math.floor(i / 15)}`)),
  x: number(x),
  z: number((i) => Math.sin(i * i)),
  w: number((i) => 1 + (i % 4)),
  y: number((i) => 0.7 * x(i) - Math.sin(i * i) + (i % 15) + Math.sin(11 * i * i)),
});

const fitOf = (formula: string, more: object = {}) => [...fitEach({ formulas: [formula], table, ...more })];

function slopeOf({ x: across, y: up }: { readonly x: Float64Array; readonly y: Float64Array }): number {
  const sum = (of: (i: number) => number): number => across.reduce((total, _, i) => total + of(i), 0);
  const [meanX, meanY] = [sum((i) => across[i]) / across.length, sum((i) => up[i]) / across.length];
  return sum((i) => (across[i] - meanX) * (up[i] - meanY)) / sum((i) => (across[i] - meanX) ** 2);
}

test.each(['y ~ x', 'y ~ x + z', 'y ~ x + z | id', 'y ~ z + x | id + t', 'y ~ x:z + x + z | id'])(
  'the slope of the net outcome on the net term is the coefficient to 1e-12: %s',
  (formula) => {
    const [{ fit }] = fitOf(formula);
    for (const [j, name] of fit.names.entries()) {
      if (name === '(Intercept)') continue;
      const slope = slopeOf(netRows(fit, j));
      expect(Math.abs(slope - fit.coefficients[j])).toBeLessThan(1e-12 * Math.max(1, Math.abs(slope)));
    }
  },
);

test('the net rows are the residuals of two regressions that leave the term out', () => {
  const [{ fit }] = fitOf('y ~ x + z | id');
  const net = netRows(fit, fit.names.indexOf('x'));
  for (const [outcome, found] of [
    ['x', net.x],
    ['y', net.y],
  ] as const) {
    const [{ fit: without }] = fitOf(`${outcome} ~ z | id`);
    if (without.gives.kind !== 'rows') throw new RangeError('rows are at hand');
    const { residuals } = without.gives;
    for (const [i, value] of found.entries()) expect(value).toBeCloseTo(residuals[i], 10);
  }
});

test('partial R2 is t2 / (t2 + df) of the classical t; with weights the points are on the scale of the data', () => {
  const fitted = fitOf('y ~ x + z');
  const [added] = addedVariables('x', fitted, ['x', 'z']);
  const [{ fit }] = fitted;
  const j = fit.names.indexOf('x');
  const net = netRows(fit, j);
  const sxx = net.x.reduce((sum, value) => sum + value * value, 0);
  const s2 = fit.sums.ssr / (fit.nobs - fit.names.length);
  const t2 = fit.coefficients[j] ** 2 / (s2 / sxx);
  expect(added.partial_r2).toBeCloseTo(t2 / (t2 + fit.nobs - fit.names.length), 10);
  const [weighted] = addedVariables('x', fitOf('y ~ x + z', { weights: 'w' }), ['x', 'z']);
  const sum = (of: (i: number) => number): number => weighted.points.reduce((total, _, i) => total + of(i), 0);
  const w = (i: number): number => 1 + (i % 4);
  const points = weighted.points;
  expect(sum((i) => w(i) * points[i].x * points[i].y) / sum((i) => w(i) * points[i].x ** 2)).toBeCloseTo(
    weighted.estimate ?? Number.NaN,
    10,
  );
});

test('many rows are means of cells: their number and their sums stay', () => {
  const net = {
    x: Float64Array.from({ length: 5000 }, (_, i) => Math.sin(i)),
    y: Float64Array.from({ length: 5000 }, (_, i) => Math.cos(3 * i)),
  };
  const points = pointsOf(net);
  expect(points.length).toBeLessThanOrEqual(1200);
  expect(points.reduce((sum, { rows: own }) => sum + own, 0)).toBe(5000);
  const total = net.x.reduce((sum, value) => sum + value, 0);
  expect(points.reduce((sum, { x: mean, rows: own }) => sum + own * mean, 0)).toBeCloseTo(total, 8);
});

test('a model without the term has no numbers; instruments are refused by name', () => {
  const fitted = [...fitOf('y ~ x'), ...fitOf('y ~ z')];
  const [, without] = addedVariables('x', fitted, ['x', 'z']);
  expect(without).toMatchObject({ estimate: null, points: [], absent: ['x'] });
  try {
    addedVariables('x', fitOf('y ~ 1 | id | x ~ z'), ['x']);
    expect.unreachable();
  } catch (error) {
    expect(isStudyError(error, 'not-available')).toBe(true);
  }
});
