import { dot } from '../../../../math/matrix.ts';
import type { PanelShape } from './latent-panel.ts';

/**
 * Deviations of the sample's cells from their city and year means, x - x_i. - x_.t + x.. (the balanced closed form).
 * @returns sample cities × years, in sample order
 */
export function twoWayDeviations(values: Float64Array, shape: PanelShape): Float64Array {
  const { years, sample } = shape;
  const n = sample.length;
  const out = new Float64Array(n * years);
  const yearMeans = new Float64Array(years);
  let grandMean = 0;
  for (let i = 0; i < n; i++) {
    let cityMean = 0;
    for (let t = 0; t < years; t++) {
      const value = values[sample[i] * years + t];
      cityMean += value / years;
      yearMeans[t] += value / n;
    }
    grandMean += cityMean / n;
    for (let t = 0; t < years; t++) out[i * years + t] = values[sample[i] * years + t] - cityMean;
  }
  for (let i = 0; i < n; i++) {
    for (let t = 0; t < years; t++) out[i * years + t] += grandMean - yearMeans[t];
  }
  return out;
}

/** Sums of squares of the sample's cells: around the mean, around city means, and net of both effects. */
export function sumsOfSquares(
  values: Float64Array,
  shape: PanelShape,
): { total: number; within: number; twoWay: number } {
  const { years, sample } = shape;
  let mean = 0;
  for (const city of sample) for (let t = 0; t < years; t++) mean += values[city * years + t];
  mean /= sample.length * years;
  let total = 0;
  let within = 0;
  for (const city of sample) {
    let cityMean = 0;
    for (let t = 0; t < years; t++) cityMean += values[city * years + t] / years;
    for (let t = 0; t < years; t++) {
      total += (values[city * years + t] - mean) ** 2;
      within += (values[city * years + t] - cityMean) ** 2;
    }
  }
  return { total, within, twoWay: dot(twoWayDeviations(values, shape)) };
}
