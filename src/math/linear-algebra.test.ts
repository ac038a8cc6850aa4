import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chiSquareUpper, fUpper, normalQuantile, normalTwoSided, tQuantile, tTwoSided } from './distribution.ts';
import { accurateDot } from './double-double.ts';
import { orthogonalize } from './gram-schmidt.ts';
import { refineLeastSquares, solveLeastSquares } from './least-squares.ts';
import type { Matrix } from './matrix.ts';
import { columnView, congruence, elementAt, matrixOfColumns, multiply, transpose } from './matrix.ts';
import { deviationProduct, mean, pairwiseDot, pairwiseSum } from './pairwise-sum.ts';
import { symmetricEigen } from './symmetric-eigen.ts';
import { invertUpper } from './triangular.ts';

/** Products of matrices of order 1 with at most 12 rows: a few units of rounding. */
const rounding = 1e-12;

function expectMatrix(actual: Matrix, expected: Matrix, tolerance = rounding): void {
  const scale = expected.data.reduce((a, b) => Math.max(a, Math.abs(b)), 1);
  actual.data.forEach((value, i) => {
    expect(Math.abs(value - expected.data[i])).toBeLessThanOrEqual(tolerance * scale);
  });
}

const entry = fc.double({ min: -10, max: 10, noNaN: true });
const matrixOf = (nrow: number, ncol: number): fc.Arbitrary<Matrix> =>
  fc
    .array(entry, { minLength: nrow * ncol, maxLength: nrow * ncol })
    .map((data) => ({ nrow, ncol, data: Float64Array.from(data) }));

describe('orthogonalize', () => {
  test('q is orthonormal, q r gives the kept columns back, whatever the columns', () => {
    fc.assert(
      fc.property(matrixOf(12, 4), (x) => {
        const { q, r, kept } = orthogonalize(x, [1e-8, 1e-8, 1e-8, 1e-8]);
        const identity = multiply(transpose(q), q);
        for (let j = 0; j < q.ncol; j++) {
          for (let i = 0; i < q.ncol; i++) expect(elementAt(identity, i, j)).toBeCloseTo(i === j ? 1 : 0, 12);
        }
        expectMatrix(
          multiply(q, r),
          matrixOfColumns(
            12,
            kept.map((j) => columnView(x, j)),
          ),
        );
      }),
      { seed: 3 },
    );
  });

  test('the first of dependent columns is kept', () => {
    const a = Float64Array.of(1, 2, 3, 4);
    const b = Float64Array.of(1, 0, 1, 0);
    const sum = a.map((value, i) => 2 * value - 3 * b[i]);
    const c = Float64Array.of(0, 0, 1, 5);
    const { kept, dropped } = orthogonalize(matrixOfColumns(4, [a, b, sum, c]), [1e-10, 1e-10, 1e-10, 1e-10]);
    expect(kept).toEqual([0, 1, 3]);
    expect(dropped).toEqual([2]);
  });

  test('nearly dependent columns: orthonormal to working precision (Lauchli, epsilon 1e-9)', () => {
    const e = 1e-9;
    const x = matrixOfColumns(4, [
      Float64Array.of(1, e, 0, 0),
      Float64Array.of(1, 0, e, 0),
      Float64Array.of(1, 0, 0, e),
    ]);
    const { q } = orthogonalize(x, [0, 0, 0]);
    const identity = multiply(transpose(q), q);
    expect(Math.abs(elementAt(identity, 1, 2))).toBeLessThan(1e-15);
  });
});

describe('least squares', () => {
  // By hand: x = 1, 2, 3 and y = 1, 3, 2 without constant: b = (1 + 6 + 6) / 14 = 13/14, residuals 1/14, 16/14, -11/14.
  test('one column by hand', () => {
    const x = Float64Array.of(1, 2, 3);
    const y = Float64Array.of(1, 3, 2);
    const { coefficients, residuals } = solveLeastSquares(orthogonalize(matrixOfColumns(3, [x]), [0]), y);
    expect(coefficients[0]).toBeCloseTo(13 / 14, 15);
    [1 / 14, 16 / 14, -11 / 14].forEach((value, i) => {
      expect(residuals[i]).toBeCloseTo(value, 15);
    });
  });

  test('refinement recovers what a factor spoilt in its sixth digit lost', () => {
    const columns = [Float64Array.of(1, 1, 1, 1, 1), Float64Array.of(1, 2, 3, 4, 5), Float64Array.of(1, 4, 9, 16, 25)];
    const truth = [3, -2, 0.5];
    const noise = [1, -4, 6, -4, 1];
    const y = Float64Array.from(noise, (u, i) => columns.reduce((sum, column, j) => sum + truth[j] * column[i], u));
    const factors = orthogonalize(matrixOfColumns(5, columns), [0, 0, 0]);
    const spoilt = { ...factors.r, data: factors.r.data.map((value, i) => value * (1 + 1e-6 * (i % 3))) };
    const start = solveLeastSquares({ ...factors, r: spoilt }, y);
    const { coefficients, residuals } = refineLeastSquares(columns, y, { q: factors.q, r: spoilt }, start);
    truth.forEach((value, j) => {
      expect(coefficients[j]).toBeCloseTo(value, 13);
    });
    noise.forEach((value, i) => {
      expect(residuals[i]).toBeCloseTo(value, 13);
    });
  });
});

test('inverse of a triangle', () => {
  fc.assert(
    fc.property(matrixOf(4, 4), (a) => {
      const r = {
        ...a,
        data: a.data.map((value, i) => (i % 4 > i / 4 ? 0 : i % 5 === 0 ? 3 + Math.abs(value) : value)),
      };
      const identity = multiply(r, invertUpper(r));
      identity.data.forEach((value, i) => {
        expect(value).toBeCloseTo(i % 5 === 0 ? 1 : 0, 8);
      });
    }),
    { seed: 4 },
  );
});

test('eigenvectors rebuild the matrix', () => {
  fc.assert(
    fc.property(matrixOf(5, 5), (a) => {
      const symmetric = congruence(transpose(a), {
        nrow: 5,
        ncol: 5,
        data: Float64Array.from({ length: 25 }, (_, i) => (i % 6 === 0 ? (i < 12 ? 1 : -1) : 0)),
      });
      const { values, vectors } = symmetricEigen(symmetric);
      const scaled = { ...vectors, data: vectors.data.map((value, i) => value * values[Math.floor(i / 5)]) };
      expectMatrix(multiply(scaled, transpose(vectors)), symmetric);
    }),
    { seed: 5 },
  );
});

test('sums lose no digits where plain ones do', () => {
  const n = 1_000_000;
  const tenths = new Float64Array(n).fill(0.1);
  // The double nearest to 0.1 times a million, to the last bit or two; a running sum is off by 1.3e-6.
  expect(Math.abs(pairwiseSum(tenths) - 100_000)).toBeLessThan(1e-9);
  expect(mean(tenths.map((value) => value + 1e9))).toBe(1e9 + 0.1);
  expect(accurateDot(Float64Array.of(1e16, 1, -1e16), Float64Array.of(1, 1, 1))).toBe(1);
});

describe('tails, against R 4.2.2 (pt, qt, pf, pchisq, pnorm with lower.tail = FALSE)', () => {
  const close = (actual: number, expected: number): void => {
    expect(Math.abs(actual / expected - 1)).toBeLessThan(1e-12);
  };
  test('t', () => {
    close(tTwoSided(0.5, 1), 0.70483276469913358);
    close(tTwoSided(-14.4872909026029, 4315), 1.7688730824915575e-46);
    close(tTwoSided(1e-8, 30), 0.99999999208735635);
    close(tQuantile(0.975, 270), 1.9687890218342639);
    close(tQuantile(0.975, 4854), 1.9604528293727062);
    close(tTwoSided(1.96, Number.POSITIVE_INFINITY), normalTwoSided(1.96));
    expect(tTwoSided(0, 5)).toBe(1);
    expect(tTwoSided(Number.POSITIVE_INFINITY, 5)).toBe(0);
  });
  test('normal quantiles as far as doubles reach', () => {
    close(normalQuantile(9e-6), -4.2883565367264742);
    close(normalQuantile(1e-10), -6.3613409024040557);
    close(normalQuantile(1e-17), -8.4937932241096004);
    close(normalQuantile(1e-100), -21.273453560965319);
    close(normalQuantile(1e-300), -37.047096299361201);
    close(normalQuantile(5e-324), -38.467405617144337);
    expect(normalQuantile(0)).toBe(Number.NEGATIVE_INFINITY);
    // Both sides of where the formulas meet, and back.
    for (const p of [2e-5, 1.0001e-5, 1e-5, 0.9999e-5, 1e-6, 1.2e-11, 1.5e-11, 1e-200])
      expect(Math.abs(normalTwoSided(normalQuantile(p)) / (2 * p) - 1)).toBeLessThan(1e-11);
  });
  test('normal, F, chi-square', () => {
    close(normalTwoSided(1.96), 0.049995790296440856);
    close(fUpper(3.9, 3, 283), 0.0093736129188499717);
    close(fUpper(0.2, 3, 283), 0.89633574544902395);
    close(fUpper(25, 1, 29), 2.5366315735423162e-5);
    close(chiSquareUpper(3.841458820694124, 1), 0.05);
    close(chiSquareUpper(200, 10), 1.6139305336977309e-37);
  });
});

test('sums and products of any length, beside sums in twice the precision', () => {
  for (const n of [0, 1, 3, 4, 5, 511, 512, 513, 1027, 4099]) {
    const a = Float64Array.from({ length: n }, (_, i) => Math.sin(i) + 3);
    const b = Float64Array.from({ length: n }, (_, i) => Math.cos(3 * i) - 2);
    const one = new Float64Array(n).fill(1);
    const scale = 12 * Math.max(1, n);
    // At most 128 additions follow one another in a block.
    const near = (value: number, exact: number): void =>
      expect(Math.abs(value - exact)).toBeLessThanOrEqual(150 * Number.EPSILON * scale);
    near(pairwiseSum(a), accurateDot(a, one));
    near(pairwiseDot(a, b), accurateDot(a, b));
    near(
      deviationProduct(a, 3, b, -2),
      accurateDot(
        a.map((value) => value - 3),
        b.map((value) => value + 2),
      ),
    );
  }
});
