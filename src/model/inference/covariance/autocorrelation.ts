import type { Matrix } from '../../../math/matrix.ts';
import { linearCombination, zeros } from '../../../math/matrix.ts';
import type { CovarianceMethod, CovarianceRequest, Fit } from '../../contract.ts';
import { correctionOf, factorOf } from '../correction.ts';
import type { CrossMeatParts } from '../cross-meat.ts';
import { addWeightedCross } from '../cross-meat.ts';
import type { Periods, SerialWeights } from '../periods.ts';
import { checked, periodsOf, readSerial, requireOneRow, seriesOf, weightsOf } from '../periods.ts';
import { badVcov, readSettings } from '../request.ts';
import { orderSeries } from '../serial-meat.ts';

/**
 * Errors alike, with an autocovariance by distance in time that is the same for all units and periods:
 * V = (X'X)^-1 [ sum_l k(l) s_l (sum over pairs of rows of one unit, l periods apart, of x_i x_j' + x_j x_i') ] (X'X)^-1,
 * s_l = sum of u_i u_j over the same pairs / (N - K) (ivreg2's `bw()` without `robust`; with weights rows and residuals carry the root of theirs).
 */
export const autocorrelation: CovarianceMethod = {
  ...serialMethod('ac', 'ac, ac:L, ac:L,time=NAME, ac:L,kernel=NAME'),
  read: (argument) => readSerial('ac', argument),
};

/** All lags of a unit with weight 1: arbitrary stationary autocorrelation within units (Kiefer 1980; ivreg2's and xtivreg2's `kiefer`). */
export const kiefer: CovarianceMethod = {
  ...serialMethod('kiefer', 'kiefer, kiefer:time=NAME'),
  read: (argument) => {
    const { first, values } = readSettings('kiefer', argument, ['time']);
    if (first !== null) throw badVcov(`kiefer:${argument}`, 'kiefer, which has every lag; ac:L has L', `ac:${first}`);
    const time = values.get('time');
    return { type: 'kiefer', by: [], ...(time === undefined ? {} : { time }) };
  },
};

function serialMethod(id: string, usage: string): Omit<CovarianceMethod, 'read'> {
  return {
    id,
    aliases: [],
    usage,
    errors: 'series',
    joint: 'never',
    columnsNeeded: (request, panel) =>
      request.time !== undefined ? [request.time] : panel ? [panel.unit, panel.time] : [],
    crossMeat: (fit, request, parts) => {
      const periods = periodsOf(fit, request);
      const meat = autocovarianceMeat(fit, request, { periods, weights: serialWeights(request, periods) }, parts);
      return linearCombination([meat], [1 / parts.q.nrow]);
    },
    covariance: (fit, request, rule) => {
      const periods = periodsOf(fit, request);
      const weights = serialWeights(request, periods);
      const { correction, dof } = correctionOf(fit, rule, 'iid');
      const factor = factorOf(correction);
      const { basis: q, residuals: a } = fit;
      const meat = autocovarianceMeat(fit, request, { periods, weights }, { q, a, b: a });
      const { diagnostics, ...own } = checked(fit, linearCombination([meat], [factor]), { weights, rule });
      const shown = { type: request.type, by: [], clusters: [periods.count], ...weights.label };
      return { value: { ...shown, ...own, factors: [factor], dof, correction }, diagnostics };
    },
  };
}

/** Weights of the request; Kiefer's are 1 at every distance. */
function serialWeights(request: CovarianceRequest, periods: Periods): SerialWeights {
  if (request.type !== 'kiefer') return weightsOf(request, periods);
  const reach = periods.places[periods.count - 1];
  return { at: { bandwidth: reach, reach, isDefinite: false, weight: () => 1 }, label: { lag: reach } };
}

/**
 * sum_l k(l) (c_ab(l) Z_l + c_ba(l) Z_l'), Z_l = sum of q_t q_t-l' over the pairs l apart, c_ab(l) = sum of a_t b_t-l over them;
 * l = 0 once. m x m.
 */
function autocovarianceMeat(
  fit: Fit,
  request: CovarianceRequest,
  { periods, weights }: { readonly periods: Periods; readonly weights: SerialWeights },
  { q, a, b }: CrossMeatParts,
): Matrix {
  const series = seriesOf(fit, request);
  const places = Float64Array.from(periods.codes, (code) => periods.places[code]);
  requireOneRow(fit, series, periods.codes, periods.name);
  const order = orderSeries(series, places);
  const { reach, weight } = weights.at;
  const eachPair = (visit: (late: number, early: number, distance: number) => void): void => {
    for (let s = 0; s < order.length; s++) {
      for (let e = s; e >= 0; e--) {
        const distance = places[order[s]] - places[order[e]];
        if (series[order[s]] !== series[order[e]] || distance > reach) break;
        visit(order[s], order[e], distance);
      }
    }
  };
  const length = periods.places[periods.count - 1] + 1;
  const forward = new Float64Array(length);
  const backward = new Float64Array(length);
  eachPair((late, early, distance) => {
    forward[distance] += a[late] * b[early];
    backward[distance] += b[late] * a[early];
  });
  const meat = zeros(q.ncol, q.ncol);
  eachPair((left, right, distance) => {
    if (distance === 0) {
      addWeightedCross(meat, q, { left, right, weight: forward[0] });
      return;
    }
    const k = weight(distance);
    addWeightedCross(meat, q, { left, right, weight: k * forward[distance] });
    addWeightedCross(meat, q, { left: right, right: left, weight: k * backward[distance] });
  });
  return meat;
}
