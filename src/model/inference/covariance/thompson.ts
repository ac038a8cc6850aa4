import { StudyError } from '../../../error/study-error.ts';
import { crossProduct } from '../../../math/cross-product.ts';
import { linearCombination } from '../../../math/matrix.ts';
import { crossFactors } from '../../../table/factor.ts';
import type { CovarianceMethod } from '../../contract.ts';
import { clusteringsOf } from '../clusters.ts';
import { correctionOf, factorOf } from '../correction.ts';
import { periodsOf, readSerial, weightsOf } from '../periods.ts';
import { repairedFor } from '../repair.ts';
import { scoreGroupSums } from '../sandwich.ts';
import { fewClusterDiagnostics } from './cluster.ts';
import { periodMeat } from './driscoll-kraay.ts';
import { unitSeriesMeat } from './newey-west.ts';

/**
 * Errors of one unit, and errors of any two units up to L periods apart (Thompson 2011; Cameron, Gelbach and Miller 2011):
 * V = c_1 V(clusters by unit) + c_2 V(Driscoll and Kraay, L) - c_3 V(Newey and West, L), factors as for clusters by unit and time;
 * ivreg2's `cluster(unit time) bw(L+1)`. L = 0 is `cluster:unit+time`. Made non-negative where the difference is not.
 */
export const thompson: CovarianceMethod = {
  id: 'thompson',
  aliases: ['cluster-kernel'],
  usage: 'thompson, thompson:L, thompson:L,kernel=NAME',
  errors: 'series',
  joint: 'distinct-rows',
  read: (argument) => readSerial('thompson', argument, ['lag', 'kernel']),
  columnsNeeded: (_, panel) => (panel ? [panel.unit, panel.time] : []),
  covariance: (fit, request, rule) => {
    const { panel, where } = fit.design;
    if (panel === null) throw new StudyError('panel-needed', { where, operator: 'vcov thompson' });
    const clusterings = clusteringsOf(fit, [panel.unit, panel.time]);
    const [units, times] = clusterings;
    const periods = periodsOf(fit, request);
    const weights = weightsOf(request, periods);
    const groups = {
      counts: [units.count, times.count, crossFactors(clusterings).count],
      least: Math.min(units.count, times.count),
      clusterings,
    };
    const { correction, dof } = correctionOf(fit, rule, 'cluster', groups);
    const factors = [factorOf(correction, 0), factorOf(correction, 1), -factorOf(correction, 2)];
    const meats = [
      crossProduct(scoreGroupSums(fit, units)),
      periodMeat(fit, periods, weights),
      unitSeriesMeat(fit, request, periods, weights),
    ];
    const { diagnostics, ...own } = repairedFor(fit, linearCombination(meats, factors), rule);
    const clusters = [units.count, times.count];
    const shown = { type: request.type, by: [panel.unit, panel.time], clusters, ...weights.label };
    return {
      value: { ...shown, ...own, factors, dof, correction },
      diagnostics: [...diagnostics, ...fewClusterDiagnostics(clusterings)],
    };
  },
};
