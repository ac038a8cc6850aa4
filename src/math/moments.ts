import { pairwiseSum } from './pairwise-sum.ts';

/** Mean of a column, and its norms around zero and around the mean. */
export interface Moments {
  readonly mean: number;
  readonly raw: number;
  readonly centred: number;
}

const blockLength = 512;
/** Values whose mean the deviations are taken from, spread over the column. */
const probeLength = 512;
/** Share of the squares around the probe that may be due to its distance from the mean: more would cost digits. */
const distant = 0.1;

/**
 * Mean and norms in one pass: deviations from a number near the mean, so that their squares lose nothing when the rest of the
 * distance is taken off; a second pass where it was not near.
 */
export function momentsOf(values: Float64Array): Moments {
  const n = values.length;
  if (n === 0) return { mean: Number.NaN, raw: 0, centred: 0 };
  const step = Math.max(1, Math.floor(n / probeLength));
  let near = 0;
  let count = 0;
  for (let i = step >> 1; i < n; i += step, count++) near += values[i];
  const first = around(values, count === 0 ? values[0] : near / count);
  if (n * first.distance ** 2 <= distant * first.squares) return first.moments;
  return around(values, first.moments.mean).moments;
}

function around(values: Float64Array, centre: number): { moments: Moments; distance: number; squares: number } {
  const n = values.length;
  const blocks = Math.ceil(n / blockLength);
  const sums = new Float64Array(blocks);
  const squares = new Float64Array(blocks);
  const raw = new Float64Array(blocks);
  for (let b = 0; b < blocks; b++) {
    const end = Math.min(n, (b + 1) * blockLength);
    let p = 0;
    let q = 0;
    let s = 0;
    let t = 0;
    let u = 0;
    let v = 0;
    let i = b * blockLength;
    for (; i + 1 < end; i += 2) {
      const left = values[i] - centre;
      const right = values[i + 1] - centre;
      p += left;
      q += right;
      s += left * left;
      t += right * right;
      u += values[i] * values[i];
      v += values[i + 1] * values[i + 1];
    }
    if (i < end) {
      const left = values[i] - centre;
      p += left;
      s += left * left;
      u += values[i] * values[i];
    }
    sums[b] = p + q;
    squares[b] = s + t;
    raw[b] = u + v;
  }
  const distance = pairwiseSum(sums) / n;
  const all = pairwiseSum(squares);
  const centred = Math.sqrt(Math.max(0, all - n * distance * distance));
  return { moments: { mean: centre + distance, raw: Math.sqrt(pairwiseSum(raw)), centred }, distance, squares: all };
}
