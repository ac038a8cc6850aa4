import { orthogonalize } from './gram-schmidt.ts';
import type { Matrix } from './matrix.ts';
import { columnView, matrixOfColumns, multiply, transpose, zeros } from './matrix.ts';
import { pairwiseDot, sumOfSquares } from './pairwise-sum.ts';
import { invertUpper } from './triangular.ts';

/** Estimates in the coordinates of an orthonormal basis: coefficients = transform projections. */
export interface Coordinates {
  /** p x r, of rank p. */
  readonly transform: Matrix;
  /** r numbers; null: the coefficients taken back into the basis. */
  readonly projections: Float64Array | null;
  /** p numbers. */
  readonly coefficients: Float64Array;
}

/** loads' b + constant = 0. */
export interface LinearCondition {
  /** p numbers. */
  readonly loads: Float64Array;
  readonly constant: number;
}

/** What linear conditions on the coefficients say in the coordinates of the basis. */
export interface RestrictedSpace {
  /** Conditions that are independent, first kept, and those that the earlier ones imply. */
  readonly kept: readonly number[];
  readonly implied: readonly number[];
  /** r x q, orthonormal: what the conditions leave no freedom for. */
  readonly directions: Matrix;
  /** q numbers: how far the estimates are from the conditions along `directions`. */
  readonly distance: Float64Array;
}

/** A condition that differs from the earlier ones by less than this share of its loads says nothing new. */
const impliedShare = 1e-12;
/** A unit vector that the columns before leave less than this of is passed over; another one has more. */
const passedOver = 1e-8;

/**
 * The conditions R b = c as directions W of the basis with distances z, so that the quadratic form of R b - c in R V R' is that
 * of z in W' M W, V = T M T'. Nothing is formed from R T, whose rows can be parallel to the last digit where regressors nearly
 * are: with the conditions solved for some coefficients, the regressors of the restricted model are columns of the root T^-1,
 * and W is the complement of their span (the restricted regression; Golub and Van Loan 2013, 6.2.2). Conditions are compared
 * in units of the regressors, so that these decide nothing.
 * @returns null where the transform has no full rank or holds numbers that are not finite.
 */
export function restrictedSpace(
  { transform, projections, coefficients }: Coordinates,
  conditions: readonly LinearCondition[],
): RestrictedSpace | null {
  const p = transform.nrow;
  const axes = rowSpace(transform);
  if (axes === null) return null;
  const { root } = axes;
  const sizes = Float64Array.from({ length: p }, (_, j) => Math.sqrt(sumOfSquares(columnView(root, j))));
  if (!sizes.every((size) => size > 0 && Number.isFinite(size))) return null;
  const { rows, kept, implied } = solved(conditions, sizes);
  const unit = matrixOfColumns(
    p,
    Array.from({ length: p }, (_, j) => columnView(root, j).map((value) => value / sizes[j])),
  );
  const isPivot = new Set(rows.map((row) => row.pivot));
  const free = Array.from({ length: p }, (_, j) => j).filter((j) => !isPivot.has(j));
  const restricted = free.map((j) => {
    const column = columnView(unit, j).slice();
    for (const row of rows) addInto(column, columnView(unit, row.pivot), -row.values[j]);
    return column;
  });
  const units = Array.from({ length: p }, (_, i) => Float64Array.from({ length: p }, (__, k) => (k === i ? 1 : 0)));
  const floors = new Float64Array(free.length + p).fill(passedOver, free.length);
  const { q } = orthogonalize(matrixOfColumns(p, [...restricted, ...units]), floors);
  if (q.ncol < p) return null;
  const complement: Matrix = { nrow: p, ncol: rows.length, data: q.data.subarray(free.length * p, p * p) };
  const at =
    projections === null
      ? multiply(root, { nrow: p, ncol: 1, data: coefficients }).data
      : Float64Array.from({ length: p }, (_, j) => pairwiseDot(columnView(axes.basis, j), projections));
  for (const row of rows) addInto(at, columnView(unit, row.pivot), row.values[p]);
  return {
    kept,
    implied,
    directions: multiply(axes.basis, complement),
    distance: Float64Array.from({ length: rows.length }, (_, j) => pairwiseDot(columnView(complement, j), at)),
  };
}

/** T = root^-1 basis': r x p orthonormal, p x p. The last row first, so that an upper triangle keeps its axes. */
function rowSpace(transform: Matrix): { readonly basis: Matrix; readonly root: Matrix } | null {
  const { nrow: p, ncol: r } = transform;
  const reversed = zeros(r, p);
  for (let j = 0; j < p; j++) for (let c = 0; c < r; c++) reversed.data[c + j * r] = transform.data[p - 1 - j + c * p];
  const factors = orthogonalize(reversed, new Float64Array(p));
  if (factors.kept.length < p) return null;
  const inverse = transpose(invertUpper(factors.r));
  const root = zeros(p, p);
  for (let j = 0; j < p; j++) columnView(root, j).set(columnView(inverse, p - 1 - j));
  return { basis: factors.q, root };
}

interface SolvedCondition {
  /** The coefficient that the condition is solved for. */
  readonly pivot: number;
  /** p loads on the scaled coefficients, 1 at the pivot and 0 at those of the others, and the constant. */
  readonly values: Float64Array;
}

/** The conditions by complete elimination, in units of the regressors. */
function solved(
  conditions: readonly LinearCondition[],
  sizes: Float64Array,
): {
  readonly rows: readonly SolvedCondition[];
  readonly kept: readonly number[];
  readonly implied: readonly number[];
} {
  const p = sizes.length;
  const rows: SolvedCondition[] = [];
  const kept: number[] = [];
  const implied: number[] = [];
  conditions.forEach(({ loads, constant }, c) => {
    const values = Float64Array.from({ length: p + 1 }, (_, j) => (j < p ? loads[j] / sizes[j] : constant));
    const whole = largestOf(values, p);
    for (const earlier of rows) addInto(values, earlier.values, -values[earlier.pivot]);
    const pivot = whole.at < 0 ? -1 : largestOf(values, p).at;
    if (pivot < 0 || !(Math.abs(values[pivot]) > impliedShare * whole.size)) {
      implied.push(c);
      return;
    }
    const scale = values[pivot];
    for (let j = 0; j <= p; j++) values[j] /= scale;
    for (const earlier of rows) addInto(earlier.values, values, -earlier.values[pivot]);
    rows.push({ pivot, values });
    kept.push(c);
  });
  return { rows, kept, implied };
}

function largestOf(values: Float64Array, count: number): { readonly at: number; readonly size: number } {
  let at = -1;
  let size = 0;
  for (let j = 0; j < count; j++) {
    if (Math.abs(values[j]) > size) {
      at = j;
      size = Math.abs(values[j]);
    }
  }
  return { at, size };
}

function addInto(target: Float64Array, source: Float64Array, scale: number): void {
  if (scale === 0) return;
  for (let i = 0; i < target.length; i++) target[i] += scale * source[i];
}
