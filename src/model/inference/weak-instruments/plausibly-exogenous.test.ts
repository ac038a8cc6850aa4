import { expect, test } from 'vitest';
import { columnTable, numberColumn } from '../../../table/column.ts';
import { fitModel, summarizeModel } from '../../estimate-formula.ts';
import { readCovariance } from '../catalog.ts';
import { readSmallSample } from '../small-sample.ts';
import { gammaGrid, plausiblyExogenous } from './plausibly-exogenous.ts';

const n = 90;
const wave = (seed: number): number[] =>
  Array.from({ length: n }, (_, i) => Math.sin(12.9 * (i + 1) * (seed + 0.37)) + 0.3 * Math.cos(3.1 * i + seed));
const [z, z2, c, v, e] = [1, 2, 3, 4, 5].map(wave);
const x = z.map((one, i) => one + 0.4 * z2[i] + 0.5 * c[i] + v[i]);
const y = x.map((one, i) => 0.7 * one + 0.3 * c[i] + v[i] + e[i]);
const unit = z.map((_, i) => Math.floor(i / 9));

const tableOf = (outcome: readonly number[]) =>
  columnTable({
    y: numberColumn(outcome),
    x: numberColumn(x),
    z: numberColumn(z),
    z2: numberColumn(z2),
    c: numberColumn(c),
    unit: numberColumn(unit),
  });

test.each([
  ['y ~ c | 0 | x ~ z + z2', 'iid'],
  ['y ~ c | unit | x ~ z', 'cluster:unit'],
  ['y ~ c | unit | x ~ z + z2', 'hc1'],
])('each point of the path is 2SLS of y - gamma z: %s, %s', (formula, vcov) => {
  const fitted = fitModel({ id: '1', formula, table: tableOf(y), vcovs: [vcov] });
  const grid = gammaGrid(0.4, 5);
  const asked = { ...readCovariance(vcov), rule: readSmallSample('fixest') };
  const bounds = plausiblyExogenous(fitted.fit, 'z', grid, asked);
  grid.forEach((gamma, k) => {
    const table = tableOf(y.map((one, i) => one - gamma * z[i]));
    const direct = summarizeModel(fitModel({ id: '1', formula, table, vcovs: [vcov] }), { vcov });
    const own = direct.coef.find((one) => one.term === 'x');
    expect(bounds.path[k].estimate).toBeCloseTo(own?.estimate as number, 11);
    expect(bounds.path[k].se).toBeCloseTo(own?.se as number, 11);
  });
  expect(bounds.union?.[0]).toBe(Math.min(...bounds.path.map((point) => point.ci95?.[0] as number)));
  expect(bounds.union?.[1]).toBe(Math.max(...bounds.path.map((point) => point.ci95?.[1] as number)));
});

test('the breakdown is the least direct effect that brings zero into the interval', () => {
  const { fit } = fitModel({ id: '1', formula: 'y ~ c | 0 | x ~ z + z2', table: tableOf(y) });
  const asked = { ...readCovariance('iid'), rule: readSmallSample('fixest') };
  const { breakdown, path } = plausiblyExogenous(fit, 'z', gammaGrid(2, 41), asked);
  const inside = path.filter(({ ci95 }) => ci95 !== null && ci95[0] <= 0 && 0 <= ci95[1]);
  expect(inside.length).toBeGreaterThan(0);
  expect(breakdown).toBe(Math.min(...inside.map(({ gamma }) => Math.abs(gamma))));
  expect(breakdown).toBeGreaterThan(0);
});
