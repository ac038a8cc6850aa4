import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Matrix } from './matrix.ts';
import { generalizedForm, quadraticForm } from './quadratic-form.ts';

const square = (...rows: number[][]): Matrix => ({
  nrow: rows.length,
  ncol: rows.length,
  data: Float64Array.from(rows.flatMap((_, j) => rows.map((row) => row[j]))),
});

test('two by two by hand', () => {
  // M = [2 1; 1 2], M^-1 = [2 -1; -1 2]/3: (1, 2) gives (2 - 2 - 2 + 8)/3 = 2.
  const m = square([2, 1], [1, 2]);
  expect(quadraticForm([1, 2], m)).toEqual({ value: 2, kept: [0, 1], dropped: [] });
  const general = generalizedForm([1, 2], m);
  expect(general.value).toBeCloseTo(2, 14);
  expect(general).toMatchObject({ rank: 2, isSemidefinite: true });
});

test('what the earlier rows explain is left out, first kept', () => {
  const m = square([1, 2, 0], [2, 4, 0], [0, 0, 3]);
  expect(quadraticForm([1, 2, 3], m)).toEqual({ value: 4, kept: [0, 2], dropped: [1] });
  expect(quadraticForm([1], square([0]))).toEqual({ value: 0, kept: [], dropped: [0] });
  // The generalized inverse takes (1, 2) along its own direction: the same number.
  expect(generalizedForm([1, 2, 3], m).value).toBeCloseTo(4, 13);
});

test('an indefinite matrix is said to be one', () => {
  // diag(1, -1): 2^2 - 3^2.
  const form = generalizedForm([2, 3], square([1, 0], [0, -1]));
  expect(form).toEqual({ value: -5, rank: 2, isSemidefinite: false });
});

test('scaling an entry with its row and column changes nothing', () => {
  const entry = fc.double({ min: -1, max: 1, noNaN: true });
  fc.assert(
    fc.property(fc.array(entry, { minLength: 12, maxLength: 12 }), fc.integer({ min: -8, max: 8 }), (cells, power) => {
      const rows = [0, 1, 2].map((i) => cells.slice(4 * i, 4 * i + 3));
      const m = [0, 1, 2].map((i) =>
        [0, 1, 2].map((j) => rows[i].reduce((sum, _, k) => sum + rows[i][k] * rows[j][k], i === j ? 0.5 : 0)),
      );
      const d = [cells[3], cells[7], cells[11]];
      const scale = 10 ** power;
      const plain = quadraticForm(d, square(...m)).value;
      const scaled = square(...m.map((row, i) => row.map((v, j) => v * (i === 1 ? scale : 1) * (j === 1 ? scale : 1))));
      const moved = [d[0], d[1] * scale, d[2]];
      const tolerance = 1e-10 * Math.max(1, plain);
      expect(Math.abs(quadraticForm(moved, scaled).value - plain)).toBeLessThan(tolerance);
      expect(Math.abs(generalizedForm(moved, scaled).value - plain)).toBeLessThan(tolerance);
    }),
    { seed: 22, numRuns: 100 },
  );
});
