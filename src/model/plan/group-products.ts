import type { Matrix } from '../../math/matrix.ts';
import { zeros } from '../../math/matrix.ts';
import type { Factor } from '../../table/factor.ts';

/**
 * Cross-products of each cluster's rows, F_g'Q_g and F_g'e_g: with them the scores F_g'u_g of any u = q w + e are a product of
 * small matrices. F is q with columns of a constant before it.
 */
export interface GroupProducts {
  readonly count: number;
  /** f rows of a cluster's block. */
  readonly height: number;
  /** p columns of a cluster's block. */
  readonly width: number;
  /** count blocks, each f x p, row-major. */
  readonly blocks: Float64Array;
}

/** Most numbers that the blocks may hold: 160 MB. */
const blockLimit = 2e7;

/** Whether blocks cost less than going through the rows: each model reads all of them. */
export function areProductsWorthwhile(nrow: number, count: number, height: number, width: number): boolean {
  const size = count * height * width;
  return size <= blockLimit && size <= nrow * (height + width);
}

/** @param frame f columns of n; the last p of them are those of q. */
export function groupProducts(frame: readonly Float64Array[], width: number, groups: Factor): GroupProducts {
  const height = frame.length;
  const first = height - width;
  const { codes, count } = groups;
  const blocks = new Float64Array(count * height * width);
  const stride = height * width;
  for (let a = 0; a < height; a++) {
    const left = frame[a];
    // The part of q with itself is symmetric: one half is summed, the other copied.
    for (let b = Math.max(0, a - first); b < width; b++) {
      const right = frame[first + b];
      const at = a * width + b;
      for (let i = 0; i < codes.length; i++) blocks[codes[i] * stride + at] += left[i] * right[i];
      if (a <= first + b && a >= first) {
        const mirrored = (first + b) * width + (a - first);
        for (let g = 0; g < count; g++) blocks[g * stride + mirrored] = blocks[g * stride + at];
      }
    }
  }
  return { count, height, width, blocks };
}

/** F_g'e in each group: count x f. */
export function frameSums(frame: readonly Float64Array[], e: Float64Array, { codes, count }: Factor): Matrix {
  const out = zeros(count, frame.length);
  frame.forEach((column, a) => {
    const offset = a * count;
    for (let i = 0; i < codes.length; i++) out.data[offset + codes[i]] += column[i] * e[i];
  });
  return out;
}

/** F_g'(q w + e) in each group: count x f. */
export function scoresOf({ count, height, width, blocks }: GroupProducts, sums: Matrix, w: Float64Array): Matrix {
  const out = zeros(count, height);
  let at = 0;
  for (let g = 0; g < count; g++) {
    for (let a = 0; a < height; a++) {
      let sum = sums.data[g + a * count];
      for (let b = 0; b < width; b++) sum += blocks[at++] * w[b];
      out.data[g + a * count] = sum;
    }
  }
  return out;
}

/** Scores in a model's own basis: the columns before q as they are, then those of q times `u` (p x k). */
export function rotatedScores(scores: Matrix, u: Matrix): Matrix {
  const { nrow: count, ncol: height } = scores;
  const first = height - u.nrow;
  const out = zeros(count, first + u.ncol);
  out.data.set(scores.data.subarray(0, first * count));
  for (let j = 0; j < u.ncol; j++) {
    const target = (first + j) * count;
    for (let a = 0; a < u.nrow; a++) {
      const scale = u.data[a + j * u.nrow];
      if (scale === 0) continue;
      const source = (first + a) * count;
      for (let g = 0; g < count; g++) out.data[target + g] += scale * scores.data[source + g];
    }
  }
  return out;
}
