import { chiSquareUpper, logGamma } from '../../../math/distribution.ts';
import { columnView, multiply } from '../../../math/matrix.ts';
import { findRoot } from '../../../math/root.ts';
import { symmetricEigen } from '../../../math/symmetric-eigen.ts';
import type { PartialledOut } from '../../fit.ts';
import type { Moments } from './moments.ts';
import { projections } from './moments.ts';
import type { IvDegrees } from './wald-on-instruments.ts';
import { leftOver, smallFactor } from './wald-on-instruments.ts';

export interface EffectiveF {
  readonly stat: number;
  /** Effective degrees of freedom, by worst-case bias in percent: those of the simplified critical value. */
  readonly critical: readonly { readonly bias: number; readonly value: number; readonly degrees: number }[];
}

const biases = [5, 10, 20, 30];

/**
 * F_eff = pi'Z'Z pi / tr(Sigma Z'Z) (Montiel Olea and Pflueger 2013), Sigma the covariance of the first stage with ivreg2's
 * factor, so that it is the first-stage F with one instrument. Critical values at 5 % by their simplified (conservative)
 * procedure: the 95 % quantile of a noncentral chi2 with K_eff degrees of freedom and noncentrality x K_eff, over K_eff, for a
 * bias of 1/x; K_eff = tr(W)^2 (1+2x) / (tr(W'W) + 2x tr(W) maxeval(W)).
 * @returns null with several endogenous regressors, or where the instruments hold all of the one.
 */
export function effectiveF({ d, q }: PartialledOut, moments: Moments, degrees: IvDegrees): EffectiveF | null {
  if (d.ncol !== 1) return null;
  const column = columnView(d, 0);
  const pi = projections(q, column);
  const left = leftOver(q, column);
  if (left.every((value) => value === 0)) return null;
  const w = moments.spread(q, [left]);
  const { values } = symmetricEigen(w);
  const trace = values.reduce((a, b) => a + b, 0);
  const square = multiply(w, w);
  let squareTrace = 0;
  for (let i = 0; i < w.ncol; i++) squareTrace += square.data[i * (w.ncol + 1)];
  const largest = values.reduce((a, b) => Math.max(a, b), 0);
  const stat = (pi.reduce((sum, value) => sum + value * value, 0) / trace) * smallFactor(degrees);
  const critical = biases.map((bias) => {
    const x = 100 / bias;
    const k = (trace * trace * (1 + 2 * x)) / (squareTrace + 2 * x * trace * largest);
    return { bias, degrees: k, value: noncentralQuantile(0.05, k, x * k) / k };
  });
  return { stat, critical };
}

/**
 * P(chi2' > x), `dof` degrees of freedom (any positive number) and noncentrality `shift`: a Poisson mixture of central ones, from
 * its largest weight outwards; neighbours by Q(a+1) = Q(a) + (x/2)^a e^(-x/2) / Gamma(a+1).
 */
export function noncentralUpper(x: number, dof: number, shift: number): number {
  if (x <= 0) return 1;
  if (shift === 0) return chiSquareUpper(x, dof);
  const half = shift / 2;
  const z = x / 2;
  const middle = Math.floor(half);
  const a = dof / 2 + middle;
  const upper = chiSquareUpper(x, 2 * a);
  const step = Math.exp(a * Math.log(z) - z - logGamma(a + 1));
  const weight = Math.exp(-half + middle * Math.log(half) - logGamma(middle + 1));
  let sum = weight * upper;
  for (let j = middle, w = weight, q = upper, d = step; w > 1e-18; ) {
    q += d;
    j += 1;
    d *= z / (dof / 2 + j);
    w *= half / j;
    sum += w * q;
  }
  for (let j = middle, w = weight, q = upper, d = step; j > 0 && w > 1e-18; ) {
    d *= (dof / 2 + j) / z;
    w *= j / half;
    j -= 1;
    q -= d;
    sum += w * Math.max(0, q);
  }
  return sum;
}

/** The value that the noncentral chi2 exceeds with probability `upper`. */
export function noncentralQuantile(upper: number, dof: number, shift: number): number {
  const high = dof + shift + 10 * Math.sqrt(2 * (dof + 2 * shift)) + 10;
  return findRoot((x) => noncentralUpper(x, dof, shift) - upper, 0, high, 1e-12 * high);
}
