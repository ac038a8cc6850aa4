import { expect, test } from 'vitest';
import type { Matrix } from './matrix.ts';
import { multiply, transpose, zeros } from './matrix.ts';
import { symmetricEigen } from './symmetric-eigen.ts';
import { tridiagonalEigen } from './tridiagonal-eigen.ts';

/** x x' of a k x rank matrix of sines: semidefinite, with k - rank zeros. */
function gram(k: number, rank: number): Matrix {
  const x = zeros(k, rank);
  for (let i = 0; i < x.data.length; i++) x.data[i] = Math.sin(1 + i * i * 0.37);
  return multiply(x, transpose(x));
}

test('two by two, by hand: 2 and 1 off the diagonal have 1 and 3', () => {
  const { values, vectors } = tridiagonalEigen({ nrow: 2, ncol: 2, data: Float64Array.of(2, 1, 1, 2) });
  expect(values[0]).toBeCloseTo(1, 14);
  expect(values[1]).toBeCloseTo(3, 14);
  expect(Math.abs(vectors.data[2])).toBeCloseTo(Math.SQRT1_2, 14);
});

test.each([
  [1, 1],
  [3, 3],
  [12, 12],
  [25, 7],
  [60, 60],
])("%d x %d of rank %d: V D V' is the matrix, V is orthogonal, Jacobi agrees", (k, rank) => {
  const a = gram(k, rank);
  const { values, vectors } = tridiagonalEigen(a);
  const scaled = { ...vectors, data: vectors.data.map((value, i) => value * values[Math.floor(i / k)]) };
  const largest = values[k - 1];
  multiply(scaled, transpose(vectors)).data.forEach((value, i) => {
    expect(Math.abs(value - a.data[i])).toBeLessThan(1e-13 * k * largest);
  });
  multiply(transpose(vectors), vectors).data.forEach((value, i) => {
    expect(Math.abs(value - (i % (k + 1) === 0 ? 1 : 0))).toBeLessThan(1e-13 * k);
  });
  const jacobi = symmetricEigen(a).values.sort();
  values.forEach((value, e) => {
    expect(Math.abs(value - jacobi[e])).toBeLessThan(1e-13 * k * largest);
  });
});

test('a diagonal matrix, and one of zeros, are their own', () => {
  const diagonal = zeros(4, 4);
  [3, 1, 4, 1.5].forEach((value, i) => {
    diagonal.data[i * 5] = value;
  });
  expect([...tridiagonalEigen(diagonal).values]).toEqual([1, 1.5, 3, 4]);
  expect([...tridiagonalEigen(zeros(3, 3)).values]).toEqual([0, 0, 0]);
});
