import type { Matrix } from './matrix.ts';
import { zeros } from './matrix.ts';

/**
 * The triangle r of z = q r by Householder's reflections: r'r = z'z without the loss of digits of a product. Columns that depend on
 * earlier ones have their part in it.
 * @param z n x p, column-major; left untouched. @returns min(n, p) x p, upper trapezoidal
 */
export function triangleOf(z: Matrix): Matrix {
  const { nrow: n, ncol: p } = z;
  const work = z.data.slice(0, n * p);
  const m = Math.min(n, p);
  for (let k = 0; k < m; k++) {
    const own = work.subarray(k * n, (k + 1) * n);
    let largest = 0;
    for (let i = k; i < n; i++) largest = Math.max(largest, Math.abs(own[i]));
    if (largest === 0) continue;
    // In units of the largest, so that squares neither vanish nor overflow.
    let squares = 0;
    for (let i = k; i < n; i++) {
      own[i] /= largest;
      squares += own[i] ** 2;
    }
    const length = (own[k] > 0 ? -1 : 1) * Math.sqrt(squares);
    // v = x - length e1, with v'v = 2 length (length - x1).
    own[k] -= length;
    const half = -length * own[k];
    for (let j = k + 1; j < p; j++) {
      const other = work.subarray(j * n, (j + 1) * n);
      let product = 0;
      for (let i = k; i < n; i++) product += own[i] * other[i];
      const share = product / half;
      for (let i = k; i < n; i++) other[i] -= share * own[i];
    }
    own.fill(0, k);
    own[k] = length * largest;
  }
  const out = zeros(m, p);
  for (let j = 0; j < p; j++) for (let i = 0; i <= Math.min(j, m - 1); i++) out.data[i + j * m] = work[i + j * n];
  return out;
}
