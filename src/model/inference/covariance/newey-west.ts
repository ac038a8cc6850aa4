import { crossProduct } from '../../../math/cross-product.ts';
import type { Matrix } from '../../../math/matrix.ts';
import { linearCombination } from '../../../math/matrix.ts';
import type { CovarianceMethod, CovarianceRequest, Fit } from '../../contract.ts';
import { correctionOf, factorOf } from '../correction.ts';
import type { Periods, SerialWeights } from '../periods.ts';
import { checked, periodsOf, readSerial, requireOneRow, seriesOf, weightsOf } from '../periods.ts';
import { basisScores } from '../sandwich.ts';
import { orderSeries, serialMeat } from '../serial-meat.ts';

/**
 * V = c (X'X)^-1 [ sum_i s_i s_i' + sum over pairs of rows of one unit, l <= L periods apart, of
 * (1 - l/(L+1)) (s_i s_j' + s_j s_i') ] (X'X)^-1 (Newey and West 1987; by unit as in fixest's NW and plm's vcovNW), or with
 * another kernel's weights; made non-negative where those do not keep it so.
 * Lags go by the value of time. With `time=NAME` and no panel the rows are one time series.
 */
export const neweyWest: CovarianceMethod = {
  id: 'nw',
  aliases: ['newey-west', 'neweywest', 'hac'],
  usage: 'nw, nw:L, nw:L,time=NAME, nw:L,kernel=NAME',
  errors: 'series',
  joint: 'distinct-rows',
  read: (argument) => readSerial('nw', argument),
  columnsNeeded: (request, panel) =>
    request.time !== undefined ? [request.time] : panel ? [panel.unit, panel.time] : [],
  covariance: (fit, request, rule) => {
    const periods = periodsOf(fit, request);
    const weights = weightsOf(request, periods);
    const meat = unitSeriesMeat(fit, request, periods, weights);
    const groups = { counts: [periods.count], least: periods.count, clusterings: [] };
    const { correction, dof } = correctionOf(fit, rule, 'nw', groups);
    const factor = factorOf(correction);
    const { diagnostics, ...own } = checked(fit, linearCombination([meat], [factor]), { weights, rule });
    return {
      value: {
        type: request.type,
        by: [],
        clusters: [periods.count],
        ...own,
        factors: [factor],
        dof,
        correction,
        ...weights.label,
      },
      diagnostics,
    };
  },
};

/** Scores of pairs of rows of one unit, by their distance in time: r x r. @throws duplicate-key */
export function unitSeriesMeat(fit: Fit, request: CovarianceRequest, periods: Periods, { at }: SerialWeights): Matrix {
  const series = seriesOf(fit, request);
  const places = Float64Array.from(periods.codes, (code) => periods.places[code]);
  requireOneRow(fit, series, periods.codes, periods.name);
  const scores = basisScores(fit);
  const serial = serialMeat({ scores, order: orderSeries(series, places), series, places }, at);
  return linearCombination([crossProduct(scores), serial], [1, 1]);
}
