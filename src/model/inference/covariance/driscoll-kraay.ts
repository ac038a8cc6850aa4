import { crossProduct } from '../../../math/cross-product.ts';
import type { Matrix } from '../../../math/matrix.ts';
import { linearCombination } from '../../../math/matrix.ts';
import { columnOf } from '../../../table/expression/evaluate.ts';
import { factorOf as levelsOf } from '../../../table/factor.ts';
import type { CovarianceMethod, Fit } from '../../contract.ts';
import { correctionOf, factorOf } from '../correction.ts';
import type { Periods, SerialWeights } from '../periods.ts';
import { checked, periodsOf, readSerial, weightsOf } from '../periods.ts';
import { scoreGroupSums } from '../sandwich.ts';
import { orderSeries, serialMeat } from '../serial-meat.ts';

/**
 * V = c (X'X)^-1 [ sum_t h_t h_t' + sum_l (1 - l/(L+1)) sum_t (h_t h_t-l' + h_t-l h_t') ] (X'X)^-1, h_t = sum of the scores of
 * period t (Driscoll and Kraay 1998; Hoechle 2007 for unbalanced panels); other kernels as in Newey and West's. Lags go by the value of time.
 */
export const driscollKraay: CovarianceMethod = {
  id: 'dk',
  aliases: ['driscoll-kraay', 'scc', 'dkraay', 'xtscc'],
  usage: 'dk, dk:L, dk:L,time=NAME, dk:L,kernel=NAME',
  errors: 'periods',
  joint: 'always',
  read: (argument) => readSerial('dk', argument),
  columnsNeeded: (request, panel) => (request.time !== undefined ? [request.time] : panel ? [panel.time] : []),
  covariance: (fit, request, rule) => {
    const periods = periodsOf(fit, request);
    const weights = weightsOf(request, periods);
    const meat = periodMeat(fit, periods, weights);
    const units = unitCount(fit);
    const groups = {
      counts: [periods.count],
      least: periods.count,
      clusterings: [],
      ...(units === null ? {} : { units }),
    };
    const { correction, dof } = correctionOf(fit, rule, 'dk', groups);
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

/** Sums of scores of the periods, by their distance in time: r x r. */
export function periodMeat(fit: Fit, periods: Periods, { at }: SerialWeights): Matrix {
  const scores = scoreGroupSums(fit, periods);
  const series = new Int32Array(periods.count);
  const order = orderSeries(series, periods.places);
  const serial = serialMeat({ scores, order, series, places: periods.places }, at);
  return linearCombination([crossProduct(scores), serial], [1, 1]);
}

/** Units of the panel, null without one. */
function unitCount(fit: Fit): number | null {
  const { table, rows, where, panel } = fit.design;
  return panel === null ? null : levelsOf(columnOf(table, panel.unit, where), rows).count;
}
