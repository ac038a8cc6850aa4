import { tQuantile } from '../../../math/distribution.ts';
import type { SignificantRegion } from '../../result/margins.ts';

/** A line and the covariance of its two numbers. */
export interface EffectLine {
  readonly intercept: number;
  readonly slope: number;
  /** Var intercept, Cov, Var slope. */
  readonly covariance: readonly [number, number, number];
}

export function valueAt({ intercept, slope }: EffectLine, m: number): number {
  return intercept + slope * m;
}

export function varianceAt({ covariance: [v00, v01, v11] }: EffectLine, m: number): number {
  return Math.max(0, v00 + 2 * m * v01 + m * m * v11);
}

/**
 * The multiple of the error that covers a line over an interval of m at once with probability 0.95. The standardized line turns by the
 * angle phi, whose cosine is the correlation of its ends; a pair of t with nu degrees of freedom at a distance r has P(R > r) = (1 + r^2 /
 * nu)^(-nu/2), exp(-r^2/2) for the normal, and its direction is uniform, so that P(sup |t| > c) = phi/pi P(R > c) + 2/pi integral from 0 to (pi -
 * phi)/2 of P(R > c / cos d) dd (Wynn and Bloomfield 1971; Uusipaikka 1983). Between t (one place) and Scheffe's value (the whole line).
 * @param dof of t, infinite for the normal.
 */
export function simultaneousCritical(line: EffectLine, low: number, high: number, dof: number): number {
  const angle = Math.acos(Math.min(1, Math.max(-1, correlationOf(line, low, high))));
  const pointwise = tQuantile(0.975, dof);
  const far = (r: number): number =>
    dof === Number.POSITIVE_INFINITY ? Math.exp(-(r * r) / 2) : (1 + (r * r) / dof) ** (-dof / 2);
  const outside = (c: number): number =>
    (angle / Math.PI) * far(c) + (2 / Math.PI) * integral((d) => far(c / Math.cos(d)), (Math.PI - angle) / 2);
  if (!(angle > 0)) return pointwise;
  let [below, above] = [pointwise, 4 * pointwise + 10];
  for (let step = 0; step < 200 && above - below > 1e-13 * above; step++) {
    const middle = (below + above) / 2;
    if (outside(middle) > 0.05) below = middle;
    else above = middle;
  }
  return (below + above) / 2;
}

function correlationOf(line: EffectLine, low: number, high: number): number {
  const [v00, v01, v11] = line.covariance;
  const joint = v00 + (low + high) * v01 + low * high * v11;
  return joint / Math.sqrt(varianceAt(line, low) * varianceAt(line, high));
}

/** Simpson's rule: the functions here are smooth, and flat where their cosine ends. */
function integral(f: (x: number) => number, end: number): number {
  const parts = 400;
  const step = end / parts;
  let sum = f(0) + f(end);
  for (let i = 1; i < parts; i++) sum += (i % 2 === 1 ? 4 : 2) * f(i * step);
  return (sum * step) / 3;
}

/**
 * Where |effect| > critical x error (Johnson and Neyman 1936; Bauer and Curran 2005): the values of m at which A m^2 + 2 B m + C > 0 with A =
 * slope^2 - c^2 Var slope, B and C likewise, from its exact roots.
 */
export function significantRegions(line: EffectLine, critical: number): readonly SignificantRegion[] {
  const { intercept, slope, covariance } = line;
  const [v00, v01, v11] = covariance;
  const squared = critical * critical;
  const a = slope * slope - squared * v11;
  const b = intercept * slope - squared * v01;
  const c = intercept * intercept - squared * v00;
  const region = (low: number | null, high: number | null): SignificantRegion => {
    const inside = low === null ? (high === null ? 0 : high - 1) : high === null ? low + 1 : (low + high) / 2;
    return { low, high, sign: valueAt(line, inside) >= 0 ? 1 : -1 };
  };
  if (a === 0 && b === 0) return c > 0 ? [region(null, null)] : [];
  if (a === 0) return b > 0 ? [region(-c / (2 * b), null)] : [region(null, -c / (2 * b))];
  const root = b * b - a * c;
  if (root <= 0) return a > 0 ? [region(null, null)] : [];
  const q = -(b + (b >= 0 ? 1 : -1) * Math.sqrt(root));
  const [first, second] = [q / a + 0, c / q + 0].sort((one, other) => one - other);
  return a > 0 ? [region(null, first), region(second, null)] : [region(first, second)];
}
