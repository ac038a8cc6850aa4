import { describe, expect, test } from 'vitest';
import { areFinite } from './finite.ts';
import { orthogonalize } from './gram-schmidt.ts';
import { solveLeastSquares } from './least-squares.ts';
import { columnView, matrixAround, matrixOfColumns } from './matrix.ts';
import { momentsOf } from './moments.ts';
import { orthonormalBasis, solveNormalEquations } from './normal-equations.ts';
import { mean, pairwiseDot, sumOfSquares } from './pairwise-sum.ts';
import { randomStream } from './random/philox.ts';

/** Against columns made orthogonal one by one: both lose a digit or two where columns keep a tenth of their length. */
const digits = 1e-13;

const random = randomStream(5, 3);
const n = 3001;
const drawn = (scale: number) => Float64Array.from({ length: n }, () => scale * random.normal());
const mixed = (own: number, a: Float64Array, share: number) => a.map((value) => share * value + own * random.normal());

describe('least squares from products', () => {
  const base = drawn(1);
  const cases: readonly (readonly Float64Array[])[] = [
    [base],
    [drawn(1), drawn(1)],
    [drawn(1), drawn(1e6), drawn(1e-6)],
    [drawn(1e100), drawn(1e-100)],
    [base, mixed(1, base, 1)],
    [base, mixed(0.3, base, 1)],
    [base, mixed(0.15, base, 1), drawn(2)],
    [base, mixed(0.2, base, -3), mixed(5, base, 1), drawn(1)],
    [drawn(1), drawn(1), drawn(1), drawn(1), drawn(1)],
    [drawn(3), mixed(2, base, 1), base, drawn(1e3), drawn(1), drawn(1e-3)],
  ];
  test.each(cases.map((columns, c) => [c, columns] as const))('case %i', (_, columns) => {
    const x = matrixOfColumns(n, columns);
    const y = Float64Array.from(
      { length: n },
      (_, i) => columns[0][i] + columns[columns.length - 1][i] + random.normal(),
    );
    const floors = columns.map(() => 0);
    const squares = [...columns, y].map(sumOfSquares);
    const found = solveNormalEquations(x, y, { floors, squares });
    const factors = orthogonalize(x, floors);
    const expected = solveLeastSquares(factors, y);
    const isFar = columns.every((_, j) => factors.r.data[j * (x.ncol + 1)] > 0.1 * Math.sqrt(squares[j]));
    expect(found !== null).toBe(isFar);
    if (found === null) return;
    const size = Math.sqrt(squares[columns.length]);
    columns.forEach((_, j) => {
      const apart = (found.coefficients[j] - expected.coefficients[j]) * Math.sqrt(squares[j]);
      expect(Math.abs(apart)).toBeLessThan(digits * size);
    });
    found.residuals.forEach((value, i) => {
      expect(Math.abs(value - expected.residuals[i])).toBeLessThan(digits * size);
    });
    expect(Math.abs(found.squares / sumOfSquares(found.residuals) - 1)).toBeLessThan(digits);
    const q = orthonormalBasis(x, found.r);
    for (let j = 0; j < q.ncol; j++) {
      for (let i = 0; i <= j; i++) {
        const product = pairwiseDot(columnView(q, i), columnView(q, j));
        expect(Math.abs(product - (i === j ? 1 : 0))).toBeLessThan(digits);
      }
    }
  });

  test('columns near each other, or to nothing, are left to Gram and Schmidt', () => {
    const near = base.map((value) => value + 1e-9 * random.normal());
    for (const columns of [
      [base, base],
      [base, near],
      [base, new Float64Array(n)],
    ]) {
      const squares = [...columns, base].map(sumOfSquares);
      expect(solveNormalEquations(matrixOfColumns(n, columns), base, { floors: [0, 0], squares })).toBeNull();
    }
    const squares = [sumOfSquares(base), sumOfSquares(base)];
    expect(solveNormalEquations(matrixOfColumns(n, [base]), base, { floors: [1e9], squares })).toBeNull();
  });
});

test.each([
  ['around zero', drawn(1)],
  ['far from zero', drawn(1).map((value) => value + 1e8)],
  ['large', drawn(1e100)],
  ['small', drawn(1e-100)],
  ['a trend, whose probe is right', Float64Array.from({ length: n }, (_, i) => i)],
  ['a probe far from the mean', Float64Array.from({ length: n }, (_, i) => (i % 5 === 2 ? 1e6 : 1))],
  ['constant', new Float64Array(n).fill(0.1)],
  ['one', Float64Array.of(3)],
  ['two', Float64Array.of(3, 5)],
  ['a number out of all others', drawn(1).map((value, i) => (i === 1700 ? 1e9 : value))],
])('mean and norms in one pass: %s', (_, values) => {
  const centre = mean(values);
  const deviations = values.map((value) => value - centre);
  const { mean: found, raw, centred } = momentsOf(values);
  const size = Math.sqrt(sumOfSquares(values));
  expect(Math.abs(found - centre)).toBeLessThanOrEqual(1e-15 * size);
  expect(Math.abs(raw - size)).toBeLessThanOrEqual(1e-14 * size);
  // What the squares of a column far from zero lose is its own rounding.
  const apart = Math.abs(centred - Math.sqrt(sumOfSquares(deviations)));
  expect(apart).toBeLessThanOrEqual(1e-13 * centred + 1e-15 * size);
});

test('a missing or infinite value is found wherever it stands', () => {
  for (const bad of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
    for (let i = 0; i < 11; i++) {
      const values = Float64Array.from({ length: 11 }, (_, j) => (j === i ? bad : -j * 1e308));
      values[10 - i] = i === 5 ? bad : 0;
      expect(areFinite(values)).toBe(false);
    }
  }
  expect(areFinite(Float64Array.of(0, -0, 1e308, -1e308, 5e-324))).toBe(true);
  expect(areFinite(new Float64Array(0))).toBe(true);
});

test('a matrix around columns is the matrix of them, and a copy with other data has its own', () => {
  const columns = [Float64Array.of(1, 2), Float64Array.of(3, 4)];
  const x = matrixAround(2, columns);
  expect(columnView(x, 1)).toBe(columns[1]);
  expect(Array.from(x.data)).toEqual([1, 2, 3, 4]);
  const other = { ...x, data: Float64Array.of(5, 6, 7, 8) };
  expect(Array.from(columnView(other, 1))).toEqual([7, 8]);
});
