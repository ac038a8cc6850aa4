import type { Matrix } from './matrix.ts';
import { zeros } from './matrix.ts';

/** a = vectors diag(values) vectors', values ascending is not promised. */
export interface SymmetricEigen {
  readonly values: Float64Array;
  /** k x k, one eigenvector a column. */
  readonly vectors: Matrix;
}

const maxSweeps = 60;

/**
 * Eigenvalues and vectors of a symmetric matrix by cyclic Jacobi rotations (Golub and Van Loan, section 8.5): exact to
 * working precision relative to the largest eigenvalue, meant for the small matrices of covariances.
 */
export function symmetricEigen(a: Matrix): SymmetricEigen {
  const k = a.ncol;
  const m = Float64Array.from(a.data);
  const vectors = zeros(k, k);
  for (let i = 0; i < k; i++) vectors.data[i * (k + 1)] = 1;
  for (let sweep = 0; sweep < maxSweeps; sweep++) {
    let off = 0;
    let scale = 0;
    for (let j = 0; j < k; j++) {
      for (let i = 0; i < k; i++) {
        scale += m[i + j * k] ** 2;
        if (i !== j) off += m[i + j * k] ** 2;
      }
    }
    if (off <= 1e-34 * scale) break;
    for (let p = 0; p < k - 1; p++) for (let q = p + 1; q < k; q++) rotate(m, vectors.data, k, p, q);
  }
  return { values: Float64Array.from({ length: k }, (_, i) => m[i * (k + 1)]), vectors };
}

/** One rotation in the plane (p, q) that makes m[p, q] zero. */
function rotate(m: Float64Array, v: Float64Array, k: number, p: number, q: number): void {
  const offDiagonal = m[p + q * k];
  if (offDiagonal === 0) return;
  const theta = (m[q * (k + 1)] - m[p * (k + 1)]) / (2 * offDiagonal);
  const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const c = 1 / Math.sqrt(t * t + 1);
  const s = t * c;
  for (let i = 0; i < k; i++) {
    const x = m[i + p * k];
    const y = m[i + q * k];
    m[i + p * k] = c * x - s * y;
    m[i + q * k] = s * x + c * y;
  }
  for (let i = 0; i < k; i++) {
    const x = m[p + i * k];
    const y = m[q + i * k];
    m[p + i * k] = c * x - s * y;
    m[q + i * k] = s * x + c * y;
  }
  for (let i = 0; i < k; i++) {
    const x = v[i + p * k];
    const y = v[i + q * k];
    v[i + p * k] = c * x - s * y;
    v[i + q * k] = s * x + c * y;
  }
}
