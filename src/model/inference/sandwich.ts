import type { Matrix } from '../../math/matrix.ts';
import { columnView, congruence, multiply, zeros } from '../../math/matrix.ts';
import { invertUpper } from '../../math/triangular.ts';
import type { Factor } from '../../table/factor.ts';
import type { Covariance, Fit } from '../contract.ts';

/** A variance below this share of that of residuals in one direction is what rounding leaves of scores that sum to zero. */
const roundingShare = 1e-24;

/** The covariance T M T' of a fit from its r x r core M; what is rounding alone is zero. */
export function covarianceIn(
  { transform, sums }: Pick<Fit, 'transform' | 'sums'>,
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

/** Rows whose codes and residuals stay in the cache for all columns. */
const partLength = 2048;

/**
 * `groupSums` of `basisScores`, without writing these out; from the regressors where the basis is still to be made of them, as
 * the sums of x_i u_i times the inverse of the triangle.
 */
export function scoreGroupSums(
  fit: Pick<Fit, 'basis' | 'residuals'> & Partial<Pick<Fit, 'regressors' | 'triangle'>>,
  factor: Factor,
): Matrix {
  const { residuals, regressors, triangle } = fit;
  if (triangle !== undefined && regressors !== undefined) {
    const own = scaledGroupSums(regressors, residuals, factor);
    return multiply(own, invertUpper(triangle));
  }
  return scaledGroupSums(fit.basis, residuals, factor);
}

function scaledGroupSums(a: Matrix, scales: Float64Array, { codes, count }: Factor): Matrix {
  const out = zeros(count, a.ncol);
  const sum = areAscending(codes) ? sumRuns : sumScattered;
  for (let start = 0; start < codes.length; start += partLength) {
    const end = Math.min(codes.length, start + partLength);
    for (let j = 0; j < a.ncol; j++) sum(columnView(a, j), scales, codes, { target: columnView(out, j), start, end });
  }
  return out;
}

interface SumRange {
  readonly target: Float64Array;
  readonly start: number;
  readonly end: number;
}

function areAscending(codes: Int32Array): boolean {
  for (let i = 1; i < codes.length; i++) if (codes[i] < codes[i - 1]) return false;
  return true;
}

function sumScattered(
  source: Float64Array,
  scales: Float64Array,
  codes: Int32Array,
  { target, start, end }: SumRange,
): void {
  for (let i = start; i < end; i++) target[codes[i]] += source[i] * scales[i];
}

/** Rows of one group follow each other: their sum need not go through memory. */
function sumRuns(
  source: Float64Array,
  scales: Float64Array,
  codes: Int32Array,
  { target, start, end }: SumRange,
): void {
  let code = codes[start];
  let sum = target[code];
  for (let i = start; i < end; i++) {
    if (codes[i] !== code) {
      target[code] = sum;
      code = codes[i];
      sum = target[code];
    }
    sum += source[i] * scales[i];
  }
  target[code] = sum;
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
