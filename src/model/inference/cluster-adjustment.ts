import { StudyError } from '../../error/study-error.ts';
import { buildAbsorber } from '../../math/absorb/absorber.ts';
import { orthogonalize } from '../../math/gram-schmidt.ts';
import type { Matrix } from '../../math/matrix.ts';
import { columnView, zeros } from '../../math/matrix.ts';
import { sumOfSquares } from '../../math/pairwise-sum.ts';
import { symmetricEigen } from '../../math/symmetric-eigen.ts';
import { tridiagonalEigen } from '../../math/tridiagonal-eigen.ts';
import { isNestedIn } from '../../table/factor.ts';
import type { FixedEffect } from '../contract.ts';
import type { Clustering, Influence, SampleRows } from '../fit.ts';
import { scoreRowsOf } from '../fit-rows.ts';

/** Below this 1 - lambda is 0: the cluster alone determines the direction (clubSandwich has the same). */
const singular = 1e-12;
/** A singular direction that loads the regressors by more than this decides an estimate. */
const decisive = 1e-8;
/** Most numbers in the columns of effects that are not nested in clusters. */
const columnLimit = 4e7;
/** Most multiplications of making them orthonormal, and of the eigenvalues of all clusters. */
const workLimit = 2e10;
/** Multiplications of the eigenvalues of a matrix, as a multiple of its size cubed. */
const eigenCost = 10;
/** Above this size reduction to a tridiagonal is faster than rotations. */
const jacobiLimit = 16;

/**
 * I - H of each cluster on the design net of the fixed effects that lie inside clusters: those are block-diagonal, so that
 * their part of I - H is 0 on their own span and leaves scores alone (Pustejovsky and Tipton 2018, theorem 2). What is left
 * of H is U U', U = [other effects, regressors] orthonormal.
 */
export interface ClusterAdjustment {
  /** n x c, orthonormal. */
  readonly columns: Matrix;
  /** Rows of each cluster. */
  readonly members: readonly Int32Array[];
  /** Applies (I - H_gg)^-power to the rows of cluster `g` of an n-vector, in place. */
  readonly adjustInto: (values: Float64Array, g: number) => void;
  /** Clusters without which some estimate is not determined. */
  readonly decisiveCount: number;
}

/** @throws rows-needed, covariance-undefined (too-large) */
export function clusterAdjustment(
  influence: Influence,
  clustering: Clustering,
  vcov: string,
  power: number,
): ClusterAdjustment {
  const { sample } = scoreRowsOf(influence, vcov);
  const { columns, slopesFrom } = hatSpace(influence, clustering, vcov);
  const members = membersOf(clustering);
  const work = members.reduce((sum, rows) => sum + Math.min(rows.length, columns.ncol) ** 3, 0);
  if (work * eigenCost > workLimit) throw tooLarge(sample, vcov, columns.ncol);
  const parts = members.map((rows) => clusterEigen(columns, rows, slopesFrom));
  const scratch = new Float64Array(columns.ncol);
  return {
    columns,
    members,
    adjustInto: (values, g) => applyPowerInto(values, members[g], columns, parts[g], { power, scratch }),
    decisiveCount: parts.reduce((sum, part) => sum + (part.isDecisive ? 1 : 0), 0),
  };
}

/** What is left of the hat matrix without the effects that are nested in clusters: U U'. */
export interface HatSpace {
  /** n x c, orthonormal: the effects that cross clusters, net of the nested ones, then the regressors. */
  readonly columns: Matrix;
  /** The first column of the regressors, and of the fit's basis. */
  readonly slopesFrom: number;
  readonly basisFrom: number;
}

/** What the space is made of: effects, and the rows' basis, whose last `slopeCount` columns count under effects. */
export type HatRows = Pick<Influence, 'design' | 'gives' | 'slopeCount'>;

/** @throws rows-needed, covariance-undefined (too-large) */
export function hatSpace(influence: HatRows, clustering: Clustering, vcov: string): HatSpace {
  const { sample, basis } = scoreRowsOf(influence, vcov);
  const others = sample.effects.filter((effect) => !isNestedIn(effect, clustering));
  const own = hatColumns(influence, vcov);
  const columns = projectionColumns(sample, own, { clustering, others, vcov });
  return { columns, slopesFrom: columns.ncol - own.length, basisFrom: basis.ncol - own.length };
}

export function membersOf({ codes, count }: Clustering): readonly Int32Array[] {
  const sizes = new Int32Array(count);
  for (const code of codes) sizes[code] += 1;
  const members = Array.from(sizes, (size) => new Int32Array(size));
  const at = new Int32Array(count);
  for (let i = 0; i < codes.length; i++) members[codes[i]][at[codes[i]]++] = i;
  return members;
}

/** Columns of the basis that belong to the regressors: under effects a reported constant is part of the effects. */
export function hatColumns(influence: HatRows, vcov: string): readonly Float64Array[] {
  const { basis } = scoreRowsOf(influence, vcov);
  const first = influence.design.effects.length === 0 ? 0 : basis.ncol - influence.slopeCount;
  return Array.from({ length: basis.ncol - first }, (_, j) => columnView(basis, first + j));
}

/** [dummies and slopes of `others` net of the nested effects, regressors], orthonormal. */
function projectionColumns(
  sample: SampleRows,
  own: readonly Float64Array[],
  {
    clustering,
    others,
    vcov,
  }: { readonly clustering: Clustering; readonly others: readonly FixedEffect[]; readonly vcov: string },
): Matrix {
  const n = sample.rows.length;
  const count = others.reduce((sum, effect) => sum + effect.count * (1 + effect.slopes.length), 0);
  if (n * count > columnLimit || n * count * count > workLimit) throw tooLarge(sample, vcov, count);
  const dummies = zeros(n, count);
  const floors = new Float64Array(count);
  const absorb = nestedAbsorber(sample, clustering);
  let at = 0;
  for (const effect of others) {
    for (const slope of [null, ...effect.slopes]) {
      for (let i = 0; i < n; i++) dummies.data[i + (at + effect.codes[i]) * n] = slope === null ? 1 : slope[i];
      for (let level = 0; level < effect.count; level++, at++) {
        const column = columnView(dummies, at);
        floors[at] = 1e-9 * Math.sqrt(weightedSquares(column, sample.weights));
        absorb(column);
      }
    }
  }
  const effectColumns = orthogonalize(dummies, floors).q;
  const out = zeros(n, effectColumns.ncol + own.length);
  out.data.set(effectColumns.data);
  own.forEach((column, j) => {
    out.data.set(column, (effectColumns.ncol + j) * n);
  });
  return out;
}

function weightedSquares(column: Float64Array, weights: Float64Array | null): number {
  if (weights === null) return sumOfSquares(column);
  let sum = 0;
  for (let i = 0; i < column.length; i++) sum += weights[i] * column[i] * column[i];
  return sum;
}

/** Takes the effects that are nested in clusters out of a column, the root of the weight put on it. */
export function nestedAbsorber(
  { effects, weights, rows }: SampleRows,
  clustering: Clustering,
): (column: Float64Array) => void {
  const nested = effects.filter((effect) => isNestedIn(effect, clustering));
  const absorber = buildAbsorber(rows.length, nested, weights);
  return (column) => {
    if (nested.length > 0) absorber.absorbAllInto([column]);
    if (weights !== null) for (let i = 0; i < column.length; i++) column[i] *= Math.sqrt(weights[i]);
  };
}

interface ClusterEigen {
  /** Eigenvalues of H_gg. */
  readonly values: Float64Array;
  /** Eigenvectors of U_g'U_g (c x c), or of U_g U_g' (n_g x n_g) where the cluster has fewer rows than U columns. */
  readonly vectors: Matrix;
  readonly isByRows: boolean;
  readonly isDecisive: boolean;
}

function clusterEigen(columns: Matrix, rows: Int32Array, slopesFrom: number): ClusterEigen {
  const { nrow: n, ncol: c, data } = columns;
  const isByRows = rows.length < c;
  const size = isByRows ? rows.length : c;
  const gram = zeros(size, size);
  for (let j = 0; j < size; j++) {
    for (let i = 0; i <= j; i++) {
      let sum = 0;
      if (isByRows) for (let p = 0; p < c; p++) sum += data[rows[i] + p * n] * data[rows[j] + p * n];
      else for (const row of rows) sum += data[row + i * n] * data[row + j * n];
      gram.data[i + j * size] = sum;
      gram.data[j + i * size] = sum;
    }
  }
  const { values, vectors } = size > jacobiLimit ? tridiagonalEigen(gram) : symmetricEigen(gram);
  let isDecisive = false;
  for (let e = 0; e < size; e++) {
    if (1 - values[e] >= singular) continue;
    for (let p = slopesFrom; p < c; p++) {
      let load = 0;
      if (isByRows) for (let i = 0; i < size; i++) load += data[rows[i] + p * n] * vectors.data[i + e * size];
      else load = vectors.data[p + e * size];
      if (Math.abs(load) > decisive) isDecisive = true;
    }
  }
  return { values, vectors, isByRows, isDecisive };
}

/** values_g = (I - H_gg)^-power values_g; singular directions get 0 (generalized inverse). */
function applyPowerInto(
  values: Float64Array,
  rows: Int32Array,
  columns: Matrix,
  { values: lambdas, vectors, isByRows }: ClusterEigen,
  { power, scratch }: { readonly power: number; readonly scratch: Float64Array },
): void {
  const { nrow: n, ncol: c, data } = columns;
  const size = vectors.ncol;
  if (isByRows) {
    const own = Float64Array.from(rows, (row) => values[row]);
    for (const row of rows) values[row] = 0;
    for (let e = 0; e < size; e++) {
      const rest = 1 - lambdas[e];
      if (rest < singular) continue;
      let load = 0;
      for (let i = 0; i < size; i++) load += vectors.data[i + e * size] * own[i];
      load *= rest ** -power;
      for (let i = 0; i < size; i++) values[rows[i]] += load * vectors.data[i + e * size];
    }
    return;
  }
  // e + U V diag(((1 - lambda)^-power - 1) / lambda) V' U' e, with U' e first.
  scratch.fill(0);
  for (let p = 0; p < c; p++) for (const row of rows) scratch[p] += data[row + p * n] * values[row];
  const change = new Float64Array(c);
  for (let e = 0; e < size; e++) {
    const lambda = lambdas[e];
    if (lambda <= 0) continue;
    let load = 0;
    for (let p = 0; p < c; p++) load += vectors.data[p + e * size] * scratch[p];
    load *= 1 - lambda < singular ? -1 / lambda : Math.expm1(-power * Math.log1p(-lambda)) / lambda;
    for (let p = 0; p < c; p++) change[p] += load * vectors.data[p + e * size];
  }
  for (let p = 0; p < c; p++) for (const row of rows) values[row] += change[p] * data[row + p * n];
}

function tooLarge({ where }: SampleRows, vcov: string, count: number): StudyError<'covariance-undefined'> {
  return new StudyError('covariance-undefined', { where, vcov, reason: 'too-large', name: null, count, limit: null });
}
