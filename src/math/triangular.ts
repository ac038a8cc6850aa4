import type { Matrix } from './matrix.ts';
import { zeros } from './matrix.ts';

/** Solves r x = b for an upper triangular r. */
export function solveUpper(r: Matrix, b: ArrayLike<number>): Float64Array {
  const k = r.ncol;
  const x = Float64Array.from(b);
  for (let i = k - 1; i >= 0; i--) {
    for (let j = i + 1; j < k; j++) x[i] -= r.data[i + j * k] * x[j];
    x[i] /= r.data[i + i * k];
  }
  return x;
}

/** Solves r' x = b for an upper triangular r. */
export function solveUpperTransposed(r: Matrix, b: ArrayLike<number>): Float64Array {
  const k = r.ncol;
  const x = Float64Array.from(b);
  for (let i = 0; i < k; i++) {
    for (let j = 0; j < i; j++) x[i] -= r.data[j + i * k] * x[j];
    x[i] /= r.data[i + i * k];
  }
  return x;
}

/** The inverse of an upper triangular r, upper triangular as well. */
export function invertUpper(r: Matrix): Matrix {
  const k = r.ncol;
  const out = zeros(k, k);
  const unit = new Float64Array(k);
  for (let j = 0; j < k; j++) {
    unit.fill(0);
    unit[j] = 1;
    out.data.set(solveUpper(r, unit), j * k);
  }
  return out;
}
