import type { Matrix } from '../../math/matrix.ts';
import { columnView, congruence, zeros } from '../../math/matrix.ts';
import type { Factor } from '../../table/factor.ts';
import type { Covariance, Fit } from '../contract.ts';

/** The covariance T M T' of a fit from its r x r core M. */
export function covarianceIn(fit: Pick<Fit, 'transform'>, core: Matrix): Required<Pick<Covariance, 'matrix' | 'core'>> {
  return { core, matrix: congruence(fit.transform, core) };
}

/** Scores in the orthonormal basis, q_i u_i: n x r. */
export function basisScores(fit: Fit): Matrix {
  return scaledRows(fit.basis, [fit.residuals]);
}

/** The rows of `a` times `v_i` of each v in turn, side by side: n x (a.ncol v.length). */
export function scaledRows(a: Matrix, v: readonly Float64Array[]): Matrix {
  const out = zeros(a.nrow, a.ncol * v.length);
  v.forEach((scales, c) => {
    for (let j = 0; j < a.ncol; j++) {
      const source = columnView(a, j);
      const target = columnView(out, c * a.ncol + j);
      for (let i = 0; i < target.length; i++) target[i] = source[i] * scales[i];
    }
  });
  return out;
}

/** `groupSums` of `basisScores`, without writing these out. */
export function scoreGroupSums({ basis, residuals }: Pick<Fit, 'basis' | 'residuals'>, factor: Factor): Matrix {
  const { codes, count } = factor;
  const out = zeros(count, basis.ncol);
  for (let j = 0; j < basis.ncol; j++) {
    const source = columnView(basis, j);
    const target = columnView(out, j);
    for (let i = 0; i < codes.length; i++) target[codes[i]] += source[i] * residuals[i];
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
