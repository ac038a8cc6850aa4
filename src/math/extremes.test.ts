import { expect, test } from 'vitest';
import { extremesOf } from './extremes.ts';

test('of more numbers than a function takes arguments', () => {
  const values = Float64Array.from({ length: 300_000 }, (_, i) => Math.abs(i - 200_000) - 7);
  expect(extremesOf(values)).toEqual({ least: -7, most: 199_993 });
});

test('of none', () => {
  expect(extremesOf([])).toEqual({ least: Number.POSITIVE_INFINITY, most: Number.NEGATIVE_INFINITY });
});
