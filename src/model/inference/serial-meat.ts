import type { Matrix } from '../../math/matrix.ts';
import { zeros } from '../../math/matrix.ts';
import type { LagWeights } from './serial-kernel.ts';

/** Rows of scores laid out in time, series by series. */
export interface Series {
  /** m x r scores. */
  readonly scores: Matrix;
  /** m rows of `scores`, by series and then by place. */
  readonly order: Int32Array;
  /** Series of each row of `scores`. */
  readonly series: Int32Array;
  /** Place on the time axis of each row of `scores`, in whole periods. */
  readonly places: Float64Array;
}

/**
 * sum over pairs of rows of one series, l = |t - s| periods apart, of k(l) (s_t s_s' + s_s s_t'): the part of Newey and West
 * (1987) that lies off the diagonal, by the value of time.
 * @returns r x r, symmetric.
 */
export function serialMeat({ scores, order, series, places }: Series, { reach, weight: weightAt }: LagWeights): Matrix {
  const { nrow, ncol: r, data } = scores;
  const out = zeros(r, r);
  for (let late = 1; late < order.length; late++) {
    const a = order[late];
    for (let early = late - 1; early >= 0; early--) {
      const b = order[early];
      const distance = places[a] - places[b];
      if (series[a] !== series[b] || distance > reach) break;
      const weight = weightAt(distance);
      for (let j = 0; j < r; j++) {
        const aj = weight * data[a + j * nrow];
        const bj = weight * data[b + j * nrow];
        for (let i = 0; i <= j; i++) out.data[i + j * r] += data[a + i * nrow] * bj + data[b + i * nrow] * aj;
      }
    }
  }
  for (let j = 0; j < r; j++) for (let i = 0; i < j; i++) out.data[j + i * r] = out.data[i + j * r];
  return out;
}

/** Rows by series, then by place; ties keep their order. */
export function orderSeries(series: Int32Array, places: Float64Array): Int32Array {
  const order = Int32Array.from({ length: series.length }, (_, i) => i);
  return order.sort((a, b) => series[a] - series[b] || places[a] - places[b] || a - b);
}
