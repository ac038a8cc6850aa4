import { StudyError } from '../../../error/study-error.ts';
import { crossProduct } from '../../../math/cross-product.ts';
import { linearCombination } from '../../../math/matrix.ts';
import type { CovarianceMethod, Fit } from '../../contract.ts';
import { correctionOf, factorOf } from '../correction.ts';
import type { Periods } from '../periods.ts';
import { checked, periodsOf, readSerial, seriesOf, weightsOf } from '../periods.ts';
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
    const series = seriesOf(fit, request);
    const places = Float64Array.from(periods.codes, (code) => periods.places[code]);
    const order = orderSeries(series, places);
    requireOneRow(fit, periods, { series, places, order });
    const scores = basisScores(fit);
    const meat = linearCombination(
      [crossProduct(scores), serialMeat({ scores, order, series, places }, weights.at)],
      [1, 1],
    );
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

function requireOneRow(
  fit: Fit,
  periods: Periods,
  { series, places, order }: { series: Int32Array; places: Float64Array; order: Int32Array },
): void {
  let count = 0;
  let example = '';
  for (let s = 1; s < order.length; s++) {
    const [a, b] = [order[s - 1], order[s]];
    if (series[a] !== series[b] || places[a] !== places[b]) continue;
    if (count === 0) example = `row ${fit.design.rows[b] + 1}`;
    count += 1;
  }
  const { where, panel } = fit.design;
  const keys = panel === null ? [periods.name] : [panel.unit, periods.name];
  if (count > 0) throw new StudyError('duplicate-key', { where, keys, example, count });
}
