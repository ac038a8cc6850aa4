import { StudyError } from '../../../error/study-error.ts';
import { crossProduct } from '../../../math/cross-product.ts';
import { congruence, linearCombination } from '../../../math/matrix.ts';
import { columnOf } from '../../../table/expression/evaluate.ts';
import { factorOf as levelsOf } from '../../../table/factor.ts';
import type { CovarianceMethod, CovarianceRequest, Fit } from '../../contract.ts';
import { correctionOf, factorOf } from '../correction.ts';
import type { Periods } from '../periods.ts';
import { lagOf, periodsOf } from '../periods.ts';
import { badVcov, readLag, readSettings } from '../request.ts';
import { basisScores } from '../sandwich.ts';
import { orderSeries, serialMeat } from '../serial-meat.ts';

/**
 * V = c (X'X)^-1 [ sum_i s_i s_i' + sum over pairs of rows of one unit, l <= L periods apart, of
 * (1 - l/(L+1)) (s_i s_j' + s_j s_i') ] (X'X)^-1 (Newey and West 1987; by unit as in fixest's NW and plm's vcovNW).
 * Lags go by the value of time. With `time=NAME` and no panel the rows are one time series.
 */
export const neweyWest: CovarianceMethod = {
  id: 'nw',
  aliases: ['newey-west', 'neweywest', 'hac'],
  usage: 'nw, nw:L, nw:L,time=NAME',
  errors: 'series',
  joint: 'distinct-rows',
  read: (argument) => readSerial('nw', argument),
  columnsNeeded: (request, panel) =>
    request.time !== undefined ? [request.time] : panel ? [panel.unit, panel.time] : [],
  covariance: (fit, request, rule) => {
    const periods = periodsOf(fit, request);
    const lag = lagOf(request, periods);
    const series = seriesOf(fit, request);
    const places = Float64Array.from(periods.codes, (code) => periods.places[code]);
    const order = orderSeries(series, places);
    requireOneRow(fit, periods, { series, places, order });
    const scores = basisScores(fit);
    const meat = linearCombination([crossProduct(scores), serialMeat({ scores, order, series, places }, lag)], [1, 1]);
    const groups = { counts: [periods.count], least: periods.count, clusterings: [] };
    const { correction, dof } = correctionOf(fit, rule, 'nw', groups);
    const factor = factorOf(correction);
    return {
      value: {
        type: request.type,
        by: [],
        clusters: [periods.count],
        matrix: linearCombination([congruence(fit.transform, meat)], [factor]),
        factors: [factor],
        dof,
        correction,
        lag,
      },
      diagnostics: [],
    };
  },
};

/** `L`, `L,time=NAME`, `time=NAME`. @throws bad-option */
export function readSerial(type: string, argument: string | null): CovarianceRequest {
  const { first, values } = readSettings(type, argument, ['lag', 'time']);
  if (first !== null && values.has('lag'))
    throw badVcov(`${type}:${argument}`, `${type}:L, one number of periods`, null);
  const time = values.get('time');
  return { type, by: [], lag: readLag(type, first ?? values.get('lag')), ...(time === undefined ? {} : { time }) };
}

/** The unit of each row; one for all where the request names a time of its own. */
export function seriesOf(fit: Fit, request: CovarianceRequest): Int32Array {
  const { table, rows, where, panel } = fit.design;
  if (panel === null || request.time !== undefined) return new Int32Array(rows.length);
  return levelsOf(columnOf(table, panel.unit, where), rows).codes;
}

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
