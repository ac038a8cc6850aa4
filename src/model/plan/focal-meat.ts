import type { Matrix } from '../../math/matrix.ts';
import { columnView } from '../../math/matrix.ts';

/** v = sum of own_i x_i and u = y + sum of rest_i x_i, over the first `count` of the columns. */
export interface FocalScores {
  /** Positions of the columns x_i. */
  readonly columns: Int32Array;
  readonly count: number;
  readonly own: Float64Array;
  readonly rest: Float64Array;
  /** Position of the column y. */
  readonly outcome: number;
}

/**
 * sum over groups of (sum over rows of v_i u_i)^2: the meat of one estimate, v what the other regressors leave of its own, u the residuals.
 */
export type FocalMeat = (scores: FocalScores) => number;

export interface MeatInput {
  /** n rows, columns net of effects. */
  readonly columns: Matrix;
  /** The group of each row; null: every row is one. */
  readonly groups: { readonly codes: Int32Array; readonly count: number } | null;
  readonly wanted: WantedMeats;
}

/** What estimates of a sample will be asked for. */
export interface WantedMeats {
  /** Pairs of columns whose products they rest on. */
  readonly pairs: readonly (readonly [number, number])[];
  /** How many, and of how many regressors each has in the middle. */
  readonly times: number;
  readonly regressors: number;
}

/** Most numbers that the products by group, and their cross-products, may hold: 160 MB. */
const mostProducts = 2e7;
/** Share of its largest possible value below which squares have cancelled too far: rounding of 1e-15 would be 1e-11 and more. */
const cancelled = { cross: 1e-4, groups: 1e-10 };

/**
 * The cheapest of three ways, with Z_g the m products of pairs of columns in group g and z their weights (own_i rest_j + own_j rest_i,
 * own_i), of which an estimate has m' that are not 0:
 * - through the rows;
 * - through the groups, sum over g of (Z_g'z)^2: G m', once the products are formed;
 * - through their cross-products, z'(sum over g of Z_g Z_g')z: m'^2 / 2, once these are formed from the products.
 * Where the second or the third would lose digits the one before is taken.
 */
export function focalMeat(input: MeatInput): FocalMeat {
  const { columns, groups, wanted } = input;
  const { times, regressors: k } = wanted;
  const n = columns.nrow;
  const count = groups?.count ?? n;
  const m = wanted.pairs.length;
  const own = (k * (k + 3)) / 2;
  const rows = rowsMeat(input);
  const byGroup = n * m + times * count * own;
  // Columns that are picked cost twice those that follow each other.
  const byCross = n * m + (count * m * m) / 2 + times * own * own;
  if (count * m > mostProducts || times * n * 2 * k <= Math.min(byGroup, byCross)) return rows;
  const products = pairProducts(input);
  const summed = groupsMeat(products, rows);
  return byCross < byGroup && m * m <= mostProducts ? crossMeat(products, summed) : summed;
}

function rowsMeat({ columns: matrix, groups }: MeatInput): FocalMeat {
  const n = matrix.nrow;
  const v = new Float64Array(n);
  const u = new Float64Array(n);
  const sums = new Float64Array(groups?.count ?? 0);
  return ({ columns, count, own, rest, outcome }) => {
    v.fill(0);
    u.set(columnView(matrix, outcome));
    for (let k = 0; k < count; k++) {
      const column = columnView(matrix, columns[k]);
      const [a, b] = [own[k], rest[k]];
      for (let i = 0; i < n; i++) {
        v[i] += a * column[i];
        u[i] += b * column[i];
      }
    }
    for (let i = 0; i < n; i++) v[i] *= u[i];
    if (groups === null) return sumOfSquares(v);
    const { codes } = groups;
    sums.fill(0);
    for (let i = 0; i < n; i++) sums[codes[i]] += v[i];
    return sumOfSquares(sums);
  };
}

/** Products of pairs of columns, a list of `count` sums by group each. */
interface PairProducts {
  readonly values: Float64Array;
  readonly count: number;
  readonly pairs: number;
  /** Which pair two columns are, in either order. */
  readonly place: Int32Array;
  readonly width: number;
  /** Root of the sum of squares of each. */
  readonly roots: Float64Array;
}

function pairProducts({ columns, groups, wanted: { pairs } }: MeatInput): PairProducts {
  const { nrow: n, ncol: width } = columns;
  const count = groups?.count ?? n;
  const values = new Float64Array(pairs.length * count);
  const place = new Int32Array(width * width).fill(-1);
  const roots = new Float64Array(pairs.length);
  pairs.forEach(([a, b], at) => {
    place[a * width + b] = at;
    place[b * width + a] = at;
    const own = values.subarray(at * count, (at + 1) * count);
    multiplyInto(own, columnView(columns, a), columnView(columns, b), groups?.codes ?? null);
    roots[at] = Math.sqrt(sumOfSquares(own));
  });
  return { values, count, pairs: pairs.length, place, width, roots };
}

function multiplyInto(out: Float64Array, left: Float64Array, right: Float64Array, codes: Int32Array | null): void {
  if (codes === null) for (let i = 0; i < out.length; i++) out[i] = left[i] * right[i];
  else for (let i = 0; i < codes.length; i++) out[codes[i]] += left[i] * right[i];
}

/** The pairs that one estimate has, their weights, and how many. */
interface PairWeights {
  at: Int32Array;
  z: Float64Array;
  length: number;
  /** sum of |weight| times root: the root of the meat is never more. */
  most: number;
}

function weigh(into: PairWeights, scores: FocalScores, { place, width, roots }: PairProducts): void {
  const { columns, count, own, rest, outcome } = scores;
  const needed = (count * (count + 3)) / 2;
  if (into.z.length < needed) {
    into.at = new Int32Array(2 * needed);
    into.z = new Float64Array(2 * needed);
  }
  const { at, z } = into;
  let m = 0;
  for (let i = 0; i < count; i++) {
    const row = columns[i] * width;
    const [a, b] = [own[i], rest[i]];
    at[m] = place[row + columns[i]];
    z[m++] = a * b;
    for (let j = i + 1; j < count; j++) {
      at[m] = place[row + columns[j]];
      z[m++] = a * rest[j] + own[j] * b;
    }
    at[m] = place[row + outcome];
    z[m++] = a;
  }
  into.length = m;
  into.most = 0;
  for (let i = 0; i < m; i++) into.most += Math.abs(z[i]) * roots[at[i]];
}

const noWeights = (): PairWeights => ({ at: new Int32Array(0), z: new Float64Array(0), length: 0, most: 0 });

function groupsMeat(products: PairProducts, otherwise: FocalMeat): FocalMeat {
  const { values, count } = products;
  const sums = new Float64Array(count);
  const weights = noWeights();
  return (scores) => {
    weigh(weights, scores, products);
    const { at, z, length, most } = weights;
    sums.fill(0);
    let m = 0;
    // Two lists at a time: a sum is loaded and stored once for both.
    for (; m + 1 < length; m += 2) {
      const [first, second, a, b] = [at[m] * count, at[m + 1] * count, z[m], z[m + 1]];
      for (let g = 0; g < count; g++) sums[g] += a * values[first + g] + b * values[second + g];
    }
    if (m < length) for (let g = 0; g < count; g++) sums[g] += z[m] * values[at[m] * count + g];
    const meat = sumOfSquares(sums);
    return meat > cancelled.groups * most * most ? meat : otherwise(scores);
  };
}

function crossMeat(products: PairProducts, otherwise: FocalMeat): FocalMeat {
  const { pairs } = products;
  const cross = crossProducts(products);
  const weights = noWeights();
  return (scores) => {
    weigh(weights, scores, products);
    const { at, z, length, most } = weights;
    let meat = 0;
    for (let i = 0; i < length; i++) {
      const row = at[i] * pairs;
      let [first, second] = [cross[row + at[i]] * z[i], 0];
      let j = i + 1;
      for (; j + 1 < length; j += 2) {
        first += 2 * cross[row + at[j]] * z[j];
        second += 2 * cross[row + at[j + 1]] * z[j + 1];
      }
      if (j < length) first += 2 * cross[row + at[j]] * z[j];
      meat += z[i] * (first + second);
    }
    return meat > cancelled.cross * most * most ? meat : otherwise(scores);
  };
}

/** sum over groups of Z_g Z_g', pairs x pairs. */
function crossProducts({ values, pairs: m, count }: PairProducts): Float64Array {
  const out = new Float64Array(m * m);
  // A stretch of groups at a time, that of all pairs together within a cache.
  const stretch = Math.max(64, Math.floor(2 ** 14 / m));
  for (let from = 0; from < count; from += stretch) {
    const to = Math.min(count, from + stretch);
    for (let a = 0; a < m; a++) {
      const left = a * count;
      let b = a;
      for (; b + 1 < m; b += 2) {
        const right = b * count;
        const next = right + count;
        let [first, second] = [0, 0];
        for (let g = from; g < to; g++) {
          const value = values[left + g];
          first += value * values[right + g];
          second += value * values[next + g];
        }
        out[a * m + b] += first;
        out[a * m + b + 1] += second;
      }
      if (b < m) {
        let last = 0;
        for (let g = from; g < to; g++) last += values[left + g] * values[b * count + g];
        out[a * m + b] += last;
      }
    }
  }
  for (let a = 0; a < m; a++) for (let b = 0; b < a; b++) out[a * m + b] = out[b * m + a];
  return out;
}

function sumOfSquares(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] * values[i];
  return sum;
}
