import { choleskyUpper } from '../../../math/cholesky.ts';
import { orthogonalize } from '../../../math/gram-schmidt.ts';
import type { Matrix } from '../../../math/matrix.ts';
import {
  columnView,
  dot,
  linearCombination,
  multiply,
  multiplyVector,
  transpose,
  zeros,
} from '../../../math/matrix.ts';
import { symmetricEigen } from '../../../math/symmetric-eigen.ts';
import { invertUpper, solveUpper, solveUpperTransposed } from '../../../math/triangular.ts';
import type { WildType } from '../../result/wild.ts';
import type { ClusterSpace } from './cluster-space.ts';

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
  /** c x clusters; null where the null is not imposed, or is one alone and within `fixed`. */
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
  /** Own parts of every cell in a draw, and in the sample itself, whose residuals are those of the plain fit. */
  readonly ownFixed: Float64Array;
  readonly ownMoving: Float64Array | null;
  readonly ownSample: Float64Array;
  /** c x groups. */
  readonly pull: Matrix;
}

/** Several restrictions at one null, their loads orthonormal: the statistic does not depend on how they are combined. */
export interface JointSetup {
  /** One an independent restriction; all have the same scores, at the null. */
  readonly directions: readonly WildSetup[];
  /** How far the estimates are from the null along each. */
  readonly distance: Float64Array;
}

/** Below this share of 1 an eigenvalue of I - M is 0: the cluster alone determines the direction. */
const singular = 1e-12;
/** A restriction that the earlier ones leave less than this of, in units of the regressors, says nothing new. */
const impliedLength = 1e-12;

/** A space without what needs the rows again. */
export type SummedSpace = Omit<ClusterSpace, 'sumsWith'>;

/** The set-up of a test of the one restriction of a space. @param type its digits 3 need cells that are the bootstrap clusters and one term */
export function wildSetup(space: SummedSpace, type: WildType): WildSetup {
  const load = columnView(space.loads, 0);
  const along = space.productsWith(load);
  const isRestricted = imposesNull(type);
  const length = Math.sqrt(dot(load));
  const leave = leftOut(space, type, isRestricted ? [load.map((value) => value / length)] : []);
  const moving = isRestricted ? leave(along) : null;
  return directionOf(space, type, { load, along, fixed: leave(space.scores), moving });
}

/**
 * The set-up of a joint test.
 * @param distance R b - r, a number a column of the space's loads.
 */
export function jointSetup(space: SummedSpace, type: WildType, distance: Float64Array): JointSetup {
  const { q, r, kept } = orthogonalize(space.loads, new Float64Array(distance.length).fill(impliedLength));
  const size = kept.length;
  const loads = Array.from({ length: size }, (_, j) => columnView(q, j));
  const triangle = { nrow: size, ncol: size, data: r.data };
  const away = solveUpperTransposed(
    triangle,
    kept.map((j) => distance[j]),
  );
  const products = loads.map(space.productsWith);
  const isRestricted = imposesNull(type);
  const atNull = isRestricted ? linearCombination([space.scores, ...products], [1, ...away]) : space.scores;
  const fixed = leftOut(space, type, isRestricted ? loads : [])(atNull);
  return {
    directions: loads.map((load, j) => directionOf(space, type, { load, along: products[j], fixed, moving: null })),
    distance: away,
  };
}

/** q x q: the covariance of the estimates along the directions in the sample itself. */
export function sampleCovariance(directions: readonly WildSetup[]): Matrix {
  return covarianceOf(directions, ({ ownSample, group, groups }) => summed(ownSample, group, groups));
}

/** The covariance along the directions: products of the errors of each term's groups, its weight on them. */
export function covarianceOf(directions: readonly WildSetup[], errorsOf: (term: SetupTerm) => Float64Array): Matrix {
  const q = directions.length;
  const out = zeros(q, q);
  directions[0].terms.forEach(({ weight }, t) => {
    const errors = directions.map(({ terms }) => errorsOf(terms[t]));
    for (let j = 0; j < q; j++) {
      for (let i = 0; i < q; i++) out.data[i + j * q] += weight * dot(errors[i], errors[j]);
    }
  });
  return out;
}

/**
 * u of every group in a draw.
 * @param own parts of the cells, their weights not yet on them.
 * @param weights one a bootstrap cluster.
 * @param drawn the sum of the drawn scores, c numbers.
 */
export function drawnErrors(
  { groups, boot, group, pull }: SetupTerm,
  own: Float64Array,
  weights: Float64Array,
  drawn: Float64Array,
): Float64Array {
  const out = new Float64Array(groups);
  for (let h = 0; h < groups; h++) out[h] = -dot(columnView(pull, h), drawn);
  for (let cell = 0; cell < group.length; cell++) out[group[cell]] += own[cell] * weights[boot[cell]];
  return out;
}

export function imposesNull(type: WildType): boolean {
  return type.startsWith('WCR');
}

export interface Direction extends Pick<WildSetup, 'load'> {
  /** c x cells: the products of the cells with the load. */
  readonly along: Matrix;
  /** c x cells. */
  readonly fixed: Matrix;
  readonly moving: Matrix | null;
}

export function directionOf(
  { width, boot, terms, scores, grams }: Pick<ClusterSpace, 'width' | 'boot' | 'terms' | 'scores' | 'grams'>,
  type: WildType,
  { load, along, fixed, moving }: Direction,
): WildSetup {
  // The change of the estimate when a group of errors is moved: along the restriction, or in a fit without the group.
  const contrasts = type[4] === '3' ? grams().map((gram) => solveRest(gram, load)) : null;
  const own = (from: Matrix): Float64Array =>
    Float64Array.from({ length: from.ncol }, (_, c) => dot(contrasts?.[c] ?? load, columnView(from, c)));
  const pulled = contrasts === null ? along : mapColumns(along, (_, c) => multiplyVector(grams()[c], contrasts[c]));
  const parts = {
    ownFixed: own(fixed),
    ownMoving: moving === null ? null : own(moving),
    ownSample: own(scores),
  };
  return {
    ...{ width, clusters: boot.count, load },
    fixed: sumColumns(fixed, boot.codes, boot.count),
    moving: moving === null ? null : sumColumns(moving, boot.codes, boot.count),
    terms: terms.map(({ weight, codes, count }) => ({
      ...{ weight, groups: count, boot: boot.codes, group: codes, ...parts },
      pull: sumColumns(pulled, codes, count),
    })),
  };
}

/**
 * Scores by the residuals of fits without each cluster, where the type asks for them.
 * @param restricted what the restrictions leave no freedom for, orthonormal.
 */
export function leftOut(
  { grams }: Pick<ClusterSpace, 'grams'>,
  type: WildType,
  restricted: readonly Float64Array[],
): (scores: Matrix) => Matrix {
  if (type[3] !== '3') return (scores) => scores;
  const spread = grams().map((gram) => leaveOutSpread(gram, restricted));
  return (scores) => mapColumns(scores, (column, g) => multiplyVector(spread[g], column));
}

/**
 * S with S s the scores of a cluster by the residuals of a fit without it: S = I + M E (I - E'M E)^-1 E', E all directions, or those
 * that the restrictions leave free.
 */
function leaveOutSpread(gram: Matrix, restricted: readonly Float64Array[]): Matrix {
  const middle = restricted.reduce(projected, inverseRest(restricted.reduce(projected, gram)));
  const out = multiply(gram, middle);
  for (let j = 0; j < out.ncol; j++) out.data[j * (out.ncol + 1)] += 1;
  return out;
}

/** Pi A Pi with Pi = I - load load', load of length 1. */
function projected(a: Matrix, load: Float64Array): Matrix {
  const c = a.nrow;
  const out = zeros(c, c);
  const right = multiplyVector(a, load);
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
  const rest = restOf(gram);
  const root = choleskyUpper(rest, 1);
  if (root !== null) {
    const inverse = invertUpper(root);
    return multiply(inverse, transpose(inverse));
  }
  const { values, vectors } = symmetricEigen(rest);
  const kept = mapColumns(vectors, (vector, e) =>
    vector.map((value) => (values[e] <= singular ? 0 : value / values[e])),
  );
  return multiply(kept, transpose(vectors));
}

function solveRest(gram: Matrix, right: Float64Array): Float64Array {
  const root = choleskyUpper(restOf(gram), 1);
  if (root !== null) return solveUpper(root, solveUpperTransposed(root, right));
  return multiplyVector(inverseRest(gram), right);
}

function restOf(gram: Matrix): Matrix {
  const c = gram.nrow;
  return { nrow: c, ncol: c, data: gram.data.map((value, at) => (at % (c + 1) === 0 ? 1 : 0) - value) };
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

function summed(values: Float64Array, codes: Int32Array, count: number): Float64Array {
  return sumColumns({ nrow: 1, ncol: values.length, data: values }, codes, count).data;
}
