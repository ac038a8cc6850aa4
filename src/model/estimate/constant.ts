import type { OrthogonalFactors } from '../../math/gram-schmidt.ts';
import type { LeastSquares } from '../../math/least-squares.ts';
import { refineLeastSquares } from '../../math/least-squares.ts';
import type { Matrix } from '../../math/matrix.ts';
import { columnView, zeros } from '../../math/matrix.ts';
import { pairwiseSum, sumOfSquares } from '../../math/pairwise-sum.ts';
import type { Design } from '../contract.ts';

/** The constant's term name, as in R. */
export const interceptName = '(Intercept)';

/** The parts of a fit that a constant is added to. */
export interface Solved extends LeastSquares {
  readonly basis: Matrix;
  readonly transform: Matrix;
  readonly projections: Float64Array | null;
  readonly names: readonly string[];
}

/**
 * A constant as a linear function of y: b0 = ybar - sum_k means_k b_k - other' (y - x b), where `other` (null without) takes
 * out the mean of further effects that count as regressors.
 */
export interface ConstantRow {
  readonly rootWeights: Float64Array;
  readonly means: readonly number[];
  readonly yMean: number;
  readonly other: OtherEffects | null;
}

/** n values h (times the root of the weight) with h' (y - x b) = the effects' mean. */
export interface OtherEffects {
  readonly vector: Float64Array;
  /** h' y and h' x_k on the raw columns. */
  readonly onOutcome: number;
  readonly onRegressors: readonly number[];
}

export function constantRow(input: {
  readonly design: Design;
  readonly means: readonly number[];
  readonly yMean: number;
  readonly other: OtherEffects | null;
}): ConstantRow {
  const { design, means, yMean, other } = input;
  const n = design.y.length;
  const rootWeights = new Float64Array(n);
  for (let i = 0; i < n; i++) rootWeights[i] = design.weights === null ? 1 : Math.sqrt(design.weights[i]);
  return { rootWeights, means, yMean, other };
}

/**
 * Adds the constant in front. The basis gets the (weighted) unit vector, which is orthogonal to every centred column, and
 * the direction of the other effects: the partitioned inverse of X'X in factored form.
 */
export function withConstant(solved: Solved, row: ConstantRow): Solved {
  const { basis } = solved;
  const n = basis.nrow;
  const extra = row.other === null ? 1 : 2;
  const wider = zeros(n, basis.ncol + extra);
  const weightSum = pairwiseSum(row.rootWeights.map((root) => root * root));
  for (let i = 0; i < n; i++) wider.data[i] = row.rootWeights[i] / Math.sqrt(weightSum);
  let otherNorm = 0;
  if (row.other !== null) {
    const { vector } = row.other;
    otherNorm = Math.sqrt(sumOfSquares(vector));
    for (let i = 0; i < n; i++) wider.data[n + i] = otherNorm === 0 ? 0 : vector[i] / otherNorm;
  }
  wider.data.set(basis.data, extra * n);
  return { ...withConstantRow(solved, row, { weightSum, otherNorm }), basis: wider, residuals: solved.residuals };
}

/** Names, estimates and transform with the constant in front; `otherNorm` is the norm of the other effects' vector. */
export function withConstantRow(
  solved: Pick<Solved, 'names' | 'coefficients' | 'transform' | 'projections'>,
  row: Pick<ConstantRow, 'means' | 'yMean' | 'other'>,
  { weightSum, otherNorm }: { readonly weightSum: number; readonly otherNorm: number },
): Pick<Solved, 'names' | 'coefficients' | 'transform' | 'projections'> {
  const { transform } = solved;
  const k = transform.nrow;
  const extra = row.other === null ? 1 : 2;
  const taller = zeros(k + 1, transform.ncol + extra);
  taller.data[0] = 1 / Math.sqrt(weightSum);
  if (row.other !== null) taller.data[k + 1] = -otherNorm;
  const loads = row.means.map((value, j) => value - (row.other === null ? 0 : row.other.onRegressors[j]));
  for (let c = 0; c < transform.ncol; c++) {
    let load = 0;
    for (let j = 0; j < k; j++) {
      const value = transform.data[j + c * k];
      taller.data[j + 1 + (c + extra) * (k + 1)] = value;
      load += loads[j] * value;
    }
    taller.data[(c + extra) * (k + 1)] = -load;
  }
  const lead = [Math.sqrt(weightSum) * row.yMean];
  if (row.other !== null) lead.push(otherNorm === 0 ? 0 : row.other.onOutcome / otherNorm);
  const estimate =
    row.yMean - (row.other?.onOutcome ?? 0) - loads.reduce((sum, load, j) => sum + load * solved.coefficients[j], 0);
  return {
    names: [interceptName, ...solved.names],
    coefficients: Float64Array.from([estimate, ...solved.coefficients]),
    transform: taller,
    projections: solved.projections === null ? null : Float64Array.from([...lead, ...solved.projections]),
  };
}

/**
 * Up to this many numbers the refinement costs next to nothing. Beyond, it runs where a column keeps less than a hundredth of
 * its length beside the earlier ones: with more, twice-orthogonalized columns solve to about 1e-13, without, the square of
 * the condition would show.
 */
export const refinedSize = 20_000;
const illConditioned = 1e-2;

/**
 * Refines the solution against the columns as they came: raw ones with the constant in the regression, absorbed ones under
 * fixed effects.
 */
export function refineWithConstant(input: {
  readonly design: Design;
  readonly kept: readonly number[];
  readonly regressors: Matrix;
  readonly y: Float64Array;
  readonly factors: OrthogonalFactors;
  readonly means: readonly number[];
  readonly solved: Solved;
}): LeastSquares {
  const { design, kept, regressors, factors, solved } = input;
  const k = kept.length;
  if (k === 0 && !design.hasConstant) return solved;
  if (!isWorthRefining(regressors, factors.r)) return solved;
  const usesRaw = design.hasConstant && design.weights === null;
  if (design.hasConstant && !usesRaw) return solved;
  const columns = usesRaw
    ? [new Float64Array(design.y.length).fill(1), ...kept.map((j) => columnView(design.x, j))]
    : kept.map((_, j) => columnView(regressors, j));
  const r = usesRaw ? borderedFactor(factors.r, input.means, Math.sqrt(design.y.length)) : factors.r;
  return refineLeastSquares(columns, usesRaw ? design.y : input.y, { q: solved.basis, r }, solved);
}

function isWorthRefining(regressors: Matrix, r: Matrix): boolean {
  if (regressors.data.length <= refinedSize) return true;
  for (let j = 0; j < r.ncol; j++) {
    let norm = 0;
    for (let i = 0; i <= j; i++) norm += r.data[i + j * r.ncol] ** 2;
    if (r.data[j * (r.ncol + 1)] < illConditioned * Math.sqrt(norm)) return true;
  }
  return false;
}

/** The triangular factor of [1, x] from that of the centred x: root(n) (1, means) above r. */
function borderedFactor(r: Matrix, means: readonly number[], root: number): Matrix {
  const k = r.ncol;
  const out = zeros(k + 1, k + 1);
  out.data[0] = root;
  for (let j = 0; j < k; j++) {
    out.data[(j + 1) * (k + 1)] = root * means[j];
    for (let i = 0; i <= j; i++) out.data[i + 1 + (j + 1) * (k + 1)] = r.data[i + j * k];
  }
  return out;
}
