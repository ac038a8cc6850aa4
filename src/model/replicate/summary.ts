export interface BootstrapSummary {
  /** Share of F* at least as large as F. */
  readonly p: number;
  /** (1 + #) / (B + 1): never 0. */
  readonly pAdjusted: number;
  /** Least F* that the share 0.9, 0.95, 0.99 of the draws does not exceed. */
  readonly critical: { readonly 10: number; readonly 5: number; readonly 1: number };
}

/** Where a statistic lies among those drawn under the null hypothesis, large values against it. */
export function summarizeBootstrap(statistics: Float64Array, f: number): BootstrapSummary {
  const sorted = Float64Array.from(statistics).sort();
  const count = sorted.length;
  let above = 0;
  for (const value of sorted) if (value >= f) above += 1;
  // A product such as 0.95 * 500 must not become 476.
  const quantile = (share: number): number => sorted[Math.max(0, Math.ceil(share * count - 1e-9) - 1)];
  return {
    p: above / count,
    pAdjusted: (1 + above) / (count + 1),
    critical: { 10: quantile(0.9), 5: quantile(0.95), 1: quantile(0.99) },
  };
}

/** The values between which the middle 95 % of the draws lie; null of none. */
export function percentileInterval(draws: readonly number[]): readonly [number, number] | null {
  const sorted = [...draws].sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  return sorted.length === 0 ? null : [at(0.025), at(0.975)];
}
