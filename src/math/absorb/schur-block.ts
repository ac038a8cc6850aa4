import type { SchurSystem } from './schur-system.ts';
import { isPlain, isPlainPair } from './schur-system.ts';
import type { SparseSymmetric } from './sparse-schur.ts';

/**
 * Four columns of unknowns side by side: unknown `at` of column c stands at 4 at + c. Codes, weights and entries are read once
 * for four columns. Every column is computed by the operations of the kernels for one, in their order: to the last bit.
 */
export const blockWidth = 4;
/** Shifts, unlike products, stay whole numbers to the compiler: a third of the time. */
const blockShift = 2;

/** out = S unknowns of four columns; `scratch` holds four numbers for every row of the longest eliminated level. */
export function applySchurBlockInto(
  system: SchurSystem,
  unknowns: Float64Array,
  out: Float64Array,
  scratch: Float64Array,
): void {
  if (isPlain(system)) applyPlainBlockInto(system, unknowns, out);
  else if (isPlainPair(system)) applyPairBlockInto(system, unknowns, out);
  else applyGeneralBlockInto(system, unknowns, out, scratch);
}

function applyPlainBlockInto(system: SchurSystem, unknowns: Float64Array, out: Float64Array): void {
  const { starts, totals, counts } = system;
  const { positions } = system.blocks[0];
  for (let at = 0; at < counts.length; at++) {
    const count = counts[at];
    const p = at << blockShift;
    out[p] = count * unknowns[p];
    out[p + 1] = count * unknowns[p + 1];
    out[p + 2] = count * unknowns[p + 2];
    out[p + 3] = count * unknowns[p + 3];
  }
  for (let g = 0; g < totals.length; g++) {
    const start = starts[g];
    const end = starts[g + 1];
    let a = 0;
    let b = 0;
    let c = 0;
    let d = 0;
    for (let s = start; s < end; s++) {
      const p = positions[s] << blockShift;
      a += unknowns[p];
      b += unknowns[p + 1];
      c += unknowns[p + 2];
      d += unknowns[p + 3];
    }
    const count = end - start;
    a /= count;
    b /= count;
    c /= count;
    d /= count;
    for (let s = start; s < end; s++) {
      const p = positions[s] << blockShift;
      out[p] -= a;
      out[p + 1] -= b;
      out[p + 2] -= c;
      out[p + 3] -= d;
    }
  }
}

function applyPairBlockInto(system: SchurSystem, unknowns: Float64Array, out: Float64Array): void {
  const { starts, totals } = system;
  const [{ positions: first }, { positions: second }] = system.blocks;
  out.fill(0);
  for (let g = 0; g < totals.length; g++) {
    const start = starts[g];
    const end = starts[g + 1];
    let a = 0;
    let b = 0;
    let c = 0;
    let d = 0;
    for (let s = start; s < end; s++) {
      const p = first[s] << blockShift;
      const q = second[s] << blockShift;
      a += unknowns[p] + unknowns[q];
      b += unknowns[p + 1] + unknowns[q + 1];
      c += unknowns[p + 2] + unknowns[q + 2];
      d += unknowns[p + 3] + unknowns[q + 3];
    }
    const total = totals[g];
    a /= total;
    b /= total;
    c /= total;
    d /= total;
    for (let s = start; s < end; s++) {
      const p = first[s] << blockShift;
      const q = second[s] << blockShift;
      const v0 = unknowns[p] + unknowns[q] - a;
      const v1 = unknowns[p + 1] + unknowns[q + 1] - b;
      const v2 = unknowns[p + 2] + unknowns[q + 2] - c;
      const v3 = unknowns[p + 3] + unknowns[q + 3] - d;
      out[p] += v0;
      out[p + 1] += v1;
      out[p + 2] += v2;
      out[p + 3] += v3;
      out[q] += v0;
      out[q + 1] += v1;
      out[q + 2] += v2;
      out[q + 3] += v3;
    }
  }
}

/** Spread, eliminate and gather, one eliminated level after the other. */
function applyGeneralBlockInto(
  system: SchurSystem,
  unknowns: Float64Array,
  out: Float64Array,
  scratch: Float64Array,
): void {
  const { starts, totals, weights, blocks } = system;
  out.fill(0);
  for (let g = 0; g < totals.length; g++) {
    const start = starts[g];
    const end = starts[g + 1];
    scratch.fill(0, 0, blockWidth * (end - start));
    for (const { positions, slope } of blocks) {
      for (let s = start, at = 0; s < end; s++, at += blockWidth) {
        const p = positions[s] << blockShift;
        const z = slope === null ? 1 : slope[s];
        scratch[at] += unknowns[p] * z;
        scratch[at + 1] += unknowns[p + 1] * z;
        scratch[at + 2] += unknowns[p + 2] * z;
        scratch[at + 3] += unknowns[p + 3] * z;
      }
    }
    let a = 0;
    let b = 0;
    let c = 0;
    let d = 0;
    for (let s = start, at = 0; s < end; s++, at += blockWidth) {
      const w = weights === null ? 1 : weights[s];
      a += w * scratch[at];
      b += w * scratch[at + 1];
      c += w * scratch[at + 2];
      d += w * scratch[at + 3];
    }
    a /= totals[g];
    b /= totals[g];
    c /= totals[g];
    d /= totals[g];
    for (const { positions, slope } of blocks) {
      for (let s = start, at = 0; s < end; s++, at += blockWidth) {
        const p = positions[s] << blockShift;
        const z = slope === null ? 1 : slope[s];
        const w = weights === null ? 1 : weights[s];
        out[p] += (scratch[at] - a) * z * w;
        out[p + 1] += (scratch[at + 1] - b) * z * w;
        out[p + 2] += (scratch[at + 2] - c) * z * w;
        out[p + 3] += (scratch[at + 3] - d) * z * w;
      }
    }
  }
}

/** out = S unknowns of four columns, S written out. */
export function applySparseBlockInto(matrix: SparseSymmetric, unknowns: Float64Array, out: Float64Array): void {
  const { starts, columns, values, size } = matrix;
  for (let i = 0; i < size; i++) {
    let a = 0;
    let b = 0;
    let c = 0;
    let d = 0;
    for (let e = starts[i]; e < starts[i + 1]; e++) {
      const p = columns[e] << blockShift;
      const value = values[e];
      a += value * unknowns[p];
      b += value * unknowns[p + 1];
      c += value * unknowns[p + 2];
      d += value * unknowns[p + 3];
    }
    const q = i << blockShift;
    out[q] = a;
    out[q + 1] = b;
    out[q + 2] = c;
    out[q + 3] = d;
  }
}
