import fc from 'fast-check';
import { expect, it } from 'vitest';
import { distinctNumbers } from './distinct-numbers.ts';

it('counts each number once, zero of either sign as one, and no missing cell', () => {
  expect(distinctNumbers(Float64Array.of(2, 1, Number.NaN, 2, 0, -0, Number.NaN))).toBe(3);
  expect(distinctNumbers(Float64Array.of(Number.NaN))).toBe(0);
});

it('property: as many as a set holds', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double({ noNaN: true }))), (values) => {
      expect(distinctNumbers(Float64Array.from(values))).toBe(new Set(values.map((value) => value + 0)).size);
    }),
  );
});
