import fc from 'fast-check';
import { expect, test } from 'vitest';
import { elementAt, type Matrix, multiply, transpose } from './matrix.ts';
import { triangleOf } from './triangle-of.ts';

test('by hand: 3, 4 has length 5', () => {
  const r = triangleOf({ nrow: 2, ncol: 2, data: Float64Array.of(3, 4, 1, 2) });
  expect([...r.data].map(Math.abs)).toEqual([5, 0, 11 / 5, 2 / 5].map((value) => expect.closeTo(value, 14)));
});

test('the products are those of the columns, whatever their number, length and dependence', () => {
  const sizes = fc.tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 5 }), fc.boolean());
  const value = fc.double({ min: -1e3, max: 1e3, noNaN: true });
  fc.assert(
    fc.property(
      sizes.chain(([nrow, ncol, isTwice]) =>
        fc.tuple(fc.constant({ nrow, ncol, isTwice }), fc.array(value, { minLength: 35, maxLength: 35 })),
      ),
      ([{ nrow, ncol, isTwice }, values]) => {
        const data = Float64Array.from(values.slice(0, nrow * ncol));
        if (isTwice && ncol > 1) data.copyWithin(nrow, 0, nrow);
        const z: Matrix = { nrow, ncol, data };
        const r = triangleOf(z);
        expect([r.nrow, r.ncol]).toEqual([Math.min(nrow, ncol), ncol]);
        const [ours, theirs] = [multiply(transpose(r), r), multiply(transpose(z), z)];
        const scale = 1 + Math.max(...theirs.data.map(Math.abs));
        for (let i = 0; i < ours.data.length; i++)
          expect(Math.abs((ours.data[i] ?? 0) - (theirs.data[i] ?? 0))).toBeLessThanOrEqual(1e-13 * scale);
        for (let j = 0; j < ncol; j++) for (let i = j + 1; i < r.nrow; i++) expect(elementAt(r, i, j)).toBe(0);
      },
    ),
  );
});
