import type { Matrix } from '../../math/matrix.ts';
import { congruence } from '../../math/matrix.ts';
import type { Covariance } from '../contract.ts';
import type { Influence } from '../fit.ts';

/** A variance below this share of that of residuals in one direction is what rounding leaves of scores that sum to zero. */
const roundingShare = 1e-24;

/** The covariance T M T' of a fit from its r x r core M; what is rounding alone is zero. */
export function covarianceIn(
  { transform, sums }: Pick<Influence, 'transform' | 'sums'>,
  core: Matrix,
): Required<Pick<Covariance, 'matrix' | 'core'>> {
  const { nrow: p, ncol: r } = transform;
  const floor = roundingShare * sums.ssr;
  const sizes = Float64Array.from({ length: p }, (_, j) => {
    let sum = 0;
    for (let b = 0; b < r; b++) sum += transform.data[j + b * p] ** 2;
    return sum;
  });
  return {
    core: withoutRounding(core, () => floor),
    matrix: withoutRounding(congruence(transform, core), (j) => floor * sizes[j]),
  };
}

/** The matrix with rows and columns at zero where the diagonal is at most the floor. */
function withoutRounding(matrix: Matrix, floorOf: (j: number) => number): Matrix {
  const k = matrix.ncol;
  const gone = Array.from({ length: k }, (_, j) => j).filter((j) => Math.abs(matrix.data[j * (k + 1)]) <= floorOf(j));
  if (gone.length === 0) return matrix;
  const out: Matrix = { ...matrix, data: Float64Array.from(matrix.data) };
  for (const j of gone) for (let i = 0; i < k; i++) out.data[i + j * k] = out.data[j + i * k] = 0;
  return out;
}
