import type { Matrix } from '../../math/matrix.ts';
import { columnView, zeros } from '../../math/matrix.ts';
import type { Factor } from '../../table/factor.ts';
import type { Fit } from '../contract.ts';

/** Scores in the orthonormal basis, q_i u_i: n x r. */
export function basisScores(fit: Fit): Matrix {
  const { basis, residuals } = fit;
  const out = zeros(basis.nrow, basis.ncol);
  for (let j = 0; j < basis.ncol; j++) {
    const source = columnView(basis, j);
    const target = columnView(out, j);
    for (let i = 0; i < target.length; i++) target[i] = source[i] * residuals[i];
  }
  return out;
}

/** Sums of the rows of `scores` in each group: count x r. */
export function groupSums(scores: Matrix, factor: Factor): Matrix {
  const out = zeros(factor.count, scores.ncol);
  for (let j = 0; j < scores.ncol; j++) {
    const source = columnView(scores, j);
    const target = columnView(out, j);
    for (let i = 0; i < source.length; i++) target[factor.codes[i]] += source[i];
  }
  return out;
}
