import { jacobiPreconditioner, preconditionedNorm, solveConjugateGradient } from '../math/absorb/conjugate-gradient.ts';
import { factorize, solveDirect } from '../math/absorb/direct-solver.ts';

/**
 * Levels of the smaller of two effects, joined where they meet in a level of the larger one. The normal equations of the smaller
 * one's dummies net of the larger one are the Laplacian of this graph: off the diagonal -sum_u w_a w_b / w_u.
 */
export interface LevelGraph extends Edges {
  readonly count: number;
  /**
   * Of several effects, the elements between levels of two of them, in parts that add up: sum of the weights of the rows that have both,
   * less sum_u w_a w_b / w_u. Edges join levels of one effect only.
   */
  readonly across?: readonly Edges[];
}

/** Pairs of levels, and a number of each. */
export interface Edges {
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly weights: Float64Array;
}

/** The graph from the sets of levels that units have, one row each: the edges of a set of m levels weigh 1/m for each unit. */
export function graphOfMasks(count: number, masks: Float64Array, units: Float64Array): LevelGraph {
  const sums = new Float64Array(count * count);
  const levels = new Int32Array(count);
  for (let row = 0; row < masks.length; row++) {
    let mask = masks[row] ?? 0;
    let size = 0;
    for (let level = 0; mask > 0; level++) {
      if (mask % 2 === 1) levels[size++] = level;
      mask = Math.floor(mask / 2);
    }
    const weight = (units[row] ?? 0) / size;
    for (let a = 0; a < size; a++) {
      const first = (levels[a] ?? 0) * count;
      for (let b = a + 1; b < size; b++)
        sums[first + (levels[b] ?? 0)] = (sums[first + (levels[b] ?? 0)] ?? 0) + weight;
    }
  }
  const edges = Array.from(sums.keys()).filter((at) => (sums[at] ?? 0) > 0);
  return {
    count,
    from: Int32Array.from(edges, (at) => Math.floor(at / count)),
    to: Int32Array.from(edges, (at) => at % count),
    weights: Float64Array.from(edges, (at) => sums[at] ?? 0),
  };
}

/** Connected components: what one effect's dummies repeat of the other's. */
export function componentsOf({ count, from, to }: Pick<LevelGraph, 'count' | 'from' | 'to'>): Components {
  const parent = Int32Array.from({ length: count }, (_, level) => level);
  const rootOf = (level: number): number => {
    let node = level;
    while (parent[node] !== node) {
      parent[node] = parent[parent[node] ?? node] ?? node;
      node = parent[node] ?? node;
    }
    return node;
  };
  for (let edge = 0; edge < from.length; edge++) {
    const [a, b] = [rootOf(from[edge] ?? 0), rootOf(to[edge] ?? 0)];
    if (a !== b) parent[Math.max(a, b)] = Math.min(a, b);
  }
  const places = new Map<number, number>();
  const of = Int32Array.from({ length: count }, (_, level) => {
    const root = rootOf(level);
    const place = places.get(root) ?? places.size;
    places.set(root, place);
    return place;
  });
  return { of, count: places.size };
}

/** The component of every level. */
export interface Components {
  readonly of: Int32Array;
  readonly count: number;
}

/** Values less their mean in each component. */
function centred(values: Float64Array, { of, count }: Components): Float64Array {
  const sums = new Float64Array(count);
  const sizes = new Float64Array(count);
  values.forEach((value, level) => {
    const place = of[level] ?? 0;
    sums[place] = (sums[place] ?? 0) + value;
    sizes[place] = (sizes[place] ?? 0) + 1;
  });
  return values.map((value, level) => value - (sums[of[level] ?? 0] ?? 0) / (sizes[of[level] ?? 0] ?? 1));
}

const tolerance = 1e-12;
/** What is left of several effects, as a share of the right-hand side, is not made less than this. */
const leastLeft = 1e-15;
/** Several effects of so many levels are solved by pivots. */
const directLevels = 400;
const iterationLimit = 20_000;
/** Solutions taken again of what is left: each gives back the digits that the one before lost. */
const rounds = 3;

/**
 * Coefficients of the levels from their right-hand sides, with mean 0 in each component: constants are no solution, and what rounding
 * left of one on the right is taken off.
 */
export function solveLevels(
  graph: LevelGraph,
  given: Float64Array,
  components: Components,
): { readonly solution: Float64Array; readonly iterations: number; readonly reached: number } {
  const { count } = graph;
  const diagonal = diagonalOf(graph);
  const applyInto = (x: Float64Array, out: Float64Array): void => applyLevelsInto(graph, x, out);
  const preconditioner = jacobiPreconditioner(diagonal);
  const factors = graph.across !== undefined && count <= directLevels ? factorize(denseOf(graph), count) : null;
  const right = centred(given, components);
  const size = preconditionedNorm(right, preconditioner);
  let solution: Float64Array = new Float64Array(count);
  let rest: Float64Array = right;
  let iterations = 0;
  let reached = 0;
  for (let round = 0; round < rounds; round++) {
    // What rounding left of the right-hand side has no solution where effects repeat each other.
    const target = Math.max(
      tolerance * preconditionedNorm(rest, preconditioner),
      (graph.across === undefined ? 0 : leastLeft) * size,
    );
    const step =
      factors === null
        ? solveConjugateGradient(applyInto, rest, preconditioner, { target, limit: iterationLimit })
        : { solution: solveDirect(factors, rest), iterations: 0 };
    iterations += step.iterations;
    if (factors === null && step.iterations === 0) break;
    const added = step.solution;
    solution = centred(
      solution.map((value, level) => value + (added[level] ?? 0)),
      components,
    );
    const image = new Float64Array(count);
    applyInto(solution, image);
    rest = centred(
      image.map((value, level) => (right[level] ?? 0) - value),
      components,
    );
    reached = size > 0 ? preconditionedNorm(rest, preconditioner) / size : 0;
  }
  return { solution, iterations, reached };
}

/** What the matrix makes of a vector. */
export function imageOf(graph: LevelGraph, x: Float64Array): Float64Array {
  const out = new Float64Array(graph.count);
  applyLevelsInto(graph, x, out);
  return out;
}

function applyLevelsInto({ from, to, weights, across = [] }: LevelGraph, x: Float64Array, out: Float64Array): void {
  out.fill(0);
  for (let edge = 0; edge < weights.length; edge++) {
    const [a, b] = [from[edge] ?? 0, to[edge] ?? 0];
    const flow = (weights[edge] ?? 0) * ((x[a] ?? 0) - (x[b] ?? 0));
    out[a] = (out[a] ?? 0) + flow;
    out[b] = (out[b] ?? 0) - flow;
  }
  for (const part of across) {
    for (let edge = 0; edge < part.weights.length; edge++) {
      const [a, b, value] = [part.from[edge] ?? 0, part.to[edge] ?? 0, part.weights[edge] ?? 0];
      out[a] = (out[a] ?? 0) + value * (x[b] ?? 0);
      out[b] = (out[b] ?? 0) + value * (x[a] ?? 0);
    }
  }
}

function diagonalOf({ count, from, to, weights }: LevelGraph): Float64Array {
  const diagonal = new Float64Array(count);
  for (let edge = 0; edge < weights.length; edge++) {
    const [a, b, weight] = [from[edge] ?? 0, to[edge] ?? 0, weights[edge] ?? 0];
    diagonal[a] = (diagonal[a] ?? 0) + weight;
    diagonal[b] = (diagonal[b] ?? 0) + weight;
  }
  return diagonal;
}

/** The matrix in full, count x count. */
export function denseOf(graph: LevelGraph): Float64Array {
  const { count, across = [] } = graph;
  const out = new Float64Array(count * count);
  const add = ({ from, to, weights }: Edges, sign: number): void => {
    weights.forEach((weight, edge) => {
      const [a, b] = [from[edge] ?? 0, to[edge] ?? 0];
      out[a + b * count] = (out[a + b * count] ?? 0) + sign * weight;
      out[b + a * count] = (out[b + a * count] ?? 0) + sign * weight;
    });
  };
  add(graph, -1);
  for (const part of across) add(part, 1);
  diagonalOf(graph).forEach((value, level) => {
    out[level * (count + 1)] = value;
  });
  return out;
}
