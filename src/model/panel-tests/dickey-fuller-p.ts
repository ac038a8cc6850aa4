import type { Deterministic } from '../result/panel-tests.ts';

/*
 * The distribution of the Dickey-Fuller t in long series: P(t < x) = Phi(c0 + c1 x + c2 x^2 [+ c3 x^3]), with one polynomial up to a
 * limit and another above it (MacKinnon 1994, tables 3 and 4; Stata's `dfuller`, plm without urca).
 */

interface Surface {
  readonly limit: number;
  readonly small: readonly number[];
  readonly large: readonly number[];
  /** Where the small polynomial has its least value, and the large one its greatest: beyond them no value is smaller or larger. */
  readonly least: number;
  readonly greatest: number;
}

const surfaces: Readonly<Record<Deterministic, Surface>> = {
  none: surfaceOf(-1.04, [0.6344, 1.2378, 0.032496], [0.4797, 0.93557, -0.06999, 0.033066]),
  constant: surfaceOf(-1.61, [2.1659, 1.4412, 0.038269], [1.7339, 0.93202, -0.12745, -0.010368]),
  trend: surfaceOf(-2.89, [3.2512, 1.6047, 0.049588], [2.5261, 0.61654, -0.37956, -0.060285]),
};

function surfaceOf(limit: number, small: readonly number[], large: readonly number[]): Surface {
  const [, b = 0, c = 0, d = 0] = large;
  // Of b + 2cx + 3dx^2: the root where the slope turns from rising to falling; none where it always rises.
  const square = c * c - 3 * b * d;
  const greatest = d < 0 ? (-c - Math.sqrt(square)) / (3 * d) : Number.POSITIVE_INFINITY;
  return { limit, small, large, least: -(small[1] ?? 0) / (2 * (small[2] ?? 1)), greatest };
}

/**
 * The normal quantile of the p-value of a Dickey-Fuller t against stationarity, so that sums of quantiles and logarithms keep
 * their digits: p = Phi(score).
 */
export function dickeyFullerScore(t: number, deterministic: Deterministic): number {
  const { limit, small, large, least, greatest } = surfaces[deterministic];
  const x = Math.min(Math.max(t, least), greatest);
  return (x <= limit ? small : large).reduceRight((sum, coefficient) => sum * x + coefficient, 0);
}
