import { normalQuantile, normalTwoSided } from '../../math/distribution.ts';

/** The order statistic at place share (B + 1), between two of them in proportion. @param sorted ascending, not empty */
export function orderQuantile(sorted: Float64Array, share: number): number {
  const place = Math.min(Math.max(share * (sorted.length + 1), 1), sorted.length);
  const low = Math.floor(place);
  const part = place - low;
  const value = sorted[low - 1];
  return part === 0 ? value : value + part * (sorted[low] - value);
}

/** The middle 95 % of draws. @param sorted ascending, not empty */
export function percentileOf(sorted: Float64Array): readonly [number, number] {
  return [orderQuantile(sorted, 0.025), orderQuantile(sorted, 0.975)];
}

/**
 * The bias-corrected and accelerated interval (Efron 1987): z0 from the share of draws below the estimate, acceleration from the
 * estimates with one unit left out. @returns null where all draws lie on one side of the estimate.
 */
export function bcaInterval(
  sorted: Float64Array,
  estimate: number,
  leftOut: Float64Array,
): readonly [number, number] | null {
  const below = sharesBelow(sorted, estimate);
  if (below === 0 || below === 1) return null;
  const bias = normalQuantile(below);
  const acceleration = accelerationOf(leftOut);
  const ends = [0.025, 0.975].map((share) => {
    const moved = bias + normalQuantile(share);
    return orderQuantile(sorted, normalCdf(bias + moved / (1 - acceleration * moved)));
  });
  return [ends[0], ends[1]];
}

/** Draws equal to the estimate count half. */
function sharesBelow(sorted: Float64Array, estimate: number): number {
  let below = 0;
  for (const value of sorted) below += value < estimate ? 1 : value === estimate ? 0.5 : 0;
  return below / sorted.length;
}

/** Sum of cubes over 6 times the 3/2 power of the sum of squares of mean less value; 0 where nothing moves. */
function accelerationOf(leftOut: Float64Array): number {
  const known = leftOut.filter(Number.isFinite);
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  let squares = 0;
  let cubes = 0;
  for (const value of known) {
    squares += (mean - value) ** 2;
    cubes += (mean - value) ** 3;
  }
  return squares > 0 ? cubes / (6 * squares ** 1.5) : 0;
}

function normalCdf(z: number): number {
  const tail = normalTwoSided(z) / 2;
  return z < 0 ? tail : 1 - tail;
}
