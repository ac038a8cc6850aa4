import { pairwiseDot } from '../pairwise-sum.ts';

/**
 * What a threshold search goes over: the rows in ascending order of the threshold variable q, and the null model's annihilator
 * M, taken apart so that running sums can follow it. With P the projection on everything the null model holds,
 * M = I - P and P = (unit means) + (period means less the mean, balanced panels only) + basis basis'.
 */
export interface ThresholdFrame {
  readonly nrow: number;
  /** Regressors in levels that change their slope at the threshold, n values each; for a kink, q and 1. */
  readonly columns: readonly Float64Array[];
  /** Rows at or below each candidate, ascending: the lower regime of candidate j is rows 0 … cuts[j] - 1. */
  readonly cuts: Int32Array;
  /** Candidate values of q, ascending. */
  readonly values: Float64Array;
  /** `jump`: x 1(q <= γ) for every column. `kink`: (q - γ) 1(q <= γ), the columns being q and 1. */
  readonly shape: 'jump' | 'kink';
  /** Groups whose means leave every column first; null without fixed effects. */
  readonly unit: MeanGroup | null;
  /** Second group of a full grid of cells; null elsewhere. */
  readonly period: MeanGroup | null;
  /**
   * Rows left out after the unit means are taken (1 a row), as Hansen's program does; null: none. Then M is no projection:
   * M = (I - B B') K W with W the deviations from unit means and K the rows kept.
   */
  readonly omitted?: Uint8Array | null;
  /** Orthonormal columns of n values, net of both groups: the null regressors and any further effects. */
  readonly basis: readonly Float64Array[];
}

export interface MeanGroup {
  /** n codes in 0 … count - 1. */
  readonly codes: Int32Array;
  readonly count: number;
  /** Rows of each group. */
  readonly totals: Float64Array;
}

/** Columns that a candidate adds to the null model. */
export function addedCount(frame: ThresholdFrame): number {
  return frame.shape === 'kink' ? 1 : frame.columns.length;
}

/** Room for the group sums of `projectInto`, so that a replicate allocates nothing. */
export interface ProjectionScratch {
  readonly unit: Float64Array;
  readonly period: Float64Array;
}

export function projectionScratch(frame: ThresholdFrame): ProjectionScratch {
  return {
    unit: new Float64Array(frame.unit?.count ?? 0),
    period: new Float64Array(frame.period?.count ?? 0),
  };
}

/**
 * values = M values, in place. Two passes leave a residual orthogonal to working precision, one is enough for a draw.
 * `isNet`: the values are net of the means already, as residuals are, and only the basis comes off where rows are omitted.
 */
export function projectInto(
  frame: ThresholdFrame,
  values: Float64Array,
  {
    passes,
    scratch,
    isNet = false,
  }: {
    readonly passes: 1 | 2;
    readonly scratch: ProjectionScratch;
    readonly isNet?: boolean;
  },
): void {
  const omitted = frame.omitted ?? null;
  for (let pass = 0; pass < passes; pass++) {
    if (omitted === null) demeanInto(frame, values, scratch);
    else if (pass === 0 && !isNet) {
      demeanInto(frame, values, scratch);
      for (let i = 0; i < values.length; i++) if (omitted[i] === 1) values[i] = 0;
    }
    if (passes === 1) takeOffBasis(frame.basis, values);
    else {
      for (const direction of frame.basis) {
        const share = pairwiseDot(direction, values);
        for (let i = 0; i < values.length; i++) values[i] -= share * direction[i];
      }
    }
  }
}

/** values -= B B' values, four columns at a time: each value is read once for four products. */
function takeOffBasis(basis: readonly Float64Array[], values: Float64Array): void {
  const n = values.length;
  let p = 0;
  for (; p + 4 <= basis.length; p += 4) {
    const [a, b, c, d] = [basis[p], basis[p + 1], basis[p + 2], basis[p + 3]];
    let sa = 0;
    let sb = 0;
    let sc = 0;
    let sd = 0;
    for (let i = 0; i < n; i++) {
      const value = values[i];
      sa += a[i] * value;
      sb += b[i] * value;
      sc += c[i] * value;
      sd += d[i] * value;
    }
    for (let i = 0; i < n; i++) values[i] -= sa * a[i] + sb * b[i] + (sc * c[i] + sd * d[i]);
  }
  for (; p + 2 <= basis.length; p += 2) {
    const [a, b] = [basis[p], basis[p + 1]];
    let sa = 0;
    let sb = 0;
    for (let i = 0; i < n; i++) {
      sa += a[i] * values[i];
      sb += b[i] * values[i];
    }
    for (let i = 0; i < n; i++) values[i] -= sa * a[i] + sb * b[i];
  }
  if (p === basis.length) return;
  const last = basis[p];
  const share = plainDot(last, values);
  for (let i = 0; i < n; i++) values[i] -= share * last[i];
}

/** Takes the means out: x - x_i. (- x_.t + x_.. on a full grid). */
function demeanInto({ unit, period, nrow }: ThresholdFrame, values: Float64Array, scratch: ProjectionScratch): void {
  if (unit === null) return;
  const unitSums = scratch.unit.fill(0);
  const { codes } = unit;
  if (period === null) {
    for (let i = 0; i < nrow; i++) unitSums[codes[i]] += values[i];
    for (let g = 0; g < unitSums.length; g++) unitSums[g] /= unit.totals[g];
    for (let i = 0; i < nrow; i++) values[i] -= unitSums[codes[i]];
    return;
  }
  const periodSums = scratch.period.fill(0);
  const times = period.codes;
  for (let i = 0; i < nrow; i++) {
    unitSums[codes[i]] += values[i];
    periodSums[times[i]] += values[i];
  }
  let total = 0;
  for (let g = 0; g < unitSums.length; g++) {
    total += unitSums[g];
    unitSums[g] /= unit.totals[g];
  }
  const mean = total / nrow;
  for (let t = 0; t < periodSums.length; t++) periodSums[t] = periodSums[t] / period.totals[t] - mean;
  for (let i = 0; i < nrow; i++) values[i] -= unitSums[codes[i]] + periodSums[times[i]];
}

/** W K e: what z'M e is the product of z in levels with; e itself where no row is omitted. */
export function adjointOf(frame: ThresholdFrame, e: Float64Array): Float64Array {
  if ((frame.omitted ?? null) === null) return e;
  const out = Float64Array.from(e);
  demeanInto(frame, out, projectionScratch(frame));
  return out;
}

/** Four sums side by side: a draw is projected hundreds of times. */
export function plainDot(a: Float64Array, b: Float64Array): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  const end = a.length - (a.length % 4);
  for (let i = 0; i < end; i += 4) {
    s0 += a[i] * b[i];
    s1 += a[i + 1] * b[i + 1];
    s2 += a[i + 2] * b[i + 2];
    s3 += a[i + 3] * b[i + 3];
  }
  for (let i = end; i < a.length; i++) s0 += a[i] * b[i];
  return s0 + s1 + (s2 + s3);
}

/** The columns that candidate `j` adds, z(γ_j), in levels. */
export function addedColumns(frame: ThresholdFrame, j: number): readonly Float64Array[] {
  const { columns, cuts, shape, values, nrow } = frame;
  if (shape === 'jump') {
    return columns.map((column) => {
      const out = new Float64Array(nrow);
      out.set(column.subarray(0, cuts[j]));
      return out;
    });
  }
  const out = new Float64Array(nrow);
  for (let i = 0; i < cuts[j]; i++) out[i] = columns[0][i] - values[j] * columns[1][i];
  return [out];
}
