import type { SchurSystem } from './schur-system.ts';

/** S written out: its entries by row, in compressed form. */
export interface SparseSymmetric {
  readonly size: number;
  readonly starts: Int32Array;
  readonly columns: Int32Array;
  readonly values: Float64Array;
}

/**
 * S as a sparse matrix, or null when it has more than `limit` entries off the diagonal: then going through the rows is
 * cheaper. Worth its while where few levels meet in each eliminated one, which is also where iterations are many.
 */
export function buildSparseSchur(system: SchurSystem, limit: number): SparseSymmetric | null {
  const { starts, totals, weights, blocks, size, nrow } = system;
  const pairs = pairTable(limit);
  // Within a row: the products of its own unknowns, which belong to different blocks.
  for (let s = 0; s < nrow; s++) {
    for (let a = 0; a < blocks.length; a++) {
      for (let b = a + 1; b < blocks.length; b++) {
        const za = blocks[a].slope?.[s] ?? 1;
        const zb = blocks[b].slope?.[s] ?? 1;
        const product = (weights?.[s] ?? 1) * za * zb;
        if (!pairs.add(blocks[a].positions[s], blocks[b].positions[s], product)) return null;
      }
    }
  }
  // Within an eliminated level: less the products of the sums over its weight.
  const inLevel = new Float64Array(size);
  const isTouched = new Uint8Array(size);
  const touched = new Int32Array(size);
  for (let g = 0; g < totals.length; g++) {
    let count = 0;
    for (const { positions, slope } of blocks) {
      for (let s = starts[g]; s < starts[g + 1]; s++) {
        const at = positions[s];
        if (isTouched[at] === 0) {
          isTouched[at] = 1;
          touched[count++] = at;
        }
        inLevel[at] += (weights?.[s] ?? 1) * (slope?.[s] ?? 1);
      }
    }
    for (let p = 0; p < count; p++) {
      for (let q = p + 1; q < count; q++) {
        const product = (inLevel[touched[p]] * inLevel[touched[q]]) / totals[g];
        if (!pairs.add(touched[p], touched[q], -product)) return null;
      }
    }
    for (let p = 0; p < count; p++) {
      inLevel[touched[p]] = 0;
      isTouched[touched[p]] = 0;
    }
  }
  return compress(system, pairs);
}

const sampleSize = 64;

/** Whether most unknowns meet more than `limit` others in eliminated levels, by a sample of them spread over all. */
export function isCrowded({ starts, totals, blocks, size }: SchurSystem, limit: number): boolean {
  const step = Math.max(1, Math.floor(size / sampleSize));
  const drawn = new Int32Array(size).fill(-1);
  const met: Set<number>[] = [];
  for (let at = step >> 1; at < size && met.length < sampleSize; at += step) drawn[at] = met.push(new Set()) - 1;
  for (let g = 0; g < totals.length; g++) {
    for (const { positions } of blocks) {
      for (let s = starts[g]; s < starts[g + 1]; s++) {
        const own = drawn[positions[s]];
        if (own < 0 || met[own].size > limit) continue;
        for (const other of blocks) for (let t = starts[g]; t < starts[g + 1]; t++) met[own].add(other.positions[t]);
      }
    }
  }
  return 2 * met.filter((others) => others.size > limit).length > met.length;
}

interface PairTable {
  /** Adds to the entry of an unordered pair; false when the table is full. */
  readonly add: (a: number, b: number, value: number) => boolean;
  readonly visit: (take: (a: number, b: number, value: number) => void) => void;
}

/** Sums by unordered pair: open addressing, twice the room that `limit` pairs need. */
function pairTable(limit: number): PairTable {
  let bits = 10;
  while (2 ** bits < 2 * limit) bits += 1;
  const mask = 2 ** bits - 1;
  const left = new Int32Array(2 ** bits).fill(-1);
  const right = new Int32Array(2 ** bits);
  const sums = new Float64Array(2 ** bits);
  let count = 0;
  return {
    add: (a, b, value) => {
      const low = Math.min(a, b);
      const high = Math.max(a, b);
      let at = (Math.imul(low, 0x9e3779b1) ^ Math.imul(high, 0x85ebca6b)) & mask;
      at = (at ^ (at >>> 7)) & mask;
      while (left[at] !== -1 && (left[at] !== low || right[at] !== high)) at = (at + 1) & mask;
      if (left[at] === -1) {
        if (count >= limit) return false;
        left[at] = low;
        right[at] = high;
        count += 1;
      }
      sums[at] += value;
      return true;
    },
    visit: (take) => {
      for (let at = 0; at < left.length; at++) if (left[at] !== -1) take(left[at], right[at], sums[at]);
    },
  };
}

function compress(system: SchurSystem, pairs: PairTable): SparseSymmetric {
  const { size, diagonal } = system;
  const starts = new Int32Array(size + 1);
  for (let i = 0; i < size; i++) starts[i + 1] = 1;
  pairs.visit((a, b) => {
    starts[a + 1] += 1;
    starts[b + 1] += 1;
  });
  for (let i = 0; i < size; i++) starts[i + 1] += starts[i];
  const columns = new Int32Array(starts[size]);
  const values = new Float64Array(starts[size]);
  const cursor = starts.slice(0, size);
  const put = (row: number, column: number, value: number): void => {
    columns[cursor[row]] = column;
    values[cursor[row]++] = value;
  };
  for (let i = 0; i < size; i++) put(i, i, diagonal[i]);
  pairs.visit((a, b, value) => {
    put(a, b, value);
    put(b, a, value);
  });
  return { size, starts, columns, values };
}

/** out = S unknowns. */
export function applySparseInto(matrix: SparseSymmetric, unknowns: Float64Array, out: Float64Array): void {
  const { starts, columns, values, size } = matrix;
  for (let i = 0; i < size; i++) {
    let sum = 0;
    for (let e = starts[i]; e < starts[i + 1]; e++) sum += values[e] * unknowns[columns[e]];
    out[i] = sum;
  }
}
