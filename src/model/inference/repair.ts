import type { Diagnostic } from '../../error/diagnostic.ts';
import type { Matrix } from '../../math/matrix.ts';
import { symmetrized, zeros } from '../../math/matrix.ts';
import { symmetricEigen } from '../../math/symmetric-eigen.ts';
import type { Fit } from '../contract.ts';

/** Eigenvalues within this share of the largest below 0 are rounding. */
const rounding = 1e-12;

/** A symmetric matrix with its negative eigenvalues set to 0 (Cameron, Gelbach and Miller 2011, section 2.3), reported. */
export function repaired(matrix: Matrix): { readonly matrix: Matrix; readonly diagnostics: readonly Diagnostic[] } {
  const { values, vectors } = symmetricEigen(matrix);
  const largest = values.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
  const smallest = values.reduce((a, b) => Math.min(a, b), 0);
  if (smallest >= -rounding * largest) return { matrix, diagnostics: [] };
  const k = matrix.ncol;
  const out = zeros(k, k);
  for (let e = 0; e < k; e++) {
    if (values[e] <= 0) continue;
    for (let j = 0; j < k; j++) {
      for (let i = 0; i < k; i++) {
        out.data[i + j * k] += values[e] * vectors.data[i + e * k] * vectors.data[j + e * k];
      }
    }
  }
  const detail = { smallest: smallest / largest };
  return { matrix: symmetrized(out), diagnostics: [{ code: 'covariance-repaired', severity: 'warning', detail }] };
}

/**
 * The repair of a fit's covariance. A constant that is reported beside fixed effects is no parameter of the model: the slopes
 * are repaired by themselves (as reghdfe does), so that it does not touch them, and its own row and column as part of all.
 */
export function repairedFor(fit: Fit, matrix: Matrix): ReturnType<typeof repaired> {
  const all = repaired(matrix);
  const p = matrix.ncol;
  const k = fit.slopeCount;
  if (fit.design.effects.length === 0 || k === p || k === 0) return all;
  const first = p - k;
  const slopes = zeros(k, k);
  for (let j = 0; j < k; j++) {
    for (let i = 0; i < k; i++) slopes.data[i + j * k] = matrix.data[first + i + (first + j) * p];
  }
  const own = repaired(slopes);
  const out: Matrix = { ...all.matrix, data: Float64Array.from(all.matrix.data) };
  for (let j = 0; j < k; j++) {
    for (let i = 0; i < k; i++) out.data[first + i + (first + j) * p] = own.matrix.data[i + j * k];
  }
  return { matrix: out, diagnostics: own.diagnostics.length > 0 ? own.diagnostics : all.diagnostics };
}
