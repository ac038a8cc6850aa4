import type { Matrix } from '../../../math/matrix.ts';
import { columnView, dot, linearCombination } from '../../../math/matrix.ts';
import type { WildOptions } from './contract.ts';
import { drawnFactors } from './draws.ts';
import type { InstrumentSpace } from './instrument-space.ts';
import { instrumentDirection } from './instrument-space.ts';
import { sumColumns } from './setup.ts';

/**
 * The wild restricted efficient bootstrap of one endogenous regressor (Davidson and MacKinnon 2010; Roodman, MacKinnon, Nielsen and Webb
 * 2019, section 5.4): u the residuals of the outcome at the value b0 of the coefficient, v those of the regressor on all instruments and
 * on u, which makes the first stage efficient under the null. A draw is D* = Z p + w_g v, y* = b0 D* + w_g u (what effects and
 * exogenous regressors add is taken out again), its statistic the t of 2SLS with the errors of the clusters.
 */
export interface EfficientNull {
  /** L1: the first stage without the part of u. */
  readonly first: Float64Array;
  /** c x cells: Z_c' u and Z_c' v. */
  readonly u: Matrix;
  readonly v: Matrix;
}

/** The restricted model at a value of the coefficient. */
export function efficientNull(space: InstrumentSpace, value: number): EfficientNull {
  const { outcome, endogenous, rest } = space;
  const [regressor] = endogenous;
  const [yy, yd, dd] = [rest.data[0], rest.data[2], rest.data[3]];
  const uu = yy - 2 * value * yd + value * value * dd;
  // What u, net of the instruments, says of the regressor, net of them.
  const share = uu > 0 ? (yd - value * dd) / uu : 0;
  const first = regressor.onInstruments.map((d, k) => d - share * (outcome.onInstruments[k] - value * d));
  const u = linearCombination([outcome.sums, regressor.sums], [1, -value]);
  const pulls = pullsOf(space);
  const v = linearCombination([regressor.sums, ...pulls], [1, ...Array.from(first, (p) => -p)]);
  return { first, u, v };
}

/** c x cells of every instrument: Z_c' Z_c along it. */
function pullsOf(space: InstrumentSpace): readonly Matrix[] {
  const known = pulled.get(space);
  if (known !== undefined) return known;
  const made = Array.from({ length: space.instruments }, (_, k) => space.productsWith(instrumentDirection(space, k)));
  pulled.set(space, made);
  return made;
}

const pulled = new WeakMap<InstrumentSpace, readonly Matrix[]>();

/** How far an estimate is from the coefficient that made the sample, and the variance of the estimate. */
export interface Moved {
  readonly shift: number;
  readonly variance: number;
}

/** Of the sample itself, from `value`. */
export function sampleMoved(space: InstrumentSpace, value: number): Moved {
  const { outcome, endogenous, instruments, width, terms } = space;
  const d = endogenous[0].onInstruments;
  const estimate = dot(d, outcome.onInstruments) / dot(d);
  const scores = linearCombination([outcome.sums, endogenous[0].sums], [1, -estimate]);
  const load = new Float64Array(width);
  d.forEach((one, k) => {
    load[width - instruments + k] = one / dot(d);
  });
  let variance = 0;
  for (const { weight, codes, count } of terms) {
    const errors = new Float64Array(count);
    for (let cell = 0; cell < codes.length; cell++) errors[codes[cell]] += dot(load, columnView(scores, cell));
    variance += weight * dot(errors);
  }
  return { shift: estimate - value, variance };
}

/**
 * Shift and variance of draws first … end - 1, two numbers each; every draw has a stream of its own.
 * @param at of `efficientNull`
 */
export function drawEfficient(
  space: InstrumentSpace,
  at: EfficientNull,
  options: Pick<WildOptions, 'weights' | 'reps' | 'seed'>,
  first: number,
  end: number,
): Float64Array {
  const { width: c, instruments: l, boot, terms } = space;
  const from = c - l;
  const u = sumColumns(at.u, boot.codes, boot.count).data;
  const v = sumColumns(at.v, boot.codes, boot.count).data;
  const groups = terms.map(({ codes, count, weight }) => ({
    ...{ codes, weight, errors: new Float64Array(count) },
    pulls: pullsOf(space).map((pull) => sumColumns(pull, codes, count).data),
  }));
  const factorsOf = drawnFactors(boot.count, options);
  const out = new Float64Array(2 * (end - first));
  const [us, vs, kappa] = [new Float64Array(c), new Float64Array(c), new Float64Array(c)];
  const load = new Float64Array(l);
  for (let draw = first; draw < end; draw++) {
    const w = factorsOf(draw);
    us.fill(0);
    vs.fill(0);
    for (let g = 0; g < boot.count; g++) {
      const [weight, column] = [w[g], g * c];
      for (let e = 0; e < c; e++) {
        us[e] += weight * u[column + e];
        vs[e] += weight * v[column + e];
      }
    }
    let size = 0;
    let shift = 0;
    for (let k = 0; k < l; k++) {
      load[k] = at.first[k] + vs[from + k];
      size += load[k] * load[k];
      shift += load[k] * us[from + k];
    }
    shift /= size;
    for (let k = 0; k < l; k++) load[k] /= size;
    for (let e = 0; e < from; e++) kappa[e] = us[e] - shift * vs[e];
    for (let k = 0; k < l; k++) kappa[from + k] = shift * at.first[k];
    let variance = 0;
    for (const { codes, weight, errors, pulls } of groups) {
      errors.fill(0);
      for (let k = 0; k < l; k++) subtractPull(errors, pulls[k], kappa, load[k]);
      for (let cell = 0; cell < codes.length; cell++) {
        let own = 0;
        for (let k = 0, row = cell * c + from; k < l; k++, row++) {
          own += load[k] * (at.u.data[row] - shift * at.v.data[row]);
        }
        errors[codes[cell]] += w[boot.codes[cell]] * own;
      }
      variance += weight * dot(errors);
    }
    out[2 * (draw - first)] = shift;
    out[2 * (draw - first) + 1] = variance;
  }
  return out;
}

/** errors_h -= scale pull_h' kappa. */
function subtractPull(errors: Float64Array, pull: Float64Array, kappa: Float64Array, scale: number): void {
  const c = kappa.length;
  for (let h = 0; h < errors.length; h++) {
    let sum = 0;
    for (let e = 0, row = h * c; e < c; e++, row++) sum += pull[row] * kappa[e];
    errors[h] -= scale * sum;
  }
}
