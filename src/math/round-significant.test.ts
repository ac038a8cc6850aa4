import { expect, test } from 'vitest';
import { roundSignificant } from './round-significant.ts';

test('rounds to significant digits', () => {
  expect([23.1085, 0.0014995, -15.062, 123456, 0, 9.9996].map((value) => roundSignificant(value, 4))).toEqual([
    23.11, 0.0015, -15.06, 123500, 0, 10,
  ]);
  expect(roundSignificant(Number.POSITIVE_INFINITY, 4)).toBe(Number.POSITIVE_INFINITY);
});
