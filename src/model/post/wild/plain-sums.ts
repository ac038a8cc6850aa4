import { crossProduct } from '../../../math/cross-product.ts';
import { rowSums, rowsTogether } from '../../../math/kernel/eight-rows.ts';
import { columnView, dot, transpose, zeros } from '../../../math/matrix.ts';
import { symmetricEigen } from '../../../math/symmetric-eigen.ts';
import type { SetupTerm, WildSetup } from './setup.ts';
import type { Alphabet } from './weights.ts';

/** Numbers of a draw: the estimate moves by n0 + rho n1, its variance is v0 + rho v1 + rho^2 v2. */
export const drawWidth = 5;

/** Most entries of a table of partial sums, one a combination of digits: five signs, or two of six points. */
const tableEntries = 36;

/** What a draw sums over clusters: `length` numbers each, those from `once` on multiplied by the square of the weight. */
export interface ClusterLines {
  readonly data: Float64Array;
  readonly length: number;
  readonly once: number;
  readonly clusters: number;
}

export interface PlainSums {
  readonly lines: ClusterLines;
  /** From the sums of a draw, at `from`, its numbers, at `to`. */
  readonly finish: (sums: Float64Array, from: number, out: Float64Array, to: number) => void;
}

/**
 * One sum of squares whose groups are the bootstrap clusters. With own parts a_g and pulls p_g, sum_g (a_g w_g - p_g'q)^2 =
 * sum a_g^2 w_g^2 - 2 (sum a_g w_g p_g)'q + q'(sum p_g p_g')q: all that a draw needs is linear in w or w^2. In the basis of the
 * eigenvectors of sum p_g p_g' the last form is diagonal.
 */
export function plainSums(
  { width: c, clusters, load, fixed, moving }: WildSetup,
  { weight, ownFixed, ownMoving, pull }: SetupTerm,
): PlainSums {
  const { values, vectors } = symmetricEigen(crossProduct(transpose(pull)));
  const turn = (x: Float64Array): Float64Array =>
    Float64Array.from({ length: c }, (_, e) => dot(columnView(vectors, e), x));
  const parts = moving === null ? 1 : 2;
  const once = 2 * parts * c;
  const length = once + (moving === null ? 1 : 3);
  const lines = zeros(length, clusters);
  for (let g = 0; g < clusters; g++) {
    const line = columnView(lines, g);
    const p = turn(columnView(pull, g));
    const own = [ownFixed[g], ...(ownMoving === null ? [] : [ownMoving[g]])];
    [fixed, moving].forEach((scores, part) => {
      if (scores === null) return;
      line.set(turn(columnView(scores, g)), part * c);
      for (let e = 0; e < c; e++) line[(parts + part) * c + e] = own[part] * p[e];
    });
    line[once] = own[0] ** 2;
    if (own.length === 2) {
      line[once + 1] = 2 * own[0] * own[1];
      line[once + 2] = own[1] ** 2;
    }
  }
  const turned = turn(load);
  const finish: PlainSums['finish'] = (sums, from, out, to) => {
    let n0 = 0;
    let n1 = 0;
    let v0 = sums[from + once];
    let v1 = 0;
    let v2 = 0;
    if (parts === 1) {
      for (let e = 0; e < c; e++) {
        const q = sums[from + e];
        n0 += turned[e] * q;
        v0 += q * (values[e] * q - 2 * sums[from + c + e]);
      }
    } else {
      v1 = sums[from + once + 1];
      v2 = sums[from + once + 2];
      for (let e = 0; e < c; e++) {
        const q0 = sums[from + e];
        const q1 = sums[from + e + c];
        const w0 = sums[from + e + 2 * c];
        const w1 = sums[from + e + 3 * c];
        n0 += turned[e] * q0;
        n1 += turned[e] * q1;
        v0 += q0 * (values[e] * q0 - 2 * w0);
        v1 += 2 * (values[e] * q0 * q1 - w0 * q1 - w1 * q0);
        v2 += q1 * (values[e] * q1 - 2 * w1);
      }
    }
    out[to] = n0;
    out[to + 1] = n1;
    out[to + 2] = weight * v0;
    out[to + 3] = weight * v1;
    out[to + 4] = weight * v2;
  };
  return { lines: { data: lines.data, length, once, clusters }, finish };
}

/** The numbers of a draw whose weights are any numbers: cluster by cluster. */
export function sumByCluster({
  lines,
  finish,
}: PlainSums): (factors: Float64Array, out: Float64Array, at: number) => void {
  const { data, length, once, clusters } = lines;
  const sum = new Float64Array(length);
  return (factors, out, at) => {
    sum.fill(0);
    for (let g = 0; g < clusters; g++) {
      const w = factors[g];
      const from = g * length;
      for (let e = 0; e < once; e++) sum[e] += w * data[from + e];
      for (let e = once; e < length; e++) sum[e] += w * w * data[from + e];
    }
    finish(sum, 0, out, at);
  };
}

/** Tables of the partial sums of blocks of clusters, one entry a combination of digits ("four Russians"). */
export interface PartialSums {
  /** Numbers from one draw's sums to the next. */
  readonly step: number;
  readonly sums: Float64Array;
  /** Rows of the tables that a draw adds up. */
  readonly rows: number;
  /** Writes the rows of a draw from its digits, one a cluster. */
  readonly ofDigits: (digits: Uint8Array, rows: Int32Array) => void;
  /** The same of two values, from their bits, cluster 0 the lowest of the first word. */
  readonly ofBits: (words: Uint32Array, rows: Int32Array) => void;
  /** sums of draws 0 … count - 1 from their rows, `rows` each, one draw after the other. */
  readonly addUp: (rows: Int32Array, count: number) => void;
}

/** @param together draws whose sums are kept at hand while the tables pass by, some blocks at a time */
export function partialSums(
  { data, length, once, clusters }: ClusterLines,
  { values }: Alphabet,
  together: number,
): PartialSums {
  const base = values.length;
  const perBlock = Math.max(1, Math.floor(Math.log(tableEntries) / Math.log(base) + 1e-9));
  const entries = base ** perBlock;
  const blocks = Math.ceil(clusters / perBlock);
  const rows = Math.ceil(blocks / rowsTogether) * rowsTogether;
  // The last row is of zeros, for the blocks that fill the last pass.
  const zero = blocks * entries;
  const { step, table, sums, add } = rowSums(length, zero + 1, together);
  for (let g = 0; g < clusters; g++) {
    const [first, line] = [Math.floor(g / perBlock) * entries * step, g * length];
    // The entries of the clusters before are there; each gets this cluster's value, the last digit first since it is the source's.
    const before = base ** (g % perBlock);
    for (let digit = base - 1; digit >= 0; digit--) {
      const w = values[digit];
      for (let entry = 0; entry < before; entry++) {
        const from = first + entry * step;
        const to = from + digit * before * step;
        for (let e = 0; e < once; e++) table[to + e] = table[from + e] + w * data[line + e];
        for (let e = once; e < length; e++) table[to + e] = table[from + e] + w * w * data[line + e];
      }
    }
  }
  return {
    ...{ step, sums, rows },
    ofDigits: (digits, out) => {
      out.fill(zero, blocks);
      for (let block = 0; block < blocks; block++) {
        let entry = 0;
        for (let g = Math.min(clusters, (block + 1) * perBlock) - 1; g >= block * perBlock; g--) {
          entry = entry * base + digits[g];
        }
        out[block] = block * entries + entry;
      }
    },
    ofBits: (words, out) => {
      out.fill(zero, blocks);
      // Bits beyond the last cluster name no entry of the last block.
      words[words.length - 1] &= clusters % 32 === 0 ? -1 : (1 << (clusters % 32)) - 1;
      for (let block = 0, bit = 0; block < blocks; block++, bit += perBlock) {
        const [word, low] = [bit >>> 5, bit & 31];
        const next = low === 0 ? 0 : (words[word + 1] ?? 0) << (32 - low);
        out[block] = block * entries + (((words[word] >>> low) | next) & (entries - 1));
      }
    },
    addUp: (drawn, count) => {
      sums.fill(0, 0, count * step);
      for (let block = 0; block < rows; block += rowsTogether) {
        for (let k = 0; k < count; k++) add(k, drawn, k * rows + block);
      }
    },
  };
}
