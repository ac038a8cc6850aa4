import { padded, type RowProducts, rowProducts } from '../../../../math/kernel/row-products.ts';
import type { CellRuns } from '../panel/conditioned-draw.ts';

/** A vector of weights on cells, zero outside the runs. */
export interface BasisVector {
  readonly weights: Float64Array;
  readonly runs: CellRuns;
}

/**
 * Inner products of vectors that each look at some cells only, cells weighing by their cost. Cells that the same vectors look
 * at are taken together, so that each such block is a dense product of matrices.
 * @returns m × m, symmetric
 */
export function basisProducts(vectors: readonly BasisVector[], cost: Float64Array): Float64Array {
  const m = vectors.length;
  const out = new Float64Array(m * m);
  const atoms = atomsOf(vectors, cost);
  const room = atoms.reduce((most, { cells, members }) => Math.max(most, members.length * padded(cells.length)), 2);
  const { one, other, multiply } = tablesOf(room);
  for (const { cells, members } of atoms) {
    const n = cells.length;
    const k = members.length;
    const step = padded(n);
    const costs = Float64Array.from(cells, (cell) => cost[cell]);
    for (let p = 0; p < k; p++) {
      const { weights } = vectors[members[p]];
      for (let i = 0; i < n; i++) {
        const value = weights[cells[i]];
        other[p * step + i] = value;
        one[p * step + i] = value * costs[i];
      }
      if (step > n) {
        other[p * step + n] = 0;
        one[p * step + n] = 0;
      }
    }
    const products = new Float64Array(k * k);
    multiply(k, n, products);
    for (let p = 0; p < k; p++) for (let q = 0; q <= p; q++) out[members[p] * m + members[q]] += products[p * k + q];
  }
  for (let a = 0; a < m; a++) for (let b = 0; b < a; b++) out[b * m + a] = out[a * m + b];
  return out;
}

let tables: RowProducts | null = null;

/** The same tables for all products, larger ones where they are needed: fresh memory costs more than filling it. */
function tablesOf(room: number): RowProducts {
  if (tables === null || tables.room < room) tables = rowProducts(room);
  return tables;
}

interface Atom {
  readonly cells: Int32Array;
  /** The vectors that look at them, ascending. */
  readonly members: Int32Array;
}

/** Lists of at least this share of the cells are taken to be everywhere: their vectors are zero where they do not look. */
const everywhere = 0.85;

/** Cells that move, put together by the vectors that look at them. */
function atomsOf(vectors: readonly BasisVector[], cost: Float64Array): Atom[] {
  const lists = [...new Set(vectors.map(({ runs }) => runs))];
  const most = lists.reduce((size, runs) => Math.max(size, sizeOf(runs)), 0);
  const parts = lists.filter((runs) => sizeOf(runs) < everywhere * most);
  const place = new Map(parts.map((runs, g) => [runs, g]));
  // One bit a list; 2^52 is beyond as many lists as there are printed columns.
  const bits = new Float64Array(cost.length);
  const isSeen = new Uint8Array(cost.length);
  for (const runs of lists) {
    const g = place.get(runs);
    for (let r = 0; r < runs.length; r += 2) {
      isSeen.fill(1, runs[r], runs[r + 1]);
      if (g !== undefined) for (let i = runs[r]; i < runs[r + 1]; i++) bits[i] += 2 ** g;
    }
  }
  const cells = new Map<number, number[]>();
  bits.forEach((key, i) => {
    if (isSeen[i] === 0 || cost[i] === 0) return;
    const list = cells.get(key);
    if (list === undefined) cells.set(key, [i]);
    else list.push(i);
  });
  const owner = vectors.map(({ runs }) => place.get(runs));
  return [...cells].map(([key, list]) => ({
    cells: Int32Array.from(list),
    members: Int32Array.from(
      owner.flatMap((g, b) => (g === undefined || Math.floor(key / 2 ** g) % 2 === 1 ? [b] : [])),
    ),
  }));
}

function sizeOf(runs: CellRuns): number {
  let size = 0;
  for (let r = 0; r < runs.length; r += 2) size += runs[r + 1] - runs[r];
  return size;
}
