import { crossProduct } from '../../../math/cross-product.ts';
import type { Matrix } from '../../../math/matrix.ts';
import { columnView, zeros } from '../../../math/matrix.ts';
import { pairwiseDot, sumOfSquares } from '../../../math/pairwise-sum.ts';
import { quadraticForm } from '../../../math/quadratic-form.ts';
import type { Clustering, CovarianceMethod, CovarianceRequest, Fit, SharedParts } from '../../contract.ts';
import { cluster } from '../covariance/cluster.ts';
import { hc0 } from '../covariance/hc0.ts';
import { scaledRows } from '../sandwich.ts';
import { readSmallSample } from '../small-sample.ts';

/**
 * What the tests after instruments ask of a covariance: the spread of sums of scores q_i v_i. A covariance of the core is put
 * to it as a fit whose basis are the scores and whose residuals are 1, without any factor; HC1 to HC3 have the meat of HC0 and
 * CR2, CR3 and the jackknife that of clusters, as these statistics have no leverage correction anywhere.
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

export function momentsOf(
  fit: Fit,
  { method, request }: { readonly method: CovarianceMethod; readonly request: CovarianceRequest },
): Moments {
  const { errors } = method;
  const isIid = errors === 'alike';
  const used = isIid || errors === 'rows' ? hc0 : errors === 'clusters' ? cluster : method;
  const rule = readSmallSample('ivreg2');
  const residuals = new Float64Array(fit.residuals.length).fill(1);
  const shared = clustersOnce(fit);
  const meat = (scores: Matrix): Matrix => {
    const largest = Array.from({ length: scores.ncol }, (_, j) => sumOfSquares(columnView(scores, j)));
    const own: Fit = {
      ...fit,
      // What the scores are measured by, in the place of the residuals.
      sums: { ...fit.sums, ssr: largest.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY) },
      shared,
      basis: scores,
      residuals,
      transform: identity(scores.ncol),
      slopeCount: scores.ncol,
    };
    return used.covariance({ ...own, names: Array(scores.ncol).fill('') }, request, rule).value.matrix;
  };
  const { crossMeat } = method;
  const spread = (q: Matrix, v: readonly Float64Array[]): Matrix => {
    if (crossMeat !== undefined) return blocksOf(v, q.ncol, (a, b) => crossMeat(fit, request, { q, a, b }));
    if (isIid) return kronecker(crossOf(v, fit.residuals.length), crossProduct(q));
    return meat(scaledRows(q, v));
  };
  return { isIid, spread };
}

/** The blocks of every pair of residuals, (m v.length)-square. */
function blocksOf(v: readonly Float64Array[], m: number, block: (a: Float64Array, b: Float64Array) => Matrix): Matrix {
  const size = m * v.length;
  const out = zeros(size, size);
  v.forEach((a, row) => {
    v.forEach((b, column) => {
      const { data } = block(a, b);
      for (let j = 0; j < m; j++) {
        for (let i = 0; i < m; i++) out.data[row * m + i + (column * m + j) * size] = data[i + j * m];
      }
    });
  });
  return out;
}

/** Each variable's clusters made once for all that is asked of the moments. */
function clustersOnce({ shared }: Fit): SharedParts {
  const known = new Map<string, Clustering>();
  return {
    clustering: (name, make) => {
      const found = known.get(name) ?? shared?.clustering(name, make) ?? make();
      known.set(name, found);
      return found;
    },
    scoreSums: () => null,
    withXtregConstant: () => null,
  };
}

function crossOf(v: readonly Float64Array[], n: number): Matrix {
  const out = zeros(v.length, v.length);
  for (let j = 0; j < v.length; j++) {
    for (let i = 0; i < v.length; i++) out.data[i + j * v.length] = pairwiseDot(v[i], v[j]) / n;
  }
  return out;
}

/** a (x) b, blocks a_ij b. */
export function kronecker(a: Matrix, b: Matrix): Matrix {
  const out = zeros(a.nrow * b.nrow, a.ncol * b.ncol);
  for (let j = 0; j < a.ncol; j++) {
    for (let i = 0; i < a.nrow; i++) {
      const value = a.data[i + j * a.nrow];
      for (let c = 0; c < b.ncol; c++) {
        for (let r = 0; r < b.nrow; r++) {
          out.data[i * b.nrow + r + (j * b.ncol + c) * out.nrow] = value * b.data[r + c * b.nrow];
        }
      }
    }
  }
  return out;
}

function identity(k: number): Matrix {
  const out = zeros(k, k);
  for (let i = 0; i < k; i++) out.data[i * (k + 1)] = 1;
  return out;
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
