import type { Matrix } from '../../math/matrix.ts';
import { columnView, matrixOfColumns, multiply, transpose, zeros } from '../../math/matrix.ts';
import { sumOfSquares } from '../../math/pairwise-sum.ts';
import { symmetricEigen } from '../../math/symmetric-eigen.ts';
import type { Clustering, Influence, SampleRows } from '../fit.ts';
import { scoreRowsOf } from '../fit-rows.ts';
import type { ClusterAdjustment } from './cluster-adjustment.ts';
import { nestedAbsorber } from './cluster-adjustment.ts';

/**
 * Degrees of freedom of t for each estimate under CR2 with an identity working model (Bell and McCaffrey 2002; Pustejovsky
 * and Tipton 2018, equation 11): those of `directionDegrees` for its row of the transform.
 * @returns p values.
 */
export function satterthwaiteDofs(
  influence: Influence,
  clustering: Clustering,
  adjustment: ClusterAdjustment,
): Float64Array {
  const { transform } = influence;
  const degreesOf = directionDegrees(influence, clustering, adjustment);
  return Float64Array.from({ length: transform.nrow }, (_, j) => {
    const row = Float64Array.from({ length: transform.ncol }, (__, b) => transform.data[j + b * transform.nrow]);
    const largest = row.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const direction = matrixOfColumns(row.length, [row.map((value) => value / largest)]);
    return degreesOf(direction);
  });
}

/**
 * Degrees of freedom eta of the CR2 covariance along q directions of the basis, errors alike and independent (Tipton and
 * Pustejovsky 2015, equation 13): eta = q (q + 1) / sum_s,t Var(d_st), d the estimated covariance in units of its expectation,
 * sum_s,t Var(d_st) = sum_g,h [ (tr P_gh)^2 + tr(P_gh P_gh) ], P_gh = a_g' (I - H)_gh a_h, a_g = A_g basis_g W Omega^-1/2.
 * For one direction it is Satterthwaite's (sum_g p_gg)^2 / sum_g,h p_gh^2.
 * @returns a function of r x q directions.
 */
export function directionDegrees(
  influence: Influence,
  clustering: Clustering,
  adjustment: ClusterAdjustment,
): (directions: Matrix) => number {
  return (directions) => {
    const q = directions.ncol;
    const parts = adjustedParts(influence, clustering, adjustment, directions);
    const root = inverseRoot(expectation(parts, q));
    const whitened = parts.map((part) => whiten(part, root));
    return (q * (q + 1)) / totalVariance(whitened, q);
  };
}

/** One cluster's share: a_g' a_g (q x q), and U_g' a_g (c x q). */
interface ClusterPart {
  readonly own: Matrix;
  readonly loads: Matrix;
}

function adjustedParts(
  influence: Influence,
  clustering: Clustering,
  adjustment: ClusterAdjustment,
  directions: Matrix,
): readonly ClusterPart[] {
  const { basis, sample } = scoreRowsOf(influence, 'cr2');
  const { nrow: n, ncol: r } = basis;
  const q = directions.ncol;
  const first = influence.design.effects.length > 0 ? r - influence.slopeCount : 0;
  const values = Array.from({ length: q }, (_, s) => {
    const out = new Float64Array(n);
    const direction = columnView(directions, s);
    for (let b = 0; b < r; b++) {
      const column = columnView(basis, b);
      if (direction[b] !== 0) for (let i = 0; i < n; i++) out[i] += direction[b] * column[i];
    }
    // A constant that is reported beside fixed effects is part of them.
    if (direction.subarray(0, first).some((load) => load !== 0)) absorbNested(sample, clustering, out);
    return out;
  });
  const { columns, members } = adjustment;
  const c = columns.ncol;
  return members.map((rows, g) => {
    for (const one of values) adjustment.adjustInto(one, g);
    const own = zeros(q, q);
    const loads = zeros(c, q);
    for (let s = 0; s < q; s++) {
      for (let t = 0; t <= s; t++) {
        let sum = 0;
        for (const row of rows) sum += values[s][row] * values[t][row];
        own.data[s + t * q] = sum;
        own.data[t + s * q] = sum;
      }
      for (let a = 0; a < c; a++) {
        let sum = 0;
        for (const row of rows) sum += columns.data[row + a * n] * values[s][row];
        loads.data[a + s * c] = sum;
      }
    }
    return { own, loads };
  });
}

/** P_gg = a_g' a_g - (U_g' a_g)' (U_g' a_g). */
function ownBlock({ own, loads }: ClusterPart): Matrix {
  const square = multiply(transpose(loads), loads);
  return { ...own, data: own.data.map((value, at) => value - square.data[at]) };
}

function expectation(parts: readonly ClusterPart[], q: number): Matrix {
  const out = zeros(q, q);
  for (const part of parts)
    ownBlock(part).data.forEach((value, at) => {
      out.data[at] += value;
    });
  return out;
}

function inverseRoot(omega: Matrix): Matrix {
  const { values, vectors } = symmetricEigen(omega);
  const scaled = {
    ...vectors,
    data: vectors.data.map((v, at) => v / Math.sqrt(values[Math.floor(at / values.length)])),
  };
  return multiply(scaled, transpose(vectors));
}

function whiten({ own, loads }: ClusterPart, root: Matrix): ClusterPart {
  return { own: multiply(root, multiply(own, root)), loads: multiply(loads, root) };
}

/**
 * sum over pairs of clusters, P_gh = -L_g'L_h apart from g = h. With k = sum_g l_g l_g' of the stacked columns l_g of L_g, the
 * sum over all pairs is |k|^2 and its partner with the directions exchanged; what differs at g = h is put right.
 */
function totalVariance(parts: readonly ClusterPart[], q: number): number {
  const c = parts[0].loads.nrow;
  const size = c * q;
  let sum = 0;
  if (parts.length < size) {
    for (const a of parts) for (const b of parts) if (a !== b) sum += pairTerm(multiply(transpose(a.loads), b.loads));
    for (const part of parts) sum += pairTerm(ownBlock(part));
    return sum;
  }
  const k = new Float64Array(size * size);
  for (const { loads } of parts) {
    const l = loads.data;
    for (let v = 0; v < size; v++) if (l[v] !== 0) for (let u = 0; u < size; u++) k[u + v * size] += l[u] * l[v];
  }
  sum += sumOfSquares(k);
  for (let s = 0; s < q; s++) {
    for (let t = 0; t < q; t++) {
      for (let a = 0; a < c; a++) {
        for (let b = 0; b < c; b++) {
          sum += k[a + s * c + (b + t * c) * size] * k[a + t * c + (b + s * c) * size];
        }
      }
    }
  }
  for (const part of parts) {
    sum += pairTerm(ownBlock(part)) - pairTerm(multiply(transpose(part.loads), part.loads));
  }
  return sum;
}

/** (tr P)^2 + tr(P P). */
function pairTerm({ ncol: q, data }: Matrix): number {
  let trace = 0;
  let square = 0;
  for (let s = 0; s < q; s++) {
    trace += data[s * (q + 1)];
    for (let t = 0; t < q; t++) square += data[s + t * q] * data[t + s * q];
  }
  return trace * trace + square;
}

/** Takes the nested effects out of a vector that carries the root of the weight. */
function absorbNested(sample: SampleRows, clustering: Clustering, values: Float64Array): void {
  const { weights } = sample;
  if (weights !== null) for (let i = 0; i < values.length; i++) values[i] /= Math.sqrt(weights[i]);
  nestedAbsorber(sample, clustering)(values);
}
