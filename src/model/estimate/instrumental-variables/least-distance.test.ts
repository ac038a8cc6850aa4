import { expect, test } from 'vitest';
import { leastDistance } from './estimators.ts';

const g = { nrow: 2, ncol: 1, data: Float64Array.of(1, 2) };
const spread = (corner: number) => ({ nrow: 2, ncol: 2, data: Float64Array.of(1, 1, 1, corner) });

test('by hand: with S the unit matrix, (1, 2) takes all of (2, 4) and nothing of (-2, 1)', () => {
  const unit = { nrow: 2, ncol: 2, data: Float64Array.of(1, 0, 0, 1) };
  expect(leastDistance(g, Float64Array.of(2, 4), unit)).toBeCloseTo(0, 14);
  expect(leastDistance(g, Float64Array.of(-2, 1), unit)).toBeCloseTo(5, 14);
});

test('there is none where S has an inverse by rounding alone', () => {
  expect(leastDistance(g, Float64Array.of(1, 1), spread(1))).toBeNull();
  expect(leastDistance(g, Float64Array.of(1, 1), spread(1 + 1e-13))).toBeNull();
  expect(leastDistance(g, Float64Array.of(1, 1), spread(1.1))).toBeGreaterThan(0);
});
