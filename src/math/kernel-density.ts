/** A density estimate on an even grid. */
export interface KernelDensity {
  readonly x: Float64Array;
  readonly density: Float64Array;
  /** Half-width of the kernel in units of its standard deviation. */
  readonly bandwidth: number;
}

const reach = Math.sqrt(5);

/**
 * Epanechnikov's kernel of standard deviation h, h = 0.9 min(sd, interquartile range / 1.349) n^(-1/5) (Silverman 1986, 3.31), as Stata's
 * `kdensity` has it, over the whole of its support.
 * @param values n >= 2 numbers, not all the same. @param points of the grid
 */
export function kernelDensity(values: readonly number[], points = 201): KernelDensity {
  const sorted = Float64Array.from(values).sort();
  const n = sorted.length;
  const mean = sorted.reduce((sum, value) => sum + value, 0) / n;
  const sd = Math.sqrt(sorted.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1));
  const range = (quantileOf(sorted, 0.75) - quantileOf(sorted, 0.25)) / 1.349;
  const bandwidth = (0.9 * (range > 0 ? Math.min(sd, range) : sd)) / n ** 0.2;
  const low = sorted[0] - reach * bandwidth;
  const high = sorted[n - 1] + reach * bandwidth;
  const x = Float64Array.from({ length: points }, (_, k) => low + ((high - low) * k) / (points - 1));
  const density = x.map((at) => {
    let sum = 0;
    for (let i = 0; i < n; i++) {
      const z = (at - sorted[i]) / bandwidth;
      if (Math.abs(z) < reach) sum += (0.75 * (1 - (z * z) / 5)) / reach;
    }
    return sum / (n * bandwidth);
  });
  return { x, density, bandwidth };
}

/** Stata's percentile: the mean of two neighbours where the share falls between them. */
function quantileOf(sorted: Float64Array, share: number): number {
  const place = share * sorted.length;
  const whole = Math.floor(place);
  if (place === whole) return (sorted[whole - 1] + sorted[whole]) / 2;
  return sorted[whole];
}
