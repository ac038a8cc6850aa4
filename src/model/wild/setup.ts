import { choleskyUpper } from '../../math/cholesky.ts';
import { orthogonalize } from '../../math/gram-schmidt.ts';
import type { Matrix } from '../../math/matrix.ts';
import { columnView, zeros } from '../../math/matrix.ts';
import { symmetricEigen } from '../../math/symmetric-eigen.ts';
import { solveUpper, solveUpperTransposed } from '../../math/triangular.ts';
import type { ClusterSpace } from './cluster-space.ts';
import type { WildType } from './contract.ts';

/**
 * What draws are made of, for one restriction. The scores of a bootstrap cluster are `fixed + rho moving`, rho = (estimate - null) /
 * (R (X'X)^-1 R'): the residuals of the restricted fit are linear in the null, so that one set of draws serves every null.
 */
export interface WildSetup {
  readonly width: number;
  readonly clusters: number;
  /** c numbers: the estimate moves by load' sum of the drawn scores. */
  readonly load: Float64Array;
  /** c x clusters. */
  readonly fixed: Matrix;
  /** c x clusters; null where the null is not imposed. */
  readonly moving: Matrix | null;
  readonly terms: readonly SetupTerm[];
}

/** One sum of squares: u_h = sum of the cells' own parts - pull_h' (sum of the drawn scores). */
export interface SetupTerm {
  readonly weight: number;
  readonly groups: number;
  /** Of every cell: its bootstrap cluster and its group. */
  readonly boot: Int32Array;
  readonly group: Int32Array;
  readonly ownFixed: Float64Array;
  readonly ownMoving: Float64Array | null;
  /** c x groups. */
  readonly pull: Matrix;
}

/** Below this share of 1 an eigenvalue of I - M is 0: the cluster alone determines the direction. */
const singular = 1e-12;
/** A restriction that the earlier ones leave less than this of, in units of the regressors, says nothing new. */
const impliedLength = 1e-12;

/** The set-up of a test of the one restriction of a space. @param type its digits 3 need cells that are the bootstrap clusters and one term */
export function wildSetup(space: ClusterSpace, type: WildType): WildSetup {
  const { width, cells, boot, terms, scores } = space;
  const load = Float64Array.from(columnView(space.loads, 0));
  const isRestricted = type.startsWith('WCR');
  const along = space.productsWith(load);
  const [drawn, shown] = [type[3], type[4]];
  const grams = drawn === '3' || shown === '3' ? space.grams() : [];
  let fixed = scores;
  let moving = isRestricted ? along : null;
  if (drawn === '3') {
    const spread = grams.map((gram) => leaveOutSpread(gram, isRestricted ? [unitVector(load)] : []));
    fixed = mapColumns(fixed, (column, g) => add(column, times(spread[g], column)));
    moving = moving === null ? null : mapColumns(moving, (column, g) => add(column, times(spread[g], column)));
  }
  // The change of the estimate when a group of errors is moved: along the restriction, or in a fit without the group.
  const contrasts = shown === '3' ? grams.map((gram) => solveRest(gram, load)) : null;
  const own = (from: Matrix): Float64Array =>
    Float64Array.from({ length: cells }, (_, c) => dot(contrasts === null ? load : contrasts[c], columnView(from, c)));
  const pulled = contrasts === null ? along : mapColumns(along, (_, c) => times(grams[c], contrasts[c]));
  const ownFixed = own(fixed);
  const ownMoving = moving === null ? null : own(moving);
  return {
    ...{ width, clusters: boot.count, load },
    fixed: sumColumns(fixed, boot.codes, boot.count),
    moving: moving === null ? null : sumColumns(moving, boot.codes, boot.count),
    terms: terms.map(({ weight, codes, count }) => ({
      ...{ weight, groups: count, boot: boot.codes, group: codes, ownFixed, ownMoving },
      pull: sumColumns(pulled, codes, count),
    })),
  };
}

/**
 * What draws are made of, for several restrictions at one null. Loads are orthonormal: the statistic does not depend on how the
 * restrictions are combined.
 */
export interface JointSetup {
  readonly width: number;
  readonly clusters: number;
  /** q times c numbers. */
  readonly loads: readonly Float64Array[];
  /** q numbers: how far the estimates are from the null along the loads. */
  readonly distance: Float64Array;
  /** c x clusters. */
  readonly fixed: Matrix;
  readonly terms: readonly JointTerm[];
}

export interface JointTerm {
  readonly weight: number;
  readonly groups: number;
  readonly boot: Int32Array;
  readonly group: Int32Array;
  /** Of every restriction: the cells' own parts in a draw and in the sample, and the pull of every group. */
  readonly own: readonly Float64Array[];
  readonly sample: readonly Float64Array[];
  readonly pull: readonly Matrix[];
}

/**
 * The set-up of a joint test.
 * @param distance R b - r, a number a column of the space's loads.
 */
export function jointSetup(space: ClusterSpace, type: WildType, distance: Float64Array): JointSetup {
  const { width, cells, boot, terms, scores } = space;
  const { q: directions, r, kept } = orthogonalize(space.loads, new Float64Array(distance.length).fill(impliedLength));
  const loads = Array.from({ length: kept.length }, (_, j) => Float64Array.from(columnView(directions, j)));
  const size = kept.length;
  const triangle = { nrow: size, ncol: size, data: r.data };
  const along = solveUpperTransposed(
    triangle,
    kept.map((j) => distance[j]),
  );
  const products = loads.map((load) => space.productsWith(load));
  const grams = type[3] === '3' || type[4] === '3' ? space.grams() : [];
  let fixed = scores;
  if (type.startsWith('WCR')) {
    products.forEach((product, j) => {
      fixed = mapColumns(fixed, (column, g) => add(column, scaled(columnView(product, g), along[j])));
    });
  }
  if (type[3] === '3') {
    const restricted = type.startsWith('WCR') ? loads : [];
    fixed = mapColumns(fixed, (column, g) => add(column, times(leaveOutSpread(grams[g], restricted), column)));
  }
  const contrasts = loads.map((load) => (type[4] === '3' ? grams.map((gram) => solveRest(gram, load)) : null));
  const ownOf = (from: Matrix, j: number): Float64Array =>
    Float64Array.from({ length: cells }, (_, c) => dot(contrasts[j]?.[c] ?? loads[j], columnView(from, c)));
  return {
    ...{ width, clusters: boot.count, loads, distance: along },
    fixed: sumColumns(fixed, boot.codes, boot.count),
    terms: terms.map(({ weight, codes, count }) => ({
      ...{ weight, groups: count, boot: boot.codes, group: codes },
      own: loads.map((_, j) => ownOf(fixed, j)),
      sample: loads.map((_, j) => ownOf(scores, j)),
      pull: products.map((product, j) => {
        const lines = contrasts[j];
        return sumColumns(
          lines === null ? product : mapColumns(product, (_, c) => times(grams[c], lines[c])),
          codes,
          count,
        );
      }),
    })),
  };
}

/** The variance of the estimate in the sample itself: the unrestricted residuals under the errors of the statistic. */
export function sampleVariance(space: ClusterSpace, type: WildType): number {
  const load = Float64Array.from(columnView(space.loads, 0));
  const grams = type[4] === '3' ? space.grams() : [];
  let variance = 0;
  for (const { weight, count, codes } of space.terms) {
    const sums = new Float64Array(count);
    for (let c = 0; c < space.cells; c++) {
      sums[codes[c]] += dot(type[4] === '3' ? solveRest(grams[c], load) : load, columnView(space.scores, c));
    }
    variance += weight * dot(sums, sums);
  }
  return variance;
}

/**
 * S with (I + S) s the scores of a cluster by the residuals of a fit without it: S = M E (I - E'M E)^-1 E', E all directions, or those
 * that the restriction leaves free.
 */
function leaveOutSpread(gram: Matrix, restricted: readonly Float64Array[]): Matrix {
  const middle = restricted.reduce(projected, inverseRest(restricted.reduce(projected, gram)));
  return mapColumns(middle, (column) => times(gram, column));
}

/** Pi A Pi with Pi = I - load load', load of length 1. */
function projected(a: Matrix, load: Float64Array): Matrix {
  const c = a.nrow;
  const out = zeros(c, c);
  const right = times(a, load);
  const middle = dot(load, right);
  for (let j = 0; j < c; j++) {
    for (let i = 0; i < c; i++) {
      const crossed = load[i] * right[j] + right[i] * load[j] - load[i] * load[j] * middle;
      out.data[i + j * c] = a.data[i + j * c] - crossed;
    }
  }
  return out;
}

/** (I - M)^-1, generalized where a cluster determines a direction alone. */
function inverseRest(gram: Matrix): Matrix {
  const c = gram.nrow;
  const root = choleskyUpper(restOf(gram));
  const out = zeros(c, c);
  if (root !== null) {
    const unit = new Float64Array(c);
    for (let j = 0; j < c; j++) {
      unit.fill(0);
      unit[j] = 1;
      out.data.set(solveUpper(root, solveUpperTransposed(root, unit)), j * c);
    }
    return out;
  }
  const { values, vectors } = symmetricEigen(restOf(gram));
  for (let e = 0; e < c; e++) {
    if (values[e] <= singular) continue;
    const vector = columnView(vectors, e);
    for (let j = 0; j < c; j++) for (let i = 0; i < c; i++) out.data[i + j * c] += (vector[i] * vector[j]) / values[e];
  }
  return out;
}

function solveRest(gram: Matrix, right: Float64Array): Float64Array {
  const root = choleskyUpper(restOf(gram));
  if (root !== null) return solveUpper(root, solveUpperTransposed(root, right));
  return times(inverseRest(gram), right);
}

function restOf(gram: Matrix): Matrix {
  const c = gram.nrow;
  return { nrow: c, ncol: c, data: gram.data.map((value, at) => (at % (c + 1) === 0 ? 1 : 0) - value) };
}

function unitVector(x: Float64Array): Float64Array {
  const length = Math.sqrt(dot(x, x));
  return x.map((value) => value / length);
}

export function times(a: Matrix, x: Float64Array): Float64Array {
  const out = new Float64Array(a.nrow);
  for (let j = 0; j < a.ncol; j++) for (let i = 0; i < a.nrow; i++) out[i] += a.data[i + j * a.nrow] * x[j];
  return out;
}

export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

function scaled(x: Float64Array, by: number): Float64Array {
  return x.map((value) => value * by);
}

function add(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, i) => value + b[i]);
}

function mapColumns(a: Matrix, change: (column: Float64Array, j: number) => Float64Array): Matrix {
  const out = zeros(a.nrow, a.ncol);
  for (let j = 0; j < a.ncol; j++) out.data.set(change(columnView(a, j), j), j * a.nrow);
  return out;
}

/** Columns summed by group. */
export function sumColumns(a: Matrix, codes: Int32Array, count: number): Matrix {
  const out = zeros(a.nrow, count);
  for (let j = 0; j < a.ncol; j++) {
    for (let i = 0; i < a.nrow; i++) out.data[i + codes[j] * a.nrow] += a.data[i + j * a.nrow];
  }
  return out;
}
