import type { SchurSystem } from './schur-system.ts';

/** S = L D L' of the independent unknowns, found by pivoting on the largest remaining diagonal. */
export interface DirectFactors {
  /** size x size, column-major; column j below its pivot. */
  readonly lower: Float64Array;
  readonly pivots: Float64Array;
  /** Unknowns in the order of elimination; only the first `rank` are solved for, the others stay 0. */
  readonly order: Int32Array;
  readonly rank: number;
}

/** A pivot below this share of its own diagonal before elimination is a linear combination of the earlier ones. */
const dependentPivot = 1e-10;

/** Pairs of rows that forming S visits: what `formSchurMatrix` costs. */
export function pairCount(system: SchurSystem): number {
  let pairs = 0;
  for (let g = 0; g < system.totals.length; g++) {
    pairs += ((system.starts[g + 1] - system.starts[g]) * system.blocks.length) ** 2;
  }
  return pairs;
}

/** S as a dense size x size matrix. */
export function formSchurMatrix(system: SchurSystem): Float64Array {
  const { starts, totals, weights, blocks, size } = system;
  const out = new Float64Array(size * size);
  for (const a of blocks) {
    for (const b of blocks) {
      for (let s = 0; s < system.nrow; s++) {
        const w = weights === null ? 1 : weights[s];
        const za = a.slope === null ? 1 : a.slope[s];
        const zb = b.slope === null ? 1 : b.slope[s];
        out[a.positions[s] + b.positions[s] * size] += w * za * zb;
      }
      for (let g = 0; g < totals.length; g++) {
        for (let s = starts[g]; s < starts[g + 1]; s++) {
          const left = ((weights === null ? 1 : weights[s]) * (a.slope === null ? 1 : a.slope[s])) / totals[g];
          const column = a.positions[s] * size;
          for (let t = starts[g]; t < starts[g + 1]; t++) {
            const right = (weights === null ? 1 : weights[t]) * (b.slope === null ? 1 : b.slope[t]);
            out[column + b.positions[t]] -= left * right;
          }
        }
      }
    }
  }
  return out;
}

/**
 * Factors a symmetric semidefinite matrix (destroyed) with complete pivoting.
 * @param scale of the numbers that its elements are differences of: a diagonal far below is rounding.
 */
export function factorize(matrix: Float64Array, size: number, scale = 0): DirectFactors {
  const order = Int32Array.from({ length: size }, (_, i) => i);
  const original = Float64Array.from({ length: size }, (_, i) => matrix[i * (size + 1)]);
  const lower = new Float64Array(size * size);
  const pivots = new Float64Array(size);
  const remaining = Float64Array.from(original);
  const isDone = new Uint8Array(size);
  const largest = original.reduce((a, b) => Math.max(a, b), scale);
  let rank = 0;
  for (; rank < size; rank++) {
    let best = -1;
    for (let i = 0; i < size; i++) {
      if (isDone[i] === 0 && original[i] > 1e-12 * largest) {
        if (best === -1 || remaining[i] / original[i] > remaining[best] / original[best]) best = i;
      }
    }
    if (best === -1 || remaining[best] <= dependentPivot * original[best]) break;
    isDone[best] = 1;
    order[rank] = best;
    pivots[rank] = remaining[best];
    const column = lower.subarray(rank * size, (rank + 1) * size);
    column.set(matrix.subarray(best * size, (best + 1) * size));
    for (let j = 0; j < rank; j++) {
      const scale = lower[best + j * size] * pivots[j];
      if (scale === 0) continue;
      const earlier = lower.subarray(j * size, (j + 1) * size);
      for (let i = 0; i < size; i++) column[i] -= scale * earlier[i];
    }
    for (let i = 0; i < size; i++) {
      if (isDone[i] === 1 && i !== best) column[i] = 0;
      else column[i] /= pivots[rank];
      if (isDone[i] === 0) remaining[i] -= column[i] * column[i] * pivots[rank];
    }
  }
  return { lower, pivots, order, rank };
}

/** A solution of S x = b with the dependent unknowns at 0. */
export function solveDirect(factors: DirectFactors, b: Float64Array): Float64Array {
  const { lower, pivots, order, rank } = factors;
  const size = b.length;
  const right = Float64Array.from(b);
  const middle = new Float64Array(rank);
  for (let j = 0; j < rank; j++) {
    const value = right[order[j]];
    middle[j] = value / pivots[j];
    const column = lower.subarray(j * size, (j + 1) * size);
    for (let i = 0; i < size; i++) right[i] -= value * column[i];
  }
  const x = new Float64Array(size);
  for (let j = rank - 1; j >= 0; j--) {
    const column = lower.subarray(j * size, (j + 1) * size);
    let value = middle[j];
    for (let p = j + 1; p < rank; p++) value -= column[order[p]] * x[order[p]];
    x[order[j]] = value;
  }
  return x;
}
