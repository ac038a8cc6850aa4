import { expect, test } from 'vitest';
import { logGamma } from './distribution.ts';
import { legendrePoints } from './quadrature.ts';
import { findRoot } from './root.ts';

test('logGamma: factorials and Gamma(1/2)', () => {
  let log = 0;
  for (let n = 1; n <= 60; n++) {
    expect(logGamma(n)).toBeCloseTo(log, 11);
    log += Math.log(n);
  }
  expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.PI) / 2, 13);
  expect(logGamma(1e-3) + logGamma(1 - 1e-3)).toBeCloseTo(Math.log(Math.PI / Math.sin(Math.PI * 1e-3)), 11);
});

test('legendrePoints integrate polynomials of degree 2 n - 1 exactly', () => {
  for (const count of [1, 2, 5, 14]) {
    const points = legendrePoints(count, -1, 3);
    for (let degree = 0; degree < 2 * count; degree++) {
      const exact = (3 ** (degree + 1) - (-1) ** (degree + 1)) / (degree + 1);
      const sum = points.reduce((total, { at, weight }) => total + weight * at ** degree, 0);
      expect(Math.abs(sum / exact - 1)).toBeLessThan(1e-13);
    }
  }
});

test('findRoot: rising, falling and steep functions', () => {
  expect(findRoot((x) => x * x - 2, 0, 2, 1e-14)).toBeCloseTo(Math.SQRT2, 13);
  expect(findRoot((x) => 2 - x * x, 0, 2, 1e-14)).toBeCloseTo(Math.SQRT2, 13);
  expect(findRoot((x) => Math.tanh(1e4 * (x - 0.3)), 0, 1, 1e-13)).toBeCloseTo(0.3, 12);
});
