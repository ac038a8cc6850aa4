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
    // Above a block of columns its four go down together: each has its sums in the same order as alone.
    const from = j - (j % columnsAtOnce);
    const isBlock = from + columnsAtOnce <= k;
    if (isBlock && j === from) rowsAbove(r.data, a.data, k, from);
    for (let i = isBlock ? from : 0; i <= j; i++) {
      let value = a.data[i + j * k];
      for (let p = 0; p < i; p++) value -= r.data[p + i * k] * r.data[p + j * k];
      if (i < j) r.data[i + j * k] = value / r.data[i * (k + 1)];
      else if (value > singularPivot * Math.max(a.data[j * (k + 1)], scale)) r.data[j * (k + 1)] = Math.sqrt(value);
      else return null;
    }
  }
  return r;
}

const columnsAtOnce = 4;

/** The first `from` rows of the four columns that begin at `from`, whose sums wait for none of one another. */
function rowsAbove(r: Float64Array, a: Float64Array, k: number, from: number): void {
  const [c0, c1, c2, c3] = [from * k, (from + 1) * k, (from + 2) * k, (from + 3) * k];
  for (let i = 0; i < from; i++) {
    const own = i * k;
    let [v0, v1, v2, v3] = [a[c0 + i], a[c1 + i], a[c2 + i], a[c3 + i]];
    for (let p = 0; p < i; p++) {
      const factor = r[own + p];
      v0 -= factor * r[c0 + p];
      v1 -= factor * r[c1 + p];
      v2 -= factor * r[c2 + p];
      v3 -= factor * r[c3 + p];
    }
    const pivot = r[own + i];
    r[c0 + i] = v0 / pivot;
    r[c1 + i] = v1 / pivot;
    r[c2 + i] = v2 / pivot;
    r[c3 + i] = v3 / pivot;
  }
}
