import type { Matrix } from '../../math/matrix.ts';
import { zeros } from '../../math/matrix.ts';
import { pairwiseDot } from '../../math/pairwise-sum.ts';
import type { ScoreRows } from './method.ts';

/** Residuals and the columns that they go with: n x m `q`, n-vectors `a` and `b`. */
export interface AveragedParts {
  readonly q: Matrix;
  readonly a: Float64Array;
  readonly b: Float64Array;
}

/** The meat of scores from that of every pair of columns of residuals, (m v.length)-square. */
export function blocksOf({ q, v }: Pick<ScoreRows, 'q' | 'v'>, block: (parts: AveragedParts) => Matrix): Matrix {
  const m = q.ncol;
  const size = m * v.length;
  const out = zeros(size, size);
  v.forEach((a, row) => {
    v.forEach((b, column) => {
      const { data } = block({ q, a, b });
      for (let j = 0; j < m; j++) {
        for (let i = 0; i < m; i++) out.data[row * m + i + (column * m + j) * size] = data[i + j * m];
      }
    });
  });
  return out;
}

/** Adds weight q_left q_right' to an m x m sum. */
export function addWeightedCross(
  out: Matrix,
  { nrow, ncol, data }: Matrix,
  { left, right, weight }: { readonly left: number; readonly right: number; readonly weight: number },
): void {
  for (let j = 0; j < ncol; j++) {
    const scaled = weight * data[right + j * nrow];
    for (let i = 0; i < ncol; i++) out.data[i + j * ncol] += data[left + i * nrow] * scaled;
  }
}

/** Means over `count` rows of the products of columns of residuals: v.length square. */
export function crossMoments(v: readonly Float64Array[], count: number): Matrix {
  const out = zeros(v.length, v.length);
  for (let j = 0; j < v.length; j++) {
    for (let i = 0; i < v.length; i++) out.data[i + j * v.length] = pairwiseDot(v[i], v[j]) / count;
  }
  return out;
}
