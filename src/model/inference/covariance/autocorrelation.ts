import { said } from '../../../error/said.ts';
import type { Matrix } from '../../../math/matrix.ts';
import { linearCombination, zeros } from '../../../math/matrix.ts';
import type { CovarianceRequest } from '../../contract.ts';
import { sampleRowsOf, scoreRowsOf } from '../../fit-rows.ts';
import type { AveragedParts } from '../averages.ts';
import { addWeightedCross, blocksOf } from '../averages.ts';
import { correctionOf, factorOf } from '../correction.ts';
import type { CovarianceMethod, Grouping } from '../method.ts';
import type { Periods, SerialWeights } from '../periods.ts';
import { periodsOf, readSerial, requireOneRow, seriesOf, weightsOf } from '../periods.ts';
import { settledFor } from '../repair.ts';
import { badVcov, readSettings } from '../request.ts';
import { rowsOfScores } from '../scores.ts';
import { orderSeries } from '../serial-meat.ts';

/**
 * Errors alike, with an autocovariance by distance in time that is the same for all units and periods:
 * V = (X'X)^-1 [ sum_l k(l) s_l (sum over pairs of rows of one unit, l periods apart, of x_i x_j' + x_j x_i') ] (X'X)^-1,
 * s_l = sum of u_i u_j over the same pairs / (N - K) (ivreg2's `bw()` without `robust`; with weights rows and residuals carry the root of theirs).
 */
export const autocorrelation: CovarianceMethod<LaggedPairs> = {
  ...averagedMethod('ac', 'ac, ac:L, ac:L,time=NAME, ac:L,kernel=NAME'),
  read: (argument) => readSerial('ac', argument),
};

/** All lags of a unit with weight 1: arbitrary stationary autocorrelation within units (Kiefer 1980; ivreg2's and xtivreg2's `kiefer`). */
export const kiefer: CovarianceMethod<LaggedPairs> = {
  ...averagedMethod('kiefer', 'kiefer, kiefer:time=NAME'),
  read: (argument) => {
    const { first, values } = readSettings('kiefer', argument, ['time']);
    if (first !== null) throw badVcov(`kiefer:${argument}`, said('expected.kiefer'), `ac:${first}`);
    const time = values.get('time');
    return { type: 'kiefer', by: [], ...(time === undefined ? {} : { time }) };
  },
};

/** Rows in the order of their series, with the weights of their distances. */
interface LaggedPairs extends Grouping {
  readonly periods: Periods;
  readonly weights: SerialWeights;
  readonly series: Int32Array;
  readonly places: Float64Array;
  readonly order: Int32Array;
}

function averagedMethod(id: string, usage: string): Omit<CovarianceMethod<LaggedPairs>, 'read'> {
  return {
    id,
    aliases: [],
    usage,
    errors: 'series',
    joint: 'never',
    isAveraged: true,
    columnsNeeded: (request, panel) =>
      request.time !== undefined ? [request.time] : panel ? [panel.unit, panel.time] : [],
    prepare: (given, request) => {
      const sample = sampleRowsOf(given, id);
      const periods = periodsOf(sample, request);
      const weights = serialWeights(request, periods);
      const series = seriesOf(sample, request);
      const places = Float64Array.from(periods.codes, (code) => periods.places[code]);
      requireOneRow(sample, series, periods.codes, periods.name);
      return {
        ...{ periods, weights, series, places, order: orderSeries(series, places) },
        counts: [periods.count],
        isDefinite: weights.at.isDefinite,
      };
    },
    meat: (scores, pairs) =>
      blocksOf(rowsOfScores(scores, id), (parts) =>
        linearCombination([autocovarianceMeat(pairs, parts)], [1 / parts.q.nrow]),
      ),
    covariance: (influence, pairs, { request, rule }) => {
      const { correction, dof } = correctionOf(influence, rule, 'iid');
      const factor = factorOf(correction);
      const { basis: q, residuals: a } = scoreRowsOf(influence, id);
      const core = linearCombination([autocovarianceMeat(pairs, { q, a, b: a })], [factor]);
      const { diagnostics, ...own } = settledFor(influence, core, { isDefinite: pairs.isDefinite, rule });
      const shown = { type: request.type, by: [], clusters: pairs.counts, ...pairs.weights.label };
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
  { periods, weights, series, places, order }: LaggedPairs,
  { q, a, b }: AveragedParts,
): Matrix {
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
