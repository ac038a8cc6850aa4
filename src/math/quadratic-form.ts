import type { Matrix } from './matrix.ts';
import { multiply, transpose } from './matrix.ts';
import { symmetricEigen } from './symmetric-eigen.ts';

export interface QuadraticForm {
  /** d' M^-1 d over the independent entries. */
  readonly value: number;
  /** Positions whose part of M is not a combination of the earlier ones: first kept. */
  readonly kept: readonly number[];
  readonly dropped: readonly number[];
}

/** A pivot below this share of its own diagonal is a combination of the earlier ones. */
const dependentPivot = 1e-10;

/**
 * d' M^-1 d for a symmetric positive semidefinite M by its triangular factor, one row after the other; a row that the
 * earlier ones explain is left out, as Stata's `test` drops a constraint.
 * @param d k entries.
 * @param m k x k.
 */
export function quadraticForm(d: ArrayLike<number>, m: Matrix): QuadraticForm {
  const k = m.ncol;
  const kept: number[] = [];
  const dropped: number[] = [];
  const rows: number[][] = [];
  const z: number[] = [];
  for (let j = 0; j < k; j++) {
    const row: number[] = [];
    let pivot = m.data[j * (k + 1)];
    let rest = d[j];
    kept.forEach((earlier, p) => {
      let value = m.data[j + earlier * k];
      for (let q = 0; q < p; q++) value -= row[q] * rows[p][q];
      value /= rows[p][p];
      row.push(value);
      pivot -= value * value;
      rest -= value * z[p];
    });
    if (pivot > dependentPivot * m.data[j * (k + 1)] && pivot > 0) {
      const root = Math.sqrt(pivot);
      rows.push([...row, root]);
      z.push(rest / root);
      kept.push(j);
    } else dropped.push(j);
  }
  return { value: z.reduce((sum, value) => sum + value * value, 0), kept, dropped };
}

/** Whether no row of a symmetric positive semidefinite matrix is a combination of the earlier ones. */
export function isRegular(m: Matrix): boolean {
  return quadraticForm(new Float64Array(m.ncol), m).dropped.length === 0;
}

export interface GeneralizedForm {
  /** d' M^+ d, negative where M is not positive semidefinite. */
  readonly value: number;
  /** Eigenvalues of M that are not zero. */
  readonly rank: number;
  readonly isSemidefinite: boolean;
}

/** Eigenvalues within this share of the largest are zero, once M is scaled to a unit diagonal. */
const zeroEigenvalue = 1e-10;

/**
 * d' M^+ d with the Moore-Penrose inverse of a symmetric M that may be singular or indefinite, after scaling by the roots of
 * the absolute diagonal, so that units of measurement do not decide what is zero.
 */
export function generalizedForm(d: ArrayLike<number>, m: Matrix): GeneralizedForm {
  const k = m.ncol;
  const scale = Float64Array.from({ length: k }, (_, j) => Math.sqrt(Math.abs(m.data[j * (k + 1)])) || 1);
  const unit = { ...m, data: m.data.map((value, at) => value / (scale[at % k] * scale[Math.floor(at / k)])) };
  const { values, vectors } = symmetricEigen(unit);
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  let value = 0;
  let rank = 0;
  let isSemidefinite = true;
  for (let e = 0; e < k; e++) {
    if (Math.abs(values[e]) <= zeroEigenvalue * largest) continue;
    let projection = 0;
    for (let j = 0; j < k; j++) projection += (vectors.data[j + e * k] * d[j]) / scale[j];
    value += projection ** 2 / values[e];
    rank += 1;
    if (values[e] < 0) isSemidefinite = false;
  }
  return { value, rank, isSemidefinite };
}

export interface RankedForm {
  /** Null where the form is singular. */
  readonly value: number | null;
  readonly rank: number;
}

/** A pivot below this share of the terms that it is the sum of is rounding. */
const zeroPivot = 1e-13;

/**
 * z' (W' M W)^-1 z for a symmetric positive semidefinite M, r x r, and r x k directions W, by the triangular factor with the
 * largest pivot first, which shows the rank (Higham 2002, 10.3). Every direction is measured by the variances that it is made
 * of, sum_i w_i^2 M_ii: what is left of these by less than rounding is no variance.
 */
export function rankedForm(d: ArrayLike<number>, core: Matrix, directions: Matrix): RankedForm {
  const k = directions.ncol;
  const r = core.ncol;
  const m = multiply(transpose(directions), multiply(core, directions));
  const scale = Float64Array.from({ length: k }, (_, j) => {
    let sum = 0;
    for (let i = 0; i < r; i++) sum += directions.data[i + j * r] ** 2 * Math.max(0, core.data[i * (r + 1)]);
    return Math.sqrt(sum);
  });
  const a = m.data.map((value, at) => value / (scale[at % k] * scale[Math.floor(at / k)]));
  const z = Float64Array.from(d, (value, j) => value / scale[j]);
  const left = Array.from({ length: k }, (_, j) => j).filter((j) => scale[j] > 0 && Number.isFinite(scale[j]));
  let value = 0;
  let rank = 0;
  while (left.length > 0) {
    let best = 0;
    for (let s = 1; s < left.length; s++) if (a[left[s] * (k + 1)] > a[left[best] * (k + 1)]) best = s;
    const [pivot] = left.splice(best, 1);
    const size = a[pivot * (k + 1)];
    if (!(size > zeroPivot * k)) break;
    rank += 1;
    value += (z[pivot] * z[pivot]) / size;
    for (const i of left) {
      const share = a[i + pivot * k] / size;
      if (share === 0) continue;
      z[i] -= share * z[pivot];
      for (const j of left) a[i + j * k] -= share * a[pivot + j * k];
    }
  }
  return { value: rank === k && k > 0 ? value : null, rank };
}
