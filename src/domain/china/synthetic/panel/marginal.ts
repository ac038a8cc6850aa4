import { normalQuantile } from '../../../../math/distribution.ts';

/** What a table of descriptive statistics prints of one variable. */
export interface MarginalTarget {
  readonly mean: number;
  readonly sd: number;
  readonly min: number;
  readonly median: number;
  readonly max: number;
}

/** How many cells at the top may stand apart from the body of the distribution. */
const outlierCount = 6;
/** Where the body may end, as a share of the way from the median to the maximum; the widest that fits is taken. */
const bodyEnds = [1, 0.85, 0.7, 0.55, 0.4, 0.3, 0.22, 0.16, 0.12, 0.09] as const;
const relativeTolerance = 1e-6;

/**
 * `n` increasing values that have the five moments of `target`. The i-th value is the quantile of a split exponential
 * distribution at the normal score z = Φ⁻¹((i - 1/2) / n), Z the last score:
 *
 *   q(z) = median + f (max - median) (e^{h z} - 1) / (e^{h Z} - 1)   z > 0
 *   q(z) = median -   (median - min) (e^{k |z|} - 1) / (e^{k Z} - 1)  z < 0
 *
 * The top few values run from the body's end, f of the way up, to the maximum. Minimum, median and maximum hold by
 * construction; h and k are solved so that mean and sd hold. (h = 0 is half a normal, h = 1 half a lognormal of unit log
 * sd.) f is 1 unless the printed maximum lies too far out for that; when nothing fits, the nearest sd is taken.
 */
export function marginalValues(target: MarginalTarget, n: number): Float64Array {
  const scores = positiveScores(n);
  let best: { values: Float64Array; miss: number } | null = null;
  for (const bodyEnd of bodyEnds) {
    const values = solveBends(target, n, scores, bodyEnd);
    const { mean, sd } = momentsOf(values);
    const miss = Math.abs(mean - target.mean) / target.sd + Math.abs(sd / target.sd - 1);
    if (best === null || miss < best.miss) best = { values, miss };
    if (miss < relativeTolerance) break;
  }
  return best!.values; // there are body ends, and the first is taken whatever it misses
}

/** The values for one body end, with the bends that come nearest to mean and sd. */
function solveBends(target: MarginalTarget, n: number, scores: Float64Array, bodyEnd: number): Float64Array {
  const up = target.max - target.median;
  const down = target.median - target.min;
  const upper = (h: number): Float64Array =>
    withOutliers(
      shares(scores, h).map((s) => s * bodyEnd),
      bodyEnd < 1,
    );
  const lowerSum = (k: number): number => sumOf(shares(scores, k));
  const wantedSum = n * (target.mean - target.median);

  const bendDownFor = (h: number): number => {
    const upperSum = up * sumOf(upper(h));
    return rootBetween((k) => down * lowerSum(k) - (upperSum - wantedSum), -6, 12);
  };
  const valuesFor = (h: number): Float64Array => {
    const above = upper(h);
    const below = shares(scores, bendDownFor(h));
    const values = new Float64Array(n).fill(target.median);
    for (let i = 0; i < scores.length; i++) {
      values[n - scores.length + i] = target.median + up * above[i];
      values[scores.length - 1 - i] = target.median - down * below[i];
    }
    return values;
  };
  const gapOf = (h: number): number => momentsOf(valuesFor(h)).sd - target.sd;

  // The sd has one minimum in h; its right-hand branch (heavier tail) and its left-hand branch both may cross.
  const grid = Array.from({ length: 13 }, (_, i) => -2 + 0.5 * i);
  const gaps = grid.map(gapOf);
  const crossing = gaps.findIndex((gap, i) => i > 0 && Math.sign(gap) !== Math.sign(gaps[i - 1]));
  if (crossing > 0) return valuesFor(rootBetween(gapOf, grid[crossing - 1], grid[crossing]));
  return valuesFor(grid[gaps.reduce((best, gap, i) => (Math.abs(gap) < Math.abs(gaps[best]) ? i : best), 0)]);
}

/** The positive normal scores of n equally likely points, increasing. */
function positiveScores(n: number): Float64Array {
  const count = Math.floor(n / 2);
  const scores = new Float64Array(count);
  for (let i = 0; i < count; i++) scores[i] = normalQuantile((n - count + i + 0.5) / n);
  return scores;
}

/** Part of the way from the median to the end that each score has gone under a bend: from near 0 to 1. */
function shares(scores: Float64Array, bend: number): Float64Array {
  const last = scores[scores.length - 1];
  if (Math.abs(bend) < 1e-9) return scores.map((z) => z / last);
  const whole = Math.expm1(bend * last);
  return scores.map((z) => Math.expm1(bend * z) / whole);
}

/** Lets the last few shares run geometrically from where the body ends to 1. */
function withOutliers(body: Float64Array, hasOutliers: boolean): Float64Array {
  if (!hasOutliers) return body;
  const first = body.length - outlierCount;
  const start = body[first - 1];
  for (let i = 1; i <= outlierCount; i++) body[first + i - 1] = start * (1 / start) ** ((i / outlierCount) ** 2);
  return body;
}

function sumOf(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum;
}

function momentsOf(values: Float64Array): { mean: number; sd: number } {
  const mean = sumOf(values) / values.length;
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += (values[i] - mean) ** 2;
  return { mean, sd: Math.sqrt(squares / (values.length - 1)) };
}

/**
 * A root of `f` between `low` and `high` by the Illinois variant of false position; the end with the smaller value when
 * there is no sign change.
 */
export function rootBetween(f: (x: number) => number, low: number, high: number): number {
  let a = low;
  let b = high;
  let fa = f(a);
  let fb = f(b);
  if (Math.sign(fa) === Math.sign(fb)) return Math.abs(fa) < Math.abs(fb) ? a : b;
  let side = 0;
  for (let step = 0; step < 100 && Math.abs(b - a) > 1e-13 * Math.max(1, Math.abs(a) + Math.abs(b)); step++) {
    const x = (fa * b - fb * a) / (fa - fb);
    const fx = f(x);
    if (fx === 0) return x;
    if (Math.sign(fx) === Math.sign(fb)) {
      b = x;
      fb = fx;
      if (side === -1) fa /= 2;
      side = -1;
    } else {
      a = x;
      fa = fx;
      if (side === 1) fb /= 2;
      side = 1;
    }
    if (Math.abs(fx) < 1e-13) return x;
  }
  return Math.abs(fa) < Math.abs(fb) ? a : b;
}
