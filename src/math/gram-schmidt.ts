import type { Matrix } from './matrix.ts';
import { columnView, zeros } from './matrix.ts';
import { pairwiseDot } from './pairwise-sum.ts';

/** x[, kept] = q r, with the columns of x taken from the left and the dependent ones left out. */
export interface OrthogonalFactors {
  /** n x r, orthonormal columns. */
  readonly q: Matrix;
  /** r x r, upper triangular, positive diagonal. */
  readonly r: Matrix;
  /** Positions of the independent columns, ascending. */
  readonly kept: readonly number[];
  readonly dropped: readonly number[];
}

/** Share of its length that a column keeps in one pass where a second one would change only rounding. */
export const keptLength = 0.5;

/**
 * Modified Gram-Schmidt, columns taken through twice, so that q is orthonormal to working precision whatever the condition of x
 * (Giraud, Langou and Rozloznik 2005, "twice is enough"); once where the earlier columns leave more than half of one's length,
 * for then nothing was lost (Daniel, Gragg, Kaufman and Stewart 1976).
 * First kept: a column is dropped when what the earlier ones leave of it has norm at most `floors[j]`.
 * @param x n x k, column-major; left untouched.
 * @param floors k absolute norms below which a column counts as a combination of the earlier ones.
 */
export function orthogonalize(x: Matrix, floors: ArrayLike<number>): OrthogonalFactors {
  const { nrow: n, ncol: k } = x;
  const work = new Float64Array(n * k);
  const coefficients = zeros(k, k);
  const kept: number[] = [];
  const dropped: number[] = [];
  for (let j = 0; j < k; j++) {
    const target = work.subarray(kept.length * n, (kept.length + 1) * n);
    target.set(columnView(x, j));
    const whole = kept.length === 0 ? 0 : Math.sqrt(pairwiseDot(target, target));
    let norm = 0;
    for (let pass = 0; pass < 2; pass++) {
      for (let p = 0; p < kept.length; p++) {
        const earlier = work.subarray(p * n, (p + 1) * n);
        const projection = pairwiseDot(earlier, target);
        coefficients.data[p + kept.length * k] += projection;
        for (let i = 0; i < n; i++) target[i] -= projection * earlier[i];
      }
      norm = Math.sqrt(pairwiseDot(target, target));
      if (norm > keptLength * whole) break;
    }
    if (norm > floors[j]) {
      for (let i = 0; i < n; i++) target[i] /= norm;
      coefficients.data[kept.length * (k + 1)] = norm;
      kept.push(j);
    } else {
      coefficients.data.fill(0, kept.length * k, (kept.length + 1) * k);
      dropped.push(j);
    }
  }
  const rank = kept.length;
  const r = zeros(rank, rank);
  for (let j = 0; j < rank; j++) for (let i = 0; i <= j; i++) r.data[i + j * rank] = coefficients.data[i + j * k];
  return { q: { nrow: n, ncol: rank, data: rank === k ? work : work.slice(0, rank * n) }, r, kept, dropped };
}
