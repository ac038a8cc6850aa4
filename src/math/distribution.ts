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

/** Below it 2p - 1, which the inverse of the error function takes, has lost digits of p; below 1e-17 it is -1. */
const farTail = 1e-5;

/** Φ⁻¹(p), the standard normal quantile, to the least double. */
export function normalQuantile(p: number): number {
  return p > 0 && p < farTail ? tailQuantile(p) : normalInverse(p, 0, 1);
}

/** Φ⁻¹(p) of a small p > 0 from sqrt(-ln p): Wichura (1988, Applied Statistics 37, algorithm AS 241), relative error 1e-16. */
function tailQuantile(p: number): number {
  const root = Math.sqrt(-Math.log(p));
  const [above, below] = root <= 5 ? nearRatio : farRatio;
  const r = root - (root <= 5 ? 1.6 : 5);
  return -polynomial(above, r) / polynomial(below, r);
}

/** Coefficients from the constant on, above and below the line. */
const nearRatio = [
  [
    1.4234371107496837, 4.630337846156546, 5.769497221460691, 3.6478483247632045, 1.2704582524523684,
    0.2417807251774506, 0.022723844989269184, 7.745450142783414e-4,
  ],
  [
    1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008, 0.015198666563616457,
    5.475938084995345e-4, 1.0507500716444169e-9,
  ],
] as const;
const farRatio = [
  [
    6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487, 0.026532189526576124,
    0.0012426609473880784, 2.7115555687434876e-5, 2.0103343992922881e-7,
  ],
  [
    1, 0.599832206555888, 0.1369298809227358, 0.014875361290850615, 7.868691311456133e-4, 1.8463183175100548e-5,
    1.421511758316446e-7, 2.0442631033899397e-15,
  ],
] as const;

function polynomial(coefficients: readonly number[], x: number): number {
  return coefficients.reduceRight((sum, coefficient) => sum * x + coefficient, 0);
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
