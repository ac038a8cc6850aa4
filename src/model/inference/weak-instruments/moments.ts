import type { Matrix } from '../../../math/matrix.ts';
import { columnView, unitMatrix } from '../../../math/matrix.ts';
import { pairwiseDot, sumOfSquares } from '../../../math/pairwise-sum.ts';
import { quadraticForm } from '../../../math/quadratic-form.ts';
import type { Influence } from '../../fit.ts';
import type { ReadCovariance } from '../infer.ts';
import type { Scores } from '../method.ts';
import { repaired } from '../repair.ts';
import { covarianceIn } from '../sandwich.ts';
import { productScores } from '../scores.ts';

/**
 * What the tests after instruments ask of a covariance: the spread of sums of scores q_i v_i, its meat without any factor. HC1
 * to HC3 have the meat of HC0 and CR2, CR3 and the jackknife that of clusters, as these statistics have no leverage correction
 * anywhere.
 */
export interface Moments {
  /** Errors alike and independent: spreads are Kronecker products. */
  readonly isIid: boolean;
  /**
   * @param q n x m.
   * @param v columns of n.
   * @returns (m v.length)-square: covariance of [q'v_1, q'v_2, …].
   */
  readonly spread: (q: Matrix, v: readonly Float64Array[]) => Matrix;
}

/** @throws the codes of `prepare` of the covariance, rows-needed */
export function momentsOf({ design, gives, nobs }: Influence, { method, request }: ReadCovariance): Moments {
  const grouping = method.prepare(gives.sample, request);
  const scoresOf = (q: Matrix, v: readonly Float64Array[]): Scores & { readonly squares: () => number } => {
    if (gives.kind !== 'sums') return rowScores(design.where, q, v);
    const { spread } = gives;
    return {
      ...{ where: design.where, rows: null, coordinates: { q, v, count: nobs } },
      products: (groups) => spread?.(groups === null ? null : groups.name, q, v) ?? null,
      // Of columns and residuals that are independent: what rounding is told by needs no more.
      squares: () => (leastSquares(q) * leastOf(v.map(sumOfSquares))) / nobs,
    };
  };
  return {
    isIid: method.errors === 'alike',
    spread: (q, v) => {
      const scores = scoresOf(q, v);
      const meat = method.meat(scores, grouping);
      if (method.isAveraged) return meat;
      const core = grouping.isDefinite ? meat : repaired(meat).matrix;
      // What the scores are measured by, in the place of the residuals.
      const ssr = scores.squares();
      return covarianceIn({ transform: unitMatrix(core.ncol), sums: { ssr } }, core).matrix;
    },
  };
}

function rowScores(where: string, q: Matrix, v: readonly Float64Array[]) {
  const scores = productScores(where, q, v);
  return { ...scores, squares: () => leastSquares(scores.rows.written()) };
}

/** The least sum of squares of the columns. */
function leastSquares(columns: Matrix): number {
  return leastOf(Array.from({ length: columns.ncol }, (_, j) => sumOfSquares(columnView(columns, j))));
}

function leastOf(sums: readonly number[]): number {
  return sums.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
}

/** d' M^-1 d; NaN where M is singular, as with fewer clusters than numbers in d. */
export function regularForm(d: Float64Array, m: Matrix): number {
  const { value, dropped } = quadraticForm(d, m);
  return dropped.length === 0 ? value : Number.NaN;
}

/** q'v, m numbers. */
export function projections(q: Matrix, v: Float64Array): Float64Array {
  return Float64Array.from({ length: q.ncol }, (_, j) => pairwiseDot(columnView(q, j), v));
}
