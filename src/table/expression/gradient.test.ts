import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Dual } from './gradient.ts';
import { parameter, valueAndGradient } from './gradient.ts';
import { parseExpression } from './parse.ts';

const names = ['a', 'b', 'c'];

function at(text: string, values: readonly number[]): Dual {
  return valueAndGradient(
    parseExpression(text),
    (name) => parameter(values[names.indexOf(name)], names.indexOf(name), 3),
    3,
  );
}

describe('derivatives by hand at a = 3, b = 2, c = 1', () => {
  test.each([
    ['a + 2*b - c/4', 6.75, [1, 2, -0.25]],
    ['a/b', 1.5, [0.5, -0.75, 0]],
    ['-a*b', -6, [-2, -3, 0]],
    ['a^b', 9, [6, 9 * Math.log(3), 0]],
    ['2^-b', 0.25, [0, -0.25 * Math.LN2, 0]],
    ['log(a*b)', Math.log(6), [1 / 3, 1 / 2, 0]],
    ['log1p(a)', Math.log(4), [0.25, 0, 0]],
    ['exp(b - 2)', 1, [0, 1, 0]],
    ['sqrt(a + c)', 2, [0.25, 0, 0.25]],
    ['abs(b - a)', 1, [1, -1, 0]],
    ['min(a, b, c) + max(a, b)', 4, [1, 0, 1]],
    ['(a > b)*a', 3, [1, 0, 0]],
  ])('%s', (text, value, gradient) => {
    const dual = at(text, [3, 2, 1]);
    expect(dual.value).toBeCloseTo(value, 15);
    gradient.forEach((expected, j) => {
      expect(dual.gradient[j]).toBeCloseTo(expected, 14);
    });
  });

  test('an exponent that is a number takes a negative base', () => {
    expect(at('a^3', [-2, 0, 0])).toEqual({ value: -8, gradient: Float64Array.of(12, 0, 0) });
    expect(at('a^0', [0, 0, 0])).toEqual({ value: 1, gradient: Float64Array.of(0, 0, 0) });
  });
});

test('no derivative at a kink: NaN, for what is in it alone', () => {
  for (const text of ['abs(a)', 'min(a, b)', 'max(a, b)', 'a == b', 'a < b', 'a >= b']) {
    const { gradient } = at(`(${text}) + c`, [0, 0, 5]);
    expect([text, gradient[0], gradient[2]]).toEqual([text, Number.NaN, 1]);
  }
  // Both sides have the same derivative: no kink.
  expect(at('max(a, a)', [0, 0, 0]).gradient[0]).toBe(1);
});

test('the sides of a comparison do not matter away from where they meet', () => {
  for (const [text, value] of [
    ['a == b', 0],
    ['a != b', 1],
    ['a < b', 0],
    ['a <= b', 0],
    ['a > b', 1],
    ['a >= b', 1],
  ] as const) {
    expect(at(text, [3, 2, 1])).toEqual({ value, gradient: new Float64Array(3) });
  }
});

test('a function of a whole column has no value at a point', () => {
  expect(at('winsor(a, 1, 99)', [3, 2, 1]).value).toBeNaN();
});

/** Central differences of step 1e-5 are good to about 1e-9 here. */
const differences = 1e-7;

test('against central differences', () => {
  const text = 'exp(a/4)*sqrt(b^2 + 1) - log1p(c^2)/(1 + a^2) + max(a, b, c)^3 - 2^b';
  const value = fc.integer({ min: -2000, max: 2000 }).map((whole) => whole / 1000);
  fc.assert(
    fc.property(fc.tuple(value, value, value), (point) => {
      const sorted = [...point].sort((x, y) => x - y);
      // Away from the kink of max.
      fc.pre(sorted[1] - sorted[0] > 1e-3 && sorted[2] - sorted[1] > 1e-3);
      const { gradient } = at(text, point);
      point.forEach((_, j) => {
        const moved = (step: number): number =>
          at(
            text,
            point.map((one, k) => (k === j ? one + step : one)),
          ).value;
        const slope = (moved(1e-5) - moved(-1e-5)) / 2e-5;
        expect(Math.abs(gradient[j] - slope)).toBeLessThan(differences * Math.max(1, Math.abs(slope)));
      });
    }),
    { seed: 21, numRuns: 200 },
  );
});
