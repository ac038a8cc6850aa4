import { choleskyUpper } from './cholesky.ts';
import type { Matrix } from './matrix.ts';
import { columnView, zeros } from './matrix.ts';
import { pairwiseDot } from './pairwise-sum.ts';
import { invertUpper, solveUpper, solveUpperTransposed } from './triangular.ts';

/** Rows taken together, so that a column is read from memory once for all its products. */
const blockLength = 512;
/** Blocks added up by themselves before they join the others: rounding grows with less than all rows. */
const blocksTogether = 64;
/**
 * Share of its length that every column must keep beside the earlier ones: the square of the condition, which products of columns
 * show, then costs a digit or two, and one correction gives them back.
 */
const wellConditioned = 0.1;
/** A correction below this share of y changes rounding only. */
const negligible = 1e-15;
const correctionLimit = 4;

/** y ~ x b from the products of the columns. */
export interface NormalSolution {
  readonly coefficients: Float64Array;
  /** k coordinates of y in q: coefficients = r^-1 projections. */
  readonly projections: Float64Array;
  readonly residuals: Float64Array;
  /** Sum of squares of the residuals. */
  readonly squares: number;
  /** k x k, upper triangular: x = q r. */
  readonly r: Matrix;
}

/**
 * min |y - x b| by the normal equations, corrected by what their residual shows: two passes over the rows instead of one for every
 * pair of columns. Null where columns are near to each other or to nothing: then they must be made orthogonal.
 * @param x n x k, k > 0.
 * @param floors k absolute norms below which a column counts as a combination of the earlier ones.
 * @param squares sums of squares of the columns of x, then of y.
 */
export function solveNormalEquations(
  x: Matrix,
  y: Float64Array,
  { floors, squares: own }: { readonly floors: ArrayLike<number>; readonly squares: readonly number[] },
): NormalSolution | null {
  const k = x.ncol;
  const columns = [...Array.from({ length: k }, (_, j) => columnView(x, j)), y];
  const all = productsOf(columns, own);
  const square = zeros(k, k);
  for (let j = 0; j < k; j++) square.data.set(all.subarray(j * (k + 1), j * (k + 1) + k), j * k);
  const r = choleskyUpper(square);
  if (r === null) return null;
  for (let j = 0; j < k; j++) {
    const pivot = r.data[j * (k + 1)];
    if (!(pivot > floors[j] && pivot > wellConditioned * Math.sqrt(square.data[j * (k + 1)]))) return null;
  }
  const size = Math.sqrt(all[k * (k + 2)]);
  const coefficients = new Float64Array(k);
  const projections = new Float64Array(k);
  let products = all.subarray(k * (k + 1), k * (k + 1) + k);
  const residuals = new Float64Array(y.length);
  let squares = 0;
  for (let round = 0; round < correctionLimit; round++) {
    const moved = solveUpperTransposed(r, products);
    const step = solveUpper(r, moved);
    for (let j = 0; j < k; j++) {
      coefficients[j] += step[j];
      projections[j] += moved[j];
    }
    if (round > 0 && Math.sqrt(moved.reduce((sum, value) => sum + value * value, 0)) <= negligible * size) break;
    ({ products, squares } = residualsInto(residuals, columns, coefficients));
  }
  return { coefficients, projections, residuals, squares, r };
}

/** x r^-1: n x k, orthonormal where x = q r. */
export function orthonormalBasis(x: Matrix, r: Matrix): Matrix {
  const inverse = invertUpper(r);
  const out = zeros(x.nrow, x.ncol);
  for (let start = 0; start < x.nrow; start += blockLength) {
    const end = Math.min(x.nrow, start + blockLength);
    for (let j = 0; j < x.ncol; j++) {
      const target = columnView(out, j);
      for (let p = 0; p <= j; p++) {
        const source = columnView(x, p);
        const scale = inverse.data[p + j * x.ncol];
        for (let i = start; i < end; i++) target[i] += scale * source[i];
      }
    }
  }
  return out;
}

/** Products of each pair of columns, m x m, from their sums of squares and the rows. */
function productsOf(columns: readonly Float64Array[], squares: readonly number[]): Float64Array {
  const m = columns.length;
  const n = columns[0].length;
  const out = new Float64Array(m * m);
  const part = new Float64Array(m * m);
  const together = blockLength * blocksTogether;
  for (let first = 0; first < n; first += together) {
    const last = Math.min(n, first + together);
    part.fill(0);
    for (let start = first; start < last; start += blockLength) {
      const end = Math.min(last, start + blockLength);
      for (let j = 0; j < m; j++) {
        for (let i = 0; i < j; i++) part[i + j * m] += pairwiseDot(columns[i], columns[j], start, end);
      }
    }
    for (let e = 0; e < part.length; e++) out[e] += part[e];
  }
  for (let j = 0; j < m; j++) {
    out[j * (m + 1)] = squares[j];
    for (let i = 0; i < j; i++) out[j + i * m] = out[i + j * m];
  }
  return out;
}

/** What x b leaves of y, its sum of squares and its products with the columns of x; y is the last of `columns`. */
function residualsInto(
  residuals: Float64Array,
  columns: readonly Float64Array[],
  coefficients: Float64Array,
): { readonly products: Float64Array; readonly squares: number } {
  const k = coefficients.length;
  const y = columns[k];
  const n = y.length;
  const sums = new Float64Array(k + 1);
  const part = new Float64Array(k + 1);
  const together = blockLength * blocksTogether;
  for (let first = 0; first < n; first += together) {
    const last = Math.min(n, first + together);
    part.fill(0);
    for (let start = first; start < last; start += blockLength) {
      const end = Math.min(last, start + blockLength);
      for (let j = 0; j < k; j += 2) {
        const [from, second] = [j === 0 ? y : residuals, Math.min(j + 1, k - 1)];
        subtractInto(residuals, from, start, end, {
          ...{ a: columns[j], b: columns[second] },
          ...{ aScale: coefficients[j], bScale: second === j ? 0 : coefficients[second] },
        });
      }
      for (let j = 0; j < k; j++) part[j] += pairwiseDot(columns[j], residuals, start, end);
      part[k] += pairwiseDot(residuals, residuals, start, end);
    }
    for (let j = 0; j <= k; j++) sums[j] += part[j];
  }
  return { products: sums.subarray(0, k), squares: sums[k] };
}

/** target = from less multiples of two columns, in a range. */
function subtractInto(
  target: Float64Array,
  from: Float64Array,
  start: number,
  end: number,
  {
    a,
    b,
    aScale,
    bScale,
  }: { readonly a: Float64Array; readonly b: Float64Array; readonly aScale: number; readonly bScale: number },
): void {
  for (let i = start; i < end; i++) target[i] = from[i] - aScale * a[i] - bScale * b[i];
}
