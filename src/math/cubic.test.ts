import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { realRoots } from './cubic.ts';

it.each([
  [
    [-6, 11, -6, 1],
    [1, 2, 3],
  ],
  [
    [-2, 0, 1, 0],
    [-Math.SQRT2, Math.SQRT2],
  ],
  [[1, 0, 1, 0], []],
  [[4, 2, 0, 0], [-2]],
  [[5, 0, 0, 0], []],
  [[0, 0, 0, 2], [0]],
  [[-1, 0, 0, 1], [1]],
] as const)('roots of %j', (c, roots) => {
  const found = realRoots([c[0], c[1], c[2], c[3]]);
  expect(found).toHaveLength(roots.length);
  roots.forEach((root, i) => {
    expect(found[i]).toBeCloseTo(root, 12);
  });
});

it('finds the roots that a cubic was made of', () => {
  const root = fc.integer({ min: -50, max: 50 });
  fc.assert(
    fc.property(fc.uniqueArray(root, { minLength: 3, maxLength: 3 }), fc.integer({ min: 1, max: 9 }), (made, scale) => {
      const [a, b, c] = made;
      const found = realRoots([-a * b * c * scale, (a * b + a * c + b * c) * scale, -(a + b + c) * scale, scale]);
      const sorted = [...made].sort((x, y) => x - y);
      expect(found).toHaveLength(3);
      // Integers are far apart: rounding moves a root by its condition, below 1e-9 here.
      sorted.forEach((value, i) => {
        expect(Math.abs(found[i] - value)).toBeLessThan(1e-9);
      });
    }),
  );
});
