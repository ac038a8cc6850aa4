import { type RandomStream, randomStream } from '../../../math/random/philox.ts';
import type { PermutedDifference, PermutedGroups } from '../../result/differences.ts';
import type { GroupProducts, GroupUnits } from './group-products.ts';
import { slopeSolver } from './slope.ts';
import { unitSums } from './unit-sums.ts';

interface DrawOptions {
  readonly reps: number;
  readonly seed: number;
}

/** Numbers of the streams: pairs from here on by their place, all groups together. */
const pairStream = 0x67_0000;
const allStream = 0x66_ffff;
/** Statistics that differ by less than this share are equal up to rounding. */
const tied = 1e-9;

/**
 * Fisher's permutation test that two groups have one slope: the labels of the groups change places between whole units, both models are
 * estimated again, and p is the share of assignments whose difference is at least as large. Every assignment is taken once where there
 * are no more of them than draws; otherwise p = (1 + #) / (1 + B) (Phipson and Smyth 2010).
 * @param pair places of the two groups. @param place of the pair, which numbers its draws.
 */
export function permutePair(
  { layout, groups }: GroupProducts,
  [base, other]: readonly [number, number],
  place: number,
  { reps, seed }: DrawOptions,
): PermutedDifference {
  const pool = [groups[base], groups[other]];
  const [first, second] = pool.map(({ units }) => units.length);
  const isFirstLess = first <= second;
  const size = Math.min(first, second);
  const n = first + second;
  const { width } = layout;
  const products = joinedProducts(pool);
  const whole = sumOf(products, width, n);
  const solve = slopeSolver(layout, whole);
  const sumUnits = unitSums(products, width, n);
  const rest = new Float64Array(width);
  /** Slope of the second group less that of the first, with the chosen units as the smaller one. */
  const difference = (chosen: ArrayLike<number>): number => {
    const part = sumUnits(chosen, 0, size);
    for (let j = 0; j < width; j++) rest[j] = whole[j] - part[j];
    const less = solve(part, size).slope;
    const more = solve(rest, n - size).slope;
    return isFirstLess ? more - less : less - more;
  };
  const observed = difference(Int32Array.from({ length: size }, (_, k) => (isFirstLess ? k : first + k)));
  const arrangements = combinations(n, size, reps);
  const count = arrangements ?? reps;
  const tally = tallyOf(observed);
  const chosen = Int32Array.from({ length: n }, (_, i) => i);
  for (let draw = 0; draw < count; draw++) {
    if (arrangements === null) shuffleInto(chosen, size, randomStream(seed, pairStream + place, draw));
    tally.add(difference(chosen));
    if (arrangements !== null) nextCombination(chosen, size, n);
  }
  return { ...tally.result(arrangements !== null), reps: count };
}

/**
 * The same for all groups at once: labels change places between the units of all groups. The statistic is the variation of the slopes
 * between groups, sum of w_g (b_g - mean)^2, w_g what controls and effects leave of the regressor's sum of squares in group g.
 */
export function permuteAll({ layout, groups }: GroupProducts, { reps, seed }: DrawOptions): PermutedGroups {
  const sizes = groups.map(({ units }) => units.length);
  const n = sizes.reduce((sum, size) => sum + size, 0);
  const { width } = layout;
  const products = joinedProducts(groups);
  const whole = sumOf(products, width, n);
  const solve = slopeSolver(layout, whole);
  const sumUnits = unitSums(products, width, n);
  const rest = new Float64Array(width);
  const variation = (order: Int32Array): number => {
    rest.set(whole);
    let [weights, sum, squares, at] = [0, 0, 0, 0];
    for (let g = 0; g < sizes.length; g++) {
      const isLast = g === sizes.length - 1;
      const sums = isLast ? rest : sumUnits(order, at, sizes[g]);
      if (!isLast) for (let j = 0; j < width; j++) rest[j] -= sums[j];
      at += sizes[g];
      const { slope, squares: weight } = solve(sums, sizes[g]);
      weights += weight;
      sum += weight * slope;
      squares += weight * slope * slope;
    }
    return squares - (sum * sum) / weights;
  };
  const order = Int32Array.from({ length: n }, (_, i) => i);
  const tally = tallyOf(variation(order));
  for (let draw = 0; draw < reps; draw++) {
    shuffleInto(order, n, randomStream(seed, allStream, draw));
    tally.add(variation(order));
  }
  const { above: _above, ...found } = tally.result(false);
  return { ...found, reps };
}

/** Counts draws against what was observed. */
function tallyOf(observed: number): {
  readonly add: (value: number) => void;
  readonly result: (isWhole: boolean) => Omit<PermutedDifference, 'reps'>;
} {
  const size = Math.abs(observed);
  let [larger, above, failed, counted] = [0, 0, 0, 0];
  return {
    add: (value) => {
      if (Number.isNaN(value)) {
        failed += 1;
        return;
      }
      counted += 1;
      if (Math.abs(value) >= size * (1 - tied)) larger += 1;
      if (value * Math.sign(observed) >= size * (1 - tied)) above += 1;
    },
    result: (isWhole) => {
      const hasNone = Number.isNaN(observed) || counted === 0;
      const p = hasNone ? null : isWhole ? larger / counted : (1 + larger) / (1 + counted);
      return { p, larger, above, failed, is_enumerated: isWhole };
    },
  };
}

function joinedProducts(groups: readonly GroupUnits[]): Float64Array {
  const out = new Float64Array(groups.reduce((sum, { products }) => sum + products.length, 0));
  let at = 0;
  for (const { products } of groups) {
    out.set(products, at);
    at += products.length;
  }
  return out;
}

function sumOf(products: Float64Array, width: number, count: number): Float64Array {
  const out = new Float64Array(width);
  for (let u = 0; u < count; u++) addInto(out, products, u * width, 1);
  return out;
}

export function addInto(target: Float64Array, source: Float64Array, from: number, times: number): void {
  for (let j = 0; j < target.length; j++) target[j] += times * source[from + j];
}

/** The first `size` of 0 … n - 1 in an order of their own (Fisher and Yates). */
function shuffleInto(order: Int32Array, size: number, random: RandomStream): void {
  const n = order.length;
  for (let i = 0; i < n; i++) order[i] = i;
  for (let i = 0; i < Math.min(size, n - 1); i++) {
    const j = i + random.integer(n - i);
    [order[i], order[j]] = [order[j], order[i]];
  }
}

/** How many ways there are to choose `size` of `n`; null where there are more than `most`. */
export function combinations(n: number, size: number, most: number): number | null {
  let count = 1;
  for (let k = 1; k <= size; k++) {
    count = (count * (n - size + k)) / k;
    if (count > most * (1 + 1e-9)) return null;
  }
  return Math.round(count);
}

/** The next choice of `size` of `n` in ascending order; the last is followed by itself. */
export function nextCombination(chosen: Int32Array, size: number, n: number): void {
  let k = size - 1;
  while (k >= 0 && chosen[k] === n - size + k) k -= 1;
  if (k < 0) return;
  chosen[k] += 1;
  for (let j = k + 1; j < size; j++) chosen[j] = chosen[j - 1] + 1;
}
