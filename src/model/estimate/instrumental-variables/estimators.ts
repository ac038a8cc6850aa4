import { choleskyUpper } from '../../../math/cholesky.ts';
import { crossBetween, crossProduct } from '../../../math/cross-product.ts';
import { orthogonalize } from '../../../math/gram-schmidt.ts';
import { solveLeastSquares } from '../../../math/least-squares.ts';
import type { Matrix } from '../../../math/matrix.ts';
import { columnView, multiply, transpose, zeros } from '../../../math/matrix.ts';
import { pairwiseDot } from '../../../math/pairwise-sum.ts';
import { isRegular } from '../../../math/quadratic-form.ts';
import { symmetricEigen } from '../../../math/symmetric-eigen.ts';
import { invertUpper, solveUpperTransposed } from '../../../math/triangular.ts';
import type { PartialledOut } from '../../fit.ts';

/** Estimates as linear functions of y: coefficients = transform basis' y. */
export interface LinearEstimate {
  readonly coefficients: Float64Array;
  /** n x r, orthonormal columns. */
  readonly basis: Matrix;
  /** p x r. */
  readonly transform: Matrix;
  /** r coordinates of y; null where the coefficients are not their image. */
  readonly projections: Float64Array | null;
  /** r x r: the classical covariance is s2 transform this transform'; null: the unit matrix. */
  readonly classicalCore: Matrix | null;
}

/**
 * The k-class (Theil 1958; Nagar 1959): b = H^-1 ((1-k) X + k Xhat)'y, H = (1-k) X'X + k Xhat'Xhat. With Xhat = q r and
 * w = X r^-1: H = r' C r, C = k I + (1-k) w'w, so that nothing of the regressors' scale is squared. Robust covariances are
 * those of ivreg2: scores Xhat_i u_i between H^-1; the classical one is s2 H^-1.
 * @param x n x p regressors.
 * @param q n x p orthonormal basis of the projected regressors, `r` p x p its triangle.
 */
export function kClass(
  x: Matrix,
  { q, r }: { readonly q: Matrix; readonly r: Matrix },
  y: Float64Array,
  kappa: number,
): LinearEstimate {
  const inverse = invertUpper(r);
  if (kappa === 1) {
    const { coefficients, projections } = solveLeastSquares({ q, r, kept: [], dropped: [] }, y);
    return { coefficients, basis: q, transform: inverse, projections, classicalCore: null };
  }
  const p = r.ncol;
  const w = multiply(x, inverse);
  const c = zeros(p, p);
  const right = zeros(p, 1);
  for (let j = 0; j < p; j++) {
    for (let i = 0; i <= j; i++) {
      const value = (1 - kappa) * pairwiseDot(columnView(w, i), columnView(w, j)) + (i === j ? kappa : 0);
      c.data[i + j * p] = value;
      c.data[j + i * p] = value;
    }
    right.data[j] = (1 - kappa) * pairwiseDot(columnView(w, j), y) + kappa * pairwiseDot(columnView(q, j), y);
  }
  const transform = multiply(inverse, inverseSymmetric(c));
  return {
    coefficients: multiply(transform, right).data,
    basis: q,
    transform,
    projections: right.data,
    classicalCore: c,
  };
}

/** The inverse of a small symmetric matrix by its eigenvectors; indefinite ones too (a k-class with k above lambda). */
export function inverseSymmetric(a: Matrix): Matrix {
  const { values, vectors } = symmetricEigen(a);
  const k = a.ncol;
  const out = zeros(k, k);
  for (let e = 0; e < k; e++) {
    for (let j = 0; j < k; j++) {
      for (let i = 0; i < k; i++)
        out.data[i + j * k] += (vectors.data[i + e * k] * vectors.data[j + e * k]) / values[e];
    }
  }
  return out;
}

/**
 * lambda of LIML: the least eigenvalue of (Y'M_Z Y)^-1 Y'M_X Y, Y = [y, D] (Anderson and Rubin 1949). In an orthonormal
 * basis of the net Y it is 1 / (1 - s), s the least squared cosine with the instruments; 1 where exactly identified.
 */
export function limlLambda({ y, d, q }: PartialledOut): number {
  const n = y.length;
  const all = zeros(n, d.ncol + 1);
  all.data.set(d.data);
  all.data.set(y, d.data.length);
  const basis = orthogonalize(all, new Float64Array(all.ncol)).q;
  if (q.ncol < basis.ncol) return 1;
  const { values } = symmetricEigen(crossProduct(crossBetween(q, basis)));
  const least = Math.max(
    0,
    values.reduce((a, b) => Math.min(a, b), 1),
  );
  return 1 / (1 - least);
}

/**
 * GMM with weight S^-1 (Hansen 1982): b = (G'S^-1 G)^-1 G'S^-1 Q'y, G = Q'X, by whitening with the triangle of S.
 * @param q n x L orthonormal basis of all instruments.
 * @param spread L x L covariance of the moments, up to scale.
 * @returns null where S is singular.
 */
export function gmm(x: Matrix, q: Matrix, y: Float64Array, spread: Matrix): LinearEstimate | null {
  const triangle = choleskyUpper(spread);
  if (triangle === null) return null;
  const g = crossBetween(q, x);
  const white = zeros(q.ncol, x.ncol);
  for (let j = 0; j < x.ncol; j++) {
    white.data.set(solveUpperTransposed(triangle, columnView(g, j)), j * q.ncol);
  }
  const factors = orthogonalize(white, new Float64Array(white.ncol));
  const moments = Float64Array.from({ length: q.ncol }, (_, j) => pairwiseDot(columnView(q, j), y));
  const { coefficients } = solveLeastSquares(factors, solveUpperTransposed(triangle, moments));
  // r^-1 Qw' U'^-1, with S = U'U.
  const half = multiply(invertUpper(factors.r), transpose(factors.q));
  const transform = multiply(half, transpose(invertUpper(triangle)));
  return { coefficients, basis: q, transform, projections: moments, classicalCore: null };
}

/** g'S^-1 g at its least over the coefficients: Hansen's J with that weight, up to the scale of S. Null where S has no inverse but by rounding. */
export function leastDistance(g: Matrix, moments: Float64Array, spread: Matrix): number | null {
  const triangle = isRegular(spread) ? choleskyUpper(spread) : null;
  if (triangle === null) return null;
  const white = zeros(g.nrow, g.ncol);
  for (let j = 0; j < g.ncol; j++) white.data.set(solveUpperTransposed(triangle, columnView(g, j)), j * g.nrow);
  const { residuals } = solveLeastSquares(
    orthogonalize(white, new Float64Array(white.ncol)),
    solveUpperTransposed(triangle, moments),
  );
  return pairwiseDot(residuals, residuals);
}
