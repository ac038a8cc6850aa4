import { lazily } from '../lazy.ts';
import { sumOfSquares } from '../pairwise-sum.ts';
import type { AbsorbGroup } from './contract.ts';
import { demeanInto, groupWeights } from './group-means.ts';

/**
 * The normal equations of all dummies after the group with most levels is eliminated: S = D' W M D, where D holds the
 * dummies (and slopes) of the other groups, W the weights, and M takes the means of the eliminated group out. Rows are kept
 * sorted by the eliminated group, so one pass over memory applies S. S is singular (constants can move between groups)
 * but every system solved with it here is consistent.
 */
export interface SchurSystem {
  readonly nrow: number;
  /** Which group was eliminated. */
  readonly eliminated: number;
  /** Sorted position to row; made when asked for where rows are sorted. */
  readonly order: Int32Array;
  /** First sorted position of every eliminated level, with the end behind the last. */
  readonly starts: Int32Array;
  /** Weight of every eliminated level. */
  readonly totals: Float64Array;
  /** Sorted weights, null when all are 1. */
  readonly weights: Float64Array | null;
  readonly blocks: readonly SchurBlock[];
  /** Number of unknowns. */
  readonly size: number;
  /** Rows are sorted already: `order` is 0, 1, 2, … */
  readonly isSorted: boolean;
  /** Rows of the longest eliminated level. */
  readonly longest: number;
  /** Rows of every unknown's level. */
  readonly counts: Float64Array;
  /** Diagonal of S. */
  readonly diagonal: Float64Array;
}

/** The unknowns of one group's means or of one slope; `positions` are unknowns by sorted row. */
export interface SchurBlock {
  readonly group: number;
  readonly first: number;
  readonly count: number;
  readonly positions: Int32Array;
  /** Sorted values of a slope's variable, centred in its groups; null for means. */
  readonly slope: Float64Array | null;
}

export function buildSchurSystem(groups: readonly AbsorbGroup[], weights: Float64Array | null): SchurSystem {
  let eliminated = 0;
  groups.forEach((group, g) => {
    if (group.count > groups[eliminated].count) eliminated = g;
  });
  const { codes, count } = groups[eliminated];
  const n = codes.length;
  const starts = new Int32Array(count + 1);
  const isSorted = countLevels(codes, starts);
  let longest = 0;
  for (let g = 0; g < count; g++) longest = Math.max(longest, starts[g + 1] - starts[g]);
  const sortedOrder = lazily(() => (isSorted ? Int32Array.from({ length: n }, (_, i) => i) : orderOf(codes, starts)));
  const order = isSorted ? null : sortedOrder();
  const blocks: SchurBlock[] = [];
  let first = 0;
  const addBlock = (g: number, slope: Float64Array | null): void => {
    const own = groups[g];
    let positions = own.codes;
    if (first > 0 || !isSorted) {
      positions = new Int32Array(n);
      if (order === null) for (let s = 0; s < n; s++) positions[s] = first + own.codes[s];
      else for (let s = 0; s < n; s++) positions[s] = first + own.codes[order[s]];
    }
    const sorted = slope === null || order === null ? slope : permute(slope, order);
    blocks.push({ group: g, first, count: own.count, positions, slope: sorted });
    first += own.count;
  };
  groups.forEach((group, g) => {
    if (g !== eliminated) addBlock(g, null);
    if (group.slopes.length === 0) return;
    const totals = groupWeights(group.codes, group.count, weights);
    for (const slope of group.slopes) {
      // Centred in its own groups, a slope is orthogonal to their means: one iteration solves fe[x] alone.
      const centred = Float64Array.from(slope);
      demeanInto(centred, group.codes, totals, weights);
      demeanInto(centred, group.codes, totals, weights);
      // At unit size, its unknowns are comparable with those of means.
      const size = Math.sqrt(sumOfSquares(centred) / n);
      if (size > 0) for (let i = 0; i < n; i++) centred[i] /= size;
      addBlock(g, centred);
    }
  });
  const bare = {
    nrow: n,
    eliminated,
    starts,
    totals: weights === null ? lengthsOf(starts) : groupWeights(codes, count, weights),
    weights: weights === null || order === null ? weights : permute(weights, order),
    blocks,
    size: first,
    isSorted,
    longest,
    counts: new Float64Array(first),
  };
  for (const { positions } of blocks) for (let s = 0; s < n; s++) bare.counts[positions[s]] += 1;
  return {
    ...bare,
    diagonal: diagonalOf(bare),
    get order() {
      return sortedOrder();
    },
  };
}

/** Fills in where every level starts among sorted rows. @returns whether the rows are sorted. */
function countLevels(codes: Int32Array, starts: Int32Array): boolean {
  const n = codes.length;
  let last = 0;
  let i = 0;
  for (; i < n && codes[i] >= last; i++) {
    // Each level that begins here: all occur.
    while (last < codes[i]) starts[++last] = i;
  }
  if (i === n) {
    starts.fill(n, last + 1);
    return true;
  }
  starts.fill(0);
  for (i = 0; i < n; i++) starts[codes[i] + 1] += 1;
  for (let g = 1; g < starts.length; g++) starts[g] += starts[g - 1];
  return false;
}

function orderOf(codes: Int32Array, starts: Int32Array): Int32Array {
  const order = new Int32Array(codes.length);
  const cursor = starts.slice(0, starts.length - 1);
  for (let i = 0; i < order.length; i++) order[cursor[codes[i]]++] = i;
  return order;
}

function lengthsOf(starts: Int32Array): Float64Array {
  const out = new Float64Array(starts.length - 1);
  for (let g = 0; g < out.length; g++) out[g] = starts[g + 1] - starts[g];
  return out;
}

export function permute(values: Float64Array, order: Int32Array): Float64Array {
  const out = new Float64Array(values.length);
  for (let s = 0; s < out.length; s++) out[s] = values[order[s]];
  return out;
}

/** The diagonal of S: sum of w z^2 less, for every eliminated level, (sum of w z)^2 over its weight. */
function diagonalOf(system: Omit<SchurSystem, 'diagonal' | 'order'>): Float64Array {
  const { starts, totals, weights, blocks, size, counts } = system;
  const out = new Float64Array(size);
  const inLevel = new Float64Array(size);
  if (weights === null && blocks.every(({ slope }) => slope === null)) {
    out.set(counts);
    for (const { positions } of blocks) {
      for (let g = 0; g < totals.length; g++) {
        const end = starts[g + 1];
        const share = 1 / totals[g];
        for (let s = starts[g]; s < end; s++) inLevel[positions[s]] += 1;
        for (let s = starts[g]; s < end; s++) {
          const at = positions[s];
          const met = inLevel[at];
          out[at] -= met * met * share;
          inLevel[at] = 0;
        }
      }
    }
    return out;
  }
  for (let g = 0; g < totals.length; g++) {
    for (const { positions, slope } of blocks) {
      for (let s = starts[g]; s < starts[g + 1]; s++) {
        const z = slope === null ? 1 : slope[s];
        const w = weights === null ? 1 : weights[s];
        out[positions[s]] += w * z * z;
        inLevel[positions[s]] += w * z;
      }
      for (let s = starts[g]; s < starts[g + 1]; s++) {
        const sum = inLevel[positions[s]];
        if (sum === 0) continue;
        out[positions[s]] -= (sum * sum) / totals[g];
        inLevel[positions[s]] = 0;
      }
    }
  }
  return out;
}

/** Takes the means of the eliminated group out of sorted values. */
export function eliminateInto(system: SchurSystem, values: Float64Array): void {
  const { starts, totals, weights } = system;
  for (let g = 0; g < totals.length; g++) {
    const start = starts[g];
    const end = starts[g + 1];
    let sum = 0;
    if (weights === null) for (let s = start; s < end; s++) sum += values[s];
    else for (let s = start; s < end; s++) sum += weights[s] * values[s];
    const average = sum / totals[g];
    for (let s = start; s < end; s++) values[s] -= average;
  }
}

/** out = D' W values, of sorted values. */
export function gatherInto(system: SchurSystem, values: Float64Array, out: Float64Array): void {
  const { weights } = system;
  out.fill(0);
  for (const { positions, slope } of system.blocks) {
    if (slope === null && weights === null) for (let s = 0; s < values.length; s++) out[positions[s]] += values[s];
    else {
      for (let s = 0; s < values.length; s++) {
        out[positions[s]] += values[s] * (slope === null ? 1 : slope[s]) * (weights === null ? 1 : weights[s]);
      }
    }
  }
}

/** values = D unknowns, sorted. */
export function spreadInto(system: SchurSystem, unknowns: Float64Array, values: Float64Array): void {
  values.fill(0);
  for (const block of system.blocks) addBlockInto(block, unknowns, values);
}

/** values += the part of D unknowns that belongs to `block`. */
export function addBlockInto(block: SchurBlock, unknowns: Float64Array, values: Float64Array): void {
  const { positions, slope } = block;
  if (slope === null) for (let s = 0; s < values.length; s++) values[s] += unknowns[positions[s]];
  else for (let s = 0; s < values.length; s++) values[s] += unknowns[positions[s]] * slope[s];
}

/** out = S unknowns; `scratch` has n elements. */
export function applySchurInto(
  system: SchurSystem,
  unknowns: Float64Array,
  out: Float64Array,
  scratch: Float64Array,
): void {
  if (isPlain(system)) {
    applyPlainInto(system, unknowns, out);
    return;
  }
  spreadInto(system, unknowns, scratch);
  eliminateInto(system, scratch);
  gatherInto(system, scratch, out);
}

/** Room for `width` numbers for every row of the longest eliminated level. */
export function scratchOf({ longest }: SchurSystem, width: number): Float64Array {
  return new Float64Array(width * longest);
}

/** Whether S is counts less the means of one other group: two groups, no weights. */
export function isPlain({ blocks, weights }: SchurSystem): boolean {
  return blocks.length === 1 && blocks[0].slope === null && weights === null;
}

/** Three groups without slopes and weights. */
export function isPlainPair({ blocks, weights }: SchurSystem): boolean {
  return weights === null && blocks.length === 2 && blocks.every(({ slope }) => slope === null);
}

/** The two-group case without weights: both halves on rows that are still in the cache. */
function applyPlainInto(system: SchurSystem, unknowns: Float64Array, out: Float64Array): void {
  const { starts, totals, counts } = system;
  const { positions } = system.blocks[0];
  for (let at = 0; at < out.length; at++) out[at] = counts[at] * unknowns[at];
  for (let g = 0; g < totals.length; g++) {
    const start = starts[g];
    const end = starts[g + 1];
    let sum = 0;
    for (let s = start; s < end; s++) sum += unknowns[positions[s]];
    const average = sum / (end - start);
    for (let s = start; s < end; s++) out[positions[s]] -= average;
  }
}
