import { accurateDot, accurateResidualInto } from './double-double.ts';
import type { OrthogonalFactors } from './gram-schmidt.ts';
import { keptLength } from './gram-schmidt.ts';
import type { Matrix } from './matrix.ts';
import { columnView } from './matrix.ts';
import { pairwiseDot, sumOfSquares } from './pairwise-sum.ts';
import { solveUpper, solveUpperTransposed } from './triangular.ts';

export interface LeastSquares {
  /** One for each column of q. */
  readonly coefficients: Float64Array;
  /** n residuals. */
  readonly residuals: Float64Array;
}

/** A solution with the coordinates of y in q. */
export interface ProjectedLeastSquares extends LeastSquares {
  readonly projections: Float64Array;
}

/** min |y - x b| from x = q r: b = r^-1 q' y, the residual by taking y off the columns of q, twice where little of y is left. */
export function solveLeastSquares(factors: OrthogonalFactors, y: Float64Array): ProjectedLeastSquares {
  const { q, r } = factors;
  const residuals = y.slice();
  const projections = new Float64Array(q.ncol);
  const enough = keptLength ** 2 * sumOfSquares(y);
  for (let pass = 0; pass < 2; pass++) {
    for (let j = 0; j < q.ncol; j++) {
      const column = columnView(q, j);
      const projection = pairwiseDot(column, residuals);
      projections[j] += projection;
      for (let i = 0; i < residuals.length; i++) residuals[i] -= projection * column[i];
    }
    if (sumOfSquares(residuals) > enough) break;
  }
  return { coefficients: solveUpper(r, projections), residuals, projections };
}

const refinementRounds = 4;

/**
 * Iterative refinement of a least squares solution on the augmented system (Bjorck 1967; Bjorck 1996, section 2.9.3):
 * residuals in twice the working precision, corrections by x ~ q r. The solution becomes that of the numbers in `x` and `y`
 * to nearly full precision unless r is so far off that the corrections grow, which stops it.
 * @param x the k columns themselves, n each; q and r need be their factors only roughly.
 */
export function refineLeastSquares(
  x: readonly Float64Array[],
  y: Float64Array,
  factors: { readonly q: Matrix; readonly r: Matrix },
  start: LeastSquares,
): LeastSquares {
  const { q, r } = factors;
  const n = y.length;
  const k = x.length;
  const coefficients = start.coefficients.slice();
  const residuals = start.residuals.slice();
  const columns = [residuals, ...x];
  const f = new Float64Array(n);
  let lastSize = Number.POSITIVE_INFINITY;
  for (let round = 0; round < refinementRounds; round++) {
    accurateResidualInto(f, y, columns, [1, ...coefficients]);
    const g = x.map((column) => -accurateDot(column, residuals));
    const fromNormal = solveUpperTransposed(r, g);
    const projections = new Float64Array(k);
    for (let j = 0; j < k; j++) projections[j] = pairwiseDot(columnView(q, j), f);
    const step = solveUpper(
      r,
      projections.map((value, j) => value - fromNormal[j]),
    );
    let size = 0;
    for (let j = 0; j < k; j++) size = Math.max(size, Math.abs(step[j] / (coefficients[j] || 1)));
    if (!(size < lastSize)) break;
    for (let j = 0; j < k; j++) {
      const column = columnView(q, j);
      const change = fromNormal[j] - projections[j];
      for (let i = 0; i < n; i++) f[i] += change * column[i];
      coefficients[j] += step[j];
    }
    for (let i = 0; i < n; i++) residuals[i] += f[i];
    if (size < 1e-16) break;
    lastSize = size;
  }
  return { coefficients, residuals };
}
