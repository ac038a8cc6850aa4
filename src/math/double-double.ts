/**
 * Sums and inner products carried in twice the working precision (Dekker 1971; Ogita, Rump and Oishi 2005).
 * Used where a residual must be right although it is a small difference of large numbers.
 */

/** base - sum_j columns_j[i] * factors[j] for each i, accumulated in twice the working precision, rounded once. */
export function accurateResidualInto(
  out: Float64Array,
  base: Float64Array,
  columns: readonly Float64Array[],
  factors: ArrayLike<number>,
): void {
  const k = columns.length;
  for (let i = 0; i < out.length; i++) {
    let high = base[i];
    let low = 0;
    for (let j = 0; j < k; j++) {
      const a = -factors[j];
      const b = columns[j][i];
      const product = a * b;
      const sum = high + product;
      const carried = sum - high;
      low += high - (sum - carried) + (product - carried) + productError(a, b, product);
      high = sum;
    }
    out[i] = high + low;
  }
}

/** Inner product of a and b in twice the working precision, rounded once. */
export function accurateDot(a: Float64Array, b: Float64Array): number {
  let high = 0;
  let low = 0;
  for (let i = 0; i < a.length; i++) {
    const product = a[i] * b[i];
    const sum = high + product;
    const carried = sum - high;
    low += high - (sum - carried) + (product - carried) + productError(a[i], b[i], product);
    high = sum;
  }
  return high + low;
}

/** a b - fl(a b), by Dekker's splitting; exact unless it over- or underflows. */
export function productError(a: number, b: number, product: number): number {
  const aScaled = 134217729 * a;
  const aHigh = aScaled - (aScaled - a);
  const aLow = a - aHigh;
  const bScaled = 134217729 * b;
  const bHigh = bScaled - (bScaled - b);
  const bLow = b - bHigh;
  return aLow * bLow - (product - aHigh * bHigh - aLow * bHigh - aHigh * bLow);
}
