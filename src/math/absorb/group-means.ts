import { pairwiseSum } from '../pairwise-sum.ts';

/** Sum of weights in each group; the row counts where there are no weights. */
export function groupWeights(codes: Int32Array, count: number, weights: Float64Array | null): Float64Array {
  const out = new Float64Array(count);
  if (weights === null) for (let i = 0; i < codes.length; i++) out[codes[i]] += 1;
  else for (let i = 0; i < codes.length; i++) out[codes[i]] += weights[i];
  return out;
}

/** (Weighted) mean of `values` in each group. */
export function groupMeans(
  values: Float64Array,
  codes: Int32Array,
  totals: Float64Array,
  weights: Float64Array | null,
): Float64Array {
  const means = new Float64Array(totals.length);
  if (weights === null) for (let i = 0; i < values.length; i++) means[codes[i]] += values[i];
  else for (let i = 0; i < values.length; i++) means[codes[i]] += weights[i] * values[i];
  for (let g = 0; g < means.length; g++) means[g] /= totals[g];
  return means;
}

/** (Weighted) sum of squares around the group means. */
export function squaresWithin(
  values: Float64Array,
  codes: Int32Array,
  means: Float64Array,
  weights: Float64Array | null,
): number {
  // By group first, so that rounding grows with the size of one.
  const squares = new Float64Array(means.length);
  for (let i = 0; i < values.length; i++) {
    const left = values[i] - means[codes[i]];
    squares[codes[i]] += left * left * (weights === null ? 1 : weights[i]);
  }
  return pairwiseSum(squares);
}

/** Takes the group means out of `values`. */
export function demeanInto(
  values: Float64Array,
  codes: Int32Array,
  totals: Float64Array,
  weights: Float64Array | null,
): void {
  const means = groupMeans(values, codes, totals, weights);
  for (let i = 0; i < values.length; i++) values[i] -= means[codes[i]];
}
