import type { SchurSystem } from './schur-system.ts';

/** S written out: its entries by row, in compressed form. */
export interface SparseSymmetric {
  readonly size: number;
  readonly starts: Int32Array;
  readonly columns: Int32Array;
  readonly values: Float64Array;
}

/** Multiplications a row that writing S out may take. */
const productsPerRow = 64;

/**
 * S as a sparse matrix, or null when it has more than `limit` pairs of unknowns: then going through the rows is cheaper. Worth
 * its while where few levels meet in each eliminated one, which is also where iterations are many.
 */
export function buildSparseSchur(system: SchurSystem, limit: number): SparseSymmetric | null {
  const meetings = meetingsOf(system);
  let products = 0;
  for (let g = 0; g < system.totals.length; g++) {
    const met = meetings.starts[g + 1] - meetings.starts[g];
    // One level alone makes so many pairs.
    if ((met * (met - 1)) / 2 > limit) return null;
    products += met * met;
  }
  return products > productsPerRow * system.nrow ? null : multiplyOut(system, meetings, limit);
}

/** The unknowns that meet in every eliminated level, and their weights there: sums of w z. */
interface Meetings {
  readonly starts: Int32Array;
  readonly unknowns: Int32Array;
  readonly sums: Float64Array;
}

function meetingsOf({ starts: rows, totals, weights, blocks, size, nrow }: SchurSystem): Meetings {
  const starts = new Int32Array(totals.length + 1);
  const unknowns = new Int32Array(nrow * blocks.length);
  const sums = new Float64Array(unknowns.length);
  const place = new Int32Array(size).fill(-1);
  let count = 0;
  for (let g = 0; g < totals.length; g++) {
    const first = count;
    for (const { positions, slope } of blocks) {
      for (let s = rows[g]; s < rows[g + 1]; s++) {
        const at = positions[s];
        if (place[at] < first) {
          place[at] = count;
          unknowns[count++] = at;
        }
        sums[place[at]] += (weights === null ? 1 : weights[s]) * (slope === null ? 1 : slope[s]);
      }
    }
    starts[g + 1] = count;
  }
  return { starts, unknowns, sums };
}

/** Row by row (Gustavson 1978): what other blocks have on the same rows, less the products of the sums in every level over its weight. */
function multiplyOut(system: SchurSystem, meetings: Meetings, limit: number): SparseSymmetric | null {
  const { totals, weights, blocks, size, nrow, diagonal } = system;
  const { starts: from, unknowns, sums } = meetings;
  const levels = listed(size, from[totals.length], (e) => unknowns[e]);
  const rowsOf = blocks.map(({ positions, first, count }) => listed(count, nrow, (s) => positions[s] - first));
  const levelOf = new Int32Array(from[totals.length]);
  for (let g = 0; g < totals.length; g++) levelOf.fill(g, from[g], from[g + 1]);
  const starts = new Int32Array(size + 1);
  const columns = new Int32Array(2 * limit + size);
  const values = new Float64Array(2 * limit + size);
  const sum = new Float64Array(size);
  const seen = new Int32Array(size).fill(-1);
  let count = 0;
  const note = (own: number, at: number): void => {
    if (seen[at] === own) return;
    seen[at] = own;
    sum[at] = 0;
    columns[count++] = at;
  };
  for (let b = 0; b < blocks.length; b++) {
    const { slope, first, count: own } = blocks[b];
    for (let u = first; u < first + own; u++) {
      if (count + size > columns.length) return null;
      note(u, u);
      for (let k = levels.starts[u]; k < levels.starts[u + 1]; k++) {
        const entry = levels.items[k];
        const g = levelOf[entry];
        const share = sums[entry] / totals[g];
        for (let e = from[g]; e < from[g + 1]; e++) {
          const at = unknowns[e];
          if (seen[at] !== u) note(u, at);
          sum[at] -= share * sums[e];
        }
      }
      for (let k = rowsOf[b].starts[u - first]; blocks.length > 1 && k < rowsOf[b].starts[u - first + 1]; k++) {
        const s = rowsOf[b].items[k];
        const weight = (weights === null ? 1 : weights[s]) * (slope === null ? 1 : slope[s]);
        for (let other = 0; other < blocks.length; other++) {
          if (other === b) continue;
          const { positions, slope: z } = blocks[other];
          sum[positions[s]] += weight * (z === null ? 1 : z[s]);
        }
      }
      sum[u] = diagonal[u];
      for (let e = starts[u]; e < count; e++) values[e] = sum[columns[e]];
      starts[u + 1] = count;
    }
  }
  return { size, starts, columns: columns.slice(0, count), values: values.slice(0, count) };
}

/** Items by what `keyOf` gives, in their order. */
function listed(
  size: number,
  count: number,
  keyOf: (item: number) => number,
): { starts: Int32Array; items: Int32Array } {
  const starts = new Int32Array(size + 1);
  for (let i = 0; i < count; i++) starts[keyOf(i) + 1] += 1;
  for (let k = 0; k < size; k++) starts[k + 1] += starts[k];
  const items = new Int32Array(count);
  const cursor = starts.slice(0, size);
  for (let i = 0; i < count; i++) items[cursor[keyOf(i)]++] = i;
  return { starts, items };
}

const sampleSize = 64;

/** Whether most unknowns meet more than `limit` others in eliminated levels, by a sample of them spread over all. */
export function isCrowded({ starts, totals, blocks, size }: SchurSystem, limit: number): boolean {
  const step = Math.max(1, Math.floor(size / sampleSize));
  const drawn = new Int32Array(size).fill(-1);
  const met: Set<number>[] = [];
  for (let at = step >> 1; at < size && met.length < sampleSize; at += step) drawn[at] = met.push(new Set()) - 1;
  let crowded = 0;
  for (let g = 0; g < totals.length; g++) {
    for (const { positions } of blocks) {
      for (let s = starts[g]; s < starts[g + 1]; s++) {
        const own = drawn[positions[s]];
        if (own < 0 || met[own].size > limit) continue;
        for (const other of blocks) for (let t = starts[g]; t < starts[g + 1]; t++) met[own].add(other.positions[t]);
        if (met[own].size > limit) crowded += 1;
      }
    }
    if (2 * crowded > met.length) return true;
  }
  return false;
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
