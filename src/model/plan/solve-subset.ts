import type { OrthogonalFactors } from '../../math/gram-schmidt.ts';
import { orthogonalize } from '../../math/gram-schmidt.ts';
import type { Matrix } from '../../math/matrix.ts';
import { columnView, matrixOfColumns } from '../../math/matrix.ts';
import { pairwiseDot, sumOfSquares } from '../../math/pairwise-sum.ts';
import { invertUpper, solveUpper } from '../../math/triangular.ts';
import type { AbsorbedColumn } from '../estimate/fit-least-squares.ts';
import type { FallbackReason } from '../result/plan-report.ts';
import type { ReducedOutcome, ReducedProblem } from './reduced-problem.ts';

/**
 * Largest condition |T||T^-1| (Frobenius, columns of unit norm) of a model that is solved without its rows; that of its
 * cross-products is the square, 1e6. Errors grow with it: 1e-16 x 1e3 leaves room to `planTolerance` for the sums of a
 * sandwich that cancel. At 1e4 one in some 20,000 small models missed it.
 */
export const conditionLimit = 1e3;
/** |residual|^2 / |y|^2 below which rounding of y shows in the residual. */
export const perfectShare = 1e-8;
/** A constant whose mean is this many times the spread is refined against the columns as they came, on the rows. */
const largeMean = 1e3;
/** Plan and single fit agree to this, relative to the larger of estimate and standard error. */
export const planTolerance = 1e-10;

/** b of y on some columns, found in p coordinates. */
export interface SubsetSolution {
  /** p x k, orthonormal. */
  readonly u: Matrix;
  /** k x k: T^-1 with R_S = U T. */
  readonly transform: Matrix;
  readonly coefficients: Float64Array;
  /** k coordinates of the outcome in u. */
  readonly projections: Float64Array;
  /** p coordinates of the residual in q. */
  readonly rest: Float64Array;
  readonly ssr: number;
}

/** The solution, or why it has to be found on the rows. */
export type SubsetOutcome =
  | { readonly solution: SubsetSolution; readonly reason: null }
  | { readonly solution: null; readonly reason: FallbackReason };

/** @param indices columns of the model, of which nothing is absorbed. */
export function solveSubset(problem: ReducedProblem, y: ReducedOutcome, indices: readonly number[]): SubsetOutcome {
  const { r, roles, columns, sample } = problem;
  const refuse = (reason: FallbackReason): SubsetOutcome => ({ solution: null, reason });
  if (indices.some((j) => roles[j] === 'dependent')) return refuse('dependent-columns');
  if (sample.hasConstant && [y.index, ...indices].some((j) => isOffCentre(columns[j]))) return refuse('large-mean');
  const own = matrixOfColumns(
    r.nrow,
    indices.map((j) => columnView(r, j)),
  );
  const factors = orthogonalize(
    own,
    indices.map((j) => columns[j].floor * conditionLimit),
  );
  if (factors.dropped.length > 0) return refuse('ill-conditioned');
  const transform = invertUpper(factors.r);
  if (conditionOf(factors.r, transform) > conditionLimit) return refuse('ill-conditioned');
  const { projections, rest } = projectTwice(factors, y.c);
  const ssr = y.eSquares + sumOfSquares(rest);
  if (!(ssr > perfectShare * y.squares)) return refuse('near-perfect-fit');
  const coefficients = solveUpper(factors.r, projections);
  return { solution: { u: factors.q, transform, coefficients, projections, rest, ssr }, reason: null };
}

/** Whether a column's mean is so large beside its spread that a constant is found on the rows. */
export function isOffCentre({ raw, centred }: Pick<AbsorbedColumn, 'raw' | 'centred'>): boolean {
  return raw > largeMean * centred;
}

/** |T||T^-1| with the columns of T at unit norm. */
function conditionOf(t: Matrix, inverse: Matrix): number {
  const k = t.ncol;
  let sum = 0;
  for (let j = 0; j < k; j++) {
    const square = sumOfSquares(columnView(t, j));
    for (let i = 0; i < k; i++) sum += square * inverse.data[j + i * k] ** 2;
  }
  return Math.sqrt(k * sum);
}

function projectTwice(
  { q }: OrthogonalFactors,
  c: Float64Array,
): { readonly projections: Float64Array; readonly rest: Float64Array } {
  const rest = c.slice();
  const projections = new Float64Array(q.ncol);
  for (let pass = 0; pass < 2; pass++) {
    for (let j = 0; j < q.ncol; j++) {
      const column = columnView(q, j);
      const projection = pairwiseDot(column, rest);
      projections[j] += projection;
      for (let i = 0; i < rest.length; i++) rest[i] -= projection * column[i];
    }
  }
  return { projections, rest };
}
