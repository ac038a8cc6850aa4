import type { Matrix } from './matrix.ts';
import { zeros } from './matrix.ts';

/** A pivot below this share of its own diagonal is rounding. */
const singularPivot = 1e-11;

/**
 * The upper triangular r with a = r' r of a symmetric positive definite matrix.
 * @param scale size of what `a` was taken away from: a pivot that is rounding of it is none. Left out: that of its own diagonal.
 * @returns null where it is singular to working precision or indefinite.
 */
export function choleskyUpper(a: Matrix, scale = 0): Matrix | null {
  const k = a.ncol;
  const r = zeros(k, k);
  for (let j = 0; j < k; j++) {
    for (let i = 0; i <= j; i++) {
      let value = a.data[i + j * k];
      for (let p = 0; p < i; p++) value -= r.data[p + i * k] * r.data[p + j * k];
      if (i < j) r.data[i + j * k] = value / r.data[i * (k + 1)];
      else if (value > singularPivot * Math.max(a.data[j * (k + 1)], scale)) r.data[j * (k + 1)] = Math.sqrt(value);
      else return null;
    }
  }
  return r;
}
