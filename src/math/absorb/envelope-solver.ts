import { negligibleDiagonal } from './conjugate-gradient.ts';
import type { SparseSymmetric } from './sparse-schur.ts';

/**
 * S = L D L' of a sparse S, row by row from its first entry on (Jennings 1966), in the reverse order of Cuthill and McKee (1969).
 * Effects that hardly connect, such as firms between which few people move, have short rows: what makes iterations slow makes
 * elimination cheap.
 */
export interface EnvelopeFactors {
  /** Unknowns in the order of elimination. */
  readonly order: Int32Array;
  /** First column of every row, and where it is stored. */
  readonly first: Int32Array;
  readonly starts: Float64Array;
  readonly lower: Float64Array;
  /** D; 0 where the row is a combination of earlier ones, whose unknown stays 0. */
  readonly pivots: Float64Array;
}

/** A pivot below this share of its own diagonal is a combination of the earlier rows. */
const dependentPivot = 1e-10;

/**
 * Null where the rows would hold more than `limits.entries` numbers or the elimination take more than `limits.products`
 * multiplications.
 */
export function factorizeEnvelope(
  matrix: SparseSymmetric,
  limits: { readonly entries: number; readonly products: number },
): EnvelopeFactors | null {
  const { size, starts: from, columns, values } = matrix;
  const order = eliminationOrder(matrix);
  const position = new Int32Array(size);
  for (let i = 0; i < size; i++) position[order[i]] = i;
  const first = new Int32Array(size);
  const starts = new Float64Array(size + 1);
  for (let i = 0; i < size; i++) {
    first[i] = i;
    for (let e = from[order[i]]; e < from[order[i] + 1]; e++) first[i] = Math.min(first[i], position[columns[e]]);
    starts[i + 1] = starts[i] + (i - first[i]);
  }
  if (starts[size] > limits.entries || productsOf(first) > limits.products) return null;
  const lower = new Float64Array(starts[size]);
  const pivots = new Float64Array(size);
  let largest = 0;
  for (let i = 0; i < size; i++) {
    for (let e = from[order[i]]; e < from[order[i] + 1]; e++) {
      const j = position[columns[e]];
      if (j < i) lower[starts[i] + j - first[i]] = values[e];
      else if (j === i) pivots[i] = values[e];
    }
    largest = Math.max(largest, pivots[i]);
  }
  for (let i = 0; i < size; i++) eliminateRow(i, { first, starts, lower, pivots }, negligibleDiagonal * largest);
  return { order, first, starts, lower, pivots };
}

function productsOf(first: Int32Array): number {
  let products = 0;
  for (let i = 0; i < first.length; i++) {
    for (let j = first[i]; j < i; j++) products += j - Math.max(first[i], first[j]);
  }
  return products;
}

function eliminateRow(i: number, factors: Omit<EnvelopeFactors, 'order'>, negligible: number): void {
  const { first, starts, lower, pivots } = factors;
  const own = starts[i] - first[i];
  for (let j = first[i]; j < i; j++) {
    const other = starts[j] - first[j];
    let sum = lower[own + j];
    for (let k = Math.max(first[i], first[j]); k < j; k++) sum -= lower[own + k] * lower[other + k];
    lower[own + j] = sum;
  }
  const diagonal = pivots[i];
  let pivot = diagonal;
  for (let j = first[i]; j < i; j++) {
    const value = pivots[j] === 0 ? 0 : lower[own + j] / pivots[j];
    pivot -= value * lower[own + j];
    lower[own + j] = value;
  }
  pivots[i] = diagonal <= negligible || pivot <= dependentPivot * diagonal ? 0 : pivot;
}

/** A solution of S x = b with the dependent unknowns at 0. */
export function solveEnvelope({ order, first, starts, lower, pivots }: EnvelopeFactors, b: Float64Array): Float64Array {
  const size = b.length;
  const work = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    const own = starts[i] - first[i];
    let sum = b[order[i]];
    for (let j = first[i]; j < i; j++) sum -= lower[own + j] * work[j];
    work[i] = sum;
  }
  for (let i = 0; i < size; i++) work[i] = pivots[i] === 0 ? 0 : work[i] / pivots[i];
  const solution = new Float64Array(size);
  for (let i = size - 1; i >= 0; i--) {
    const own = starts[i] - first[i];
    // A dependent unknown stays 0 whatever the later ones would have it be.
    const value = pivots[i] === 0 ? 0 : work[i];
    solution[order[i]] = value;
    if (value !== 0) for (let j = first[i]; j < i; j++) work[j] -= lower[own + j] * value;
  }
  return solution;
}

/** Unknowns that meet so many others come last: their rows are long anyway, and they would tie all others together. */
const hubDegree = 64;

/** Reverse Cuthill-McKee in every component, from an end of it; then the hubs. */
function eliminationOrder(matrix: SparseSymmetric): Int32Array {
  const { size, starts, columns } = matrix;
  const degree = new Int32Array(size);
  for (let i = 0; i < size; i++) degree[i] = starts[i + 1] - starts[i];
  const hubs = Math.max(hubDegree, (8 * columns.length) / Math.max(1, size));
  const seen = new Uint8Array(size);
  const order = new Int32Array(size);
  let count = 0;
  const walk = (root: number, mark: number): number => {
    const begin = count;
    order[count++] = root;
    seen[root] = mark;
    for (let at = begin; at < count; at++) {
      const node = order[at];
      const before = count;
      for (let e = starts[node]; e < starts[node + 1]; e++) {
        const next = columns[e];
        if (seen[next] === mark || degree[next] > hubs) continue;
        seen[next] = mark;
        order[count++] = next;
      }
      order.subarray(before, count).sort((a, b) => degree[a] - degree[b] || a - b);
    }
    return begin;
  };
  for (let root = 0; root < size; root++) {
    if (seen[root] !== 0 || degree[root] > hubs) continue;
    const begin = walk(root, 1);
    const end = order[count - 1];
    count = begin;
    walk(end, 2);
    order.subarray(begin, count).reverse();
  }
  for (let i = 0; i < size; i++) if (degree[i] > hubs) order[count++] = i;
  return order;
}
