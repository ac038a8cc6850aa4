import type { Matrix } from './matrix.ts';
import type { SymmetricEigen } from './symmetric-eigen.ts';

const maxRotations = 60;

/**
 * Eigenvalues and vectors of a symmetric matrix by Householder reduction to a tridiagonal and implicit QL with shifts
 * (Bowdler, Martin, Reinsch and Wilkinson 1968; Golub and Van Loan, section 8.3): about 9 k^3 multiplications, for matrices
 * of dozens to hundreds. Values ascend.
 */
export function tridiagonalEigen(a: Matrix): SymmetricEigen {
  const k = a.ncol;
  // By rows, so that the inner loops run along memory: z[i * k + j].
  const z = Float64Array.from(a.data);
  const diagonal = new Float64Array(k);
  const off = new Float64Array(k);
  reduceInto(z, k, diagonal, off);
  diagonalizeInto(z, k, diagonal, off);
  const order = Array.from(diagonal.keys()).sort((i, j) => diagonal[i] - diagonal[j]);
  const vectors = new Float64Array(k * k);
  order.forEach((column, e) => {
    for (let i = 0; i < k; i++) vectors[i + e * k] = z[column * k + i];
  });
  return { values: Float64Array.from(order, (e) => diagonal[e]), vectors: { nrow: k, ncol: k, data: vectors } };
}

/**
 * z becomes the orthogonal matrix of the reduction, one column of it a row of z; `diagonal` and `off` the tridiagonal, off[i]
 * between i - 1 and i.
 */
function reduceInto(z: Float64Array, k: number, diagonal: Float64Array, off: Float64Array): void {
  const reflectors: { readonly v: Float64Array; readonly first: number }[] = [];
  const p = new Float64Array(k);
  for (let column = 0; column < k - 2; column++) {
    const first = column + 1;
    const v = new Float64Array(k);
    let norm = 0;
    for (let i = first; i < k; i++) norm += z[column * k + i] ** 2;
    norm = Math.sqrt(norm);
    if (norm === 0) continue;
    for (let i = first; i < k; i++) v[i] = z[column * k + i];
    v[first] += v[first] >= 0 ? norm : -norm;
    let square = 0;
    for (let i = first; i < k; i++) square += v[i] * v[i];
    const scale = Math.SQRT2 / Math.sqrt(square);
    for (let i = first; i < k; i++) v[i] *= scale;
    // A <- (I - v v') A (I - v v'), v'v = 2.
    let overlap = 0;
    for (let i = column; i < k; i++) {
      let sum = 0;
      for (let j = first; j < k; j++) sum += z[i * k + j] * v[j];
      p[i] = sum;
      overlap += sum * v[i];
    }
    for (let i = first; i < k; i++) p[i] -= (overlap / 2) * v[i];
    for (let i = first; i < k; i++) {
      for (let j = first; j < k; j++) z[i * k + j] -= v[i] * p[j] + p[i] * v[j];
    }
    const end = z[column * k + first] - p[column] * v[first];
    z[column * k + first] = end;
    z[first * k + column] = end;
    reflectors.push({ v, first });
  }
  for (let i = 0; i < k; i++) {
    diagonal[i] = z[i * k + i];
    if (i > 0) off[i] = z[(i - 1) * k + i];
  }
  z.fill(0);
  for (let i = 0; i < k; i++) z[i * k + i] = 1;
  for (const { v, first } of reflectors.reverse()) {
    for (let row = first; row < k; row++) {
      let sum = 0;
      for (let j = first; j < k; j++) sum += z[row * k + j] * v[j];
      for (let j = first; j < k; j++) z[row * k + j] -= sum * v[j];
    }
  }
}

/** QL with implicit shifts; every rotation turns two rows of z. */
function diagonalizeInto(z: Float64Array, k: number, diagonal: Float64Array, off: Float64Array): void {
  for (let i = 1; i < k; i++) off[i - 1] = off[i];
  if (k > 0) off[k - 1] = 0;
  for (let l = 0; l < k; l++) {
    for (let round = 0; round < maxRotations; round++) {
      let m = l;
      while (m < k - 1) {
        const size = Math.abs(diagonal[m]) + Math.abs(diagonal[m + 1]);
        if (Math.abs(off[m]) <= Number.EPSILON * size) break;
        m += 1;
      }
      if (m === l) break;
      sweepInto({ z, k, diagonal, off }, l, m);
    }
  }
}

function sweepInto(
  { z, k, diagonal, off }: { z: Float64Array; k: number; diagonal: Float64Array; off: Float64Array },
  l: number,
  m: number,
): void {
  let g = (diagonal[l + 1] - diagonal[l]) / (2 * off[l]);
  let r = Math.hypot(g, 1);
  g = diagonal[m] - diagonal[l] + off[l] / (g + (g >= 0 ? r : -r));
  let s = 1;
  let c = 1;
  let p = 0;
  for (let i = m - 1; i >= l; i--) {
    let f = s * off[i];
    const b = c * off[i];
    r = Math.hypot(f, g);
    off[i + 1] = r;
    if (r === 0) {
      diagonal[i + 1] -= p;
      off[m] = 0;
      return;
    }
    s = f / r;
    c = g / r;
    g = diagonal[i + 1] - p;
    r = (diagonal[i] - g) * s + 2 * c * b;
    p = s * r;
    diagonal[i + 1] = g + p;
    g = c * r - b;
    const upper = i * k;
    const lower = (i + 1) * k;
    for (let j = 0; j < k; j++) {
      f = z[lower + j];
      z[lower + j] = s * z[upper + j] + c * f;
      z[upper + j] = c * z[upper + j] - s * f;
    }
  }
  diagonal[l] -= p;
  off[l] = g;
  off[m] = 0;
}
