import { choleskyUpper } from '../../../../math/cholesky.ts';
import { type Matrix, zeros } from '../../../../math/matrix.ts';
import { invertUpper, solveUpper, solveUpperTransposed } from '../../../../math/triangular.ts';

const rounds = 60;

/**
 * Parameters with the least sum of squared residuals (Levenberg-Marquardt, derivatives by differences): for the few
 * parameters behind a printed table, whose residuals are counted in half units of its last digits.
 */
export function leastSquaresFit(
  residuals: (parameters: Float64Array) => Float64Array,
  start: Float64Array,
): { readonly parameters: Float64Array; readonly residuals: Float64Array } {
  let parameters = start.slice();
  let current = residuals(parameters);
  let damping = 1e-3;
  const k = start.length;
  for (let round = 0; round < rounds && damping < 1e12; round++) {
    const columns = Array.from({ length: k }, (_, j) => {
      const moved = parameters.slice();
      const step = 1e-5 * Math.max(Math.abs(moved[j]), 0.1);
      moved[j] += step;
      const there = residuals(moved);
      return there.map((value, i) => (value - current[i]) / step);
    });
    const gram = zeros(k, k);
    const slope = new Float64Array(k);
    for (let a = 0; a < k; a++) {
      for (let b = 0; b < k; b++) gram.data[a + b * k] = inner(columns[a], columns[b]);
      slope[a] = inner(columns[a], current);
    }
    let improved = false;
    while (!improved && damping < 1e12) {
      const damped = { ...gram, data: gram.data.slice() };
      for (let a = 0; a < k; a++) damped.data[a * (k + 1)] += damping * gram.data[a * (k + 1)] + 1e-12;
      const root = choleskyUpper(damped);
      if (root !== null) {
        const move = solveUpper(root, solveUpperTransposed(root, slope));
        const next = parameters.map((value, j) => value - move[j]);
        const there = residuals(next);
        const gain = inner(current, current) - inner(there, there);
        if (gain > 0) {
          improved = true;
          const small = gain < 1e-10 * inner(there, there);
          parameters = next;
          current = there;
          damping = Math.max(damping / 5, 1e-9);
          if (small) return { parameters, residuals: current };
        }
      }
      if (!improved) damping *= 4;
    }
  }
  return { parameters, residuals: current };
}

function inner(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

/** Inverse of a symmetric positive definite matrix; null where it is none. */
export function inverseOf(a: Matrix): Matrix | null {
  const k = a.ncol;
  const scales = Float64Array.from({ length: k }, (_, j) => 1 / Math.sqrt(a.data[j * (k + 1)]));
  if (!scales.every(Number.isFinite)) return null;
  const unit = { ...a, data: a.data.map((value, i) => value * scales[i % k] * scales[Math.floor(i / k)]) };
  const root = choleskyUpper(unit);
  if (root === null) return null;
  const inverse = invertUpper(root);
  const out = zeros(k, k);
  for (let i = 0; i < k; i++) {
    for (let j = 0; j < k; j++) {
      let sum = 0;
      for (let p = Math.max(i, j); p < k; p++) sum += inverse.data[i + p * k] * inverse.data[j + p * k];
      out.data[i + j * k] = sum * scales[i] * scales[j];
    }
  }
  return out;
}
