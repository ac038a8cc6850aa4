import betainc from '@stdlib/math-base-special-betainc';
import gammainc from '@stdlib/math-base-special-gammainc';
import normalCdf from '@stdlib/stats-base-dists-normal-cdf';
import normalInverse from '@stdlib/stats-base-dists-normal-quantile';
import tInverse from '@stdlib/stats-base-dists-t-quantile';

/** The one door to distribution functions. Tails come from upper incomplete functions, never from 1 - cdf. */

/** P(|T| > |t|) for Student's t with `dof` degrees of freedom, by the incomplete beta; the normal at infinite `dof`. */
export function tTwoSided(t: number, dof: number): number {
  if (dof === Number.POSITIVE_INFINITY) return normalTwoSided(t);
  const square = t * t;
  if (square === Number.POSITIVE_INFINITY) return 0;
  // Each form where its argument is the smaller: no digits are lost near 0 or 1.
  return square < dof
    ? betainc(square / (dof + square), 0.5, dof / 2, true, true)
    : betainc(dof / (dof + square), dof / 2, 0.5, true, false);
}

/** The value that Student's t exceeds with probability 1 - p. */
export function tQuantile(p: number, dof: number): number {
  return dof === Number.POSITIVE_INFINITY ? normalInverse(p, 0, 1) : tInverse(p, dof);
}

/** P(|Z| > |z|) for the standard normal. */
export function normalTwoSided(z: number): number {
  return 2 * normalCdf(-Math.abs(z), 0, 1);
}

/** P(F > f) with `dof1` and `dof2` degrees of freedom. */
export function fUpper(f: number, dof1: number, dof2: number): number {
  if (f <= 0) return 1;
  const x = dof2 / (dof2 + dof1 * f);
  return x <= 0.5
    ? betainc(x, dof2 / 2, dof1 / 2, true, false)
    : betainc((dof1 * f) / (dof2 + dof1 * f), dof1 / 2, dof2 / 2, true, true);
}

/** P(chi2 > x) with `dof` degrees of freedom. */
export function chiSquareUpper(x: number, dof: number): number {
  return x <= 0 ? 1 : gammainc(x / 2, dof / 2, true, true);
}

/** Φ⁻¹(p), the standard normal quantile. */
export function normalQuantile(p: number): number {
  return normalInverse(p, 0, 1);
}

/** ln Gamma(x) for x > 0: Stirling's series from 12 on, carried down by the recurrence. */
export function logGamma(x: number): number {
  let shifted = x;
  let product = 1;
  while (shifted < 12) product *= shifted++;
  const w = 1 / (shifted * shifted);
  const series = (1 / 12 - w * (1 / 360 - w * (1 / 1260 - w * (1 / 1680 - w / 1188)))) / shifted;
  return (shifted - 0.5) * Math.log(shifted) - shifted + Math.log(2 * Math.PI) / 2 + series - Math.log(product);
}
