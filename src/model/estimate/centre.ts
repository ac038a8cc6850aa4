import { mean, pairwiseSum } from '../../math/pairwise-sum.ts';

/** (Weighted) mean, rounded about once. */
export function weightedMean(values: Float64Array, weights: Float64Array | null): number {
  if (weights === null) return mean(values);
  const total = pairwiseSum(weights);
  let first = 0;
  for (let i = 0; i < values.length; i++) first += weights[i] * values[i];
  first /= total;
  let correction = 0;
  for (let i = 0; i < values.length; i++) correction += weights[i] * (values[i] - first);
  return first + correction / total;
}

/** Takes the (weighted) mean out of `values`, and once more what rounding left of it. */
export function centreInto(values: Float64Array, weights: Float64Array | null): void {
  for (let pass = 0; pass < 2; pass++) {
    // The second pass corrects the plain mean of the first.
    const centre = weights === null ? pairwiseSum(values) / values.length : weightedMean(values, weights);
    for (let i = 0; i < values.length; i++) values[i] -= centre;
  }
}
