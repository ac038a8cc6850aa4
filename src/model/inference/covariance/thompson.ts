import { StudyError } from '../../../error/study-error.ts';
import { crossProduct } from '../../../math/cross-product.ts';
import type { Matrix } from '../../../math/matrix.ts';
import { linearCombination } from '../../../math/matrix.ts';
import { crossFactors } from '../../../table/factor.ts';
import type { Clustering } from '../../fit.ts';
import { sampleRowsOf } from '../../fit-rows.ts';
import { clusteringsOf } from '../clusters.ts';
import { correctionOf, factorOf } from '../correction.ts';
import type { CovarianceMethod, Grouping, Scores } from '../method.ts';
import { readSerial } from '../periods.ts';
import { repairedFor } from '../repair.ts';
import { rowSums, rowsOfScores, scoresOf } from '../scores.ts';
import { fewClusterDiagnostics } from './cluster.ts';
import type { SerialGrouping } from './serial.ts';
import { periodSeries, seriesMeat, unitSeries } from './serial.ts';

interface ThompsonGrouping extends Grouping {
  /** Names of the panel's unit and time. */
  readonly by: readonly string[];
  readonly units: Clustering;
  readonly times: Clustering;
  /** Combinations of the two. */
  readonly cells: number;
  readonly shocks: SerialGrouping;
  readonly series: SerialGrouping;
}

/**
 * Errors of one unit, and errors of any two units up to L periods apart (Thompson 2011; Cameron, Gelbach and Miller 2011):
 * V = c_1 V(clusters by unit) + c_2 V(Driscoll and Kraay, L) - c_3 V(Newey and West, L), factors as for clusters by unit and time;
 * ivreg2's `cluster(unit time) bw(L+1)`. L = 0 is `cluster:unit+time`. Made non-negative where the difference is not.
 */
export const thompson: CovarianceMethod<ThompsonGrouping> = {
  id: 'thompson',
  aliases: ['cluster-kernel'],
  usage: 'thompson, thompson:L, thompson:L,kernel=NAME',
  errors: 'series',
  joint: 'distinct-rows',
  isAveraged: false,
  read: (argument) => readSerial('thompson', argument, ['lag', 'kernel']),
  columnsNeeded: (_, panel) => (panel ? [panel.unit, panel.time] : []),
  prepare: (given, request) => {
    const sample = sampleRowsOf(given, 'thompson');
    const { panel, where } = sample;
    if (panel === null) throw new StudyError('panel-needed', { where, operator: 'vcov thompson' });
    const by = [panel.unit, panel.time];
    const clusterings = clusteringsOf(sample, by);
    const [units, times] = clusterings;
    return {
      ...{ by, units, times, cells: crossFactors(clusterings).count },
      shocks: periodSeries(sample, request),
      series: unitSeries(sample, request),
      counts: [units.count, times.count],
      isDefinite: false,
    };
  },
  meat: (scores, grouping) => linearCombination(meatsOf(scores, grouping), [1, 1, -1]),
  covariance: (influence, grouping, { request, rule }) => {
    const { by, units, times, cells, counts, shocks } = grouping;
    const clusterings = [units, times];
    const groups = { counts: [...counts, cells], least: Math.min(...counts), clusterings };
    const { correction, dof } = correctionOf(influence, rule, 'cluster', groups);
    const factors = [factorOf(correction, 0), factorOf(correction, 1), -factorOf(correction, 2)];
    const core = linearCombination(meatsOf(scoresOf(influence), grouping), factors);
    const { diagnostics, ...own } = repairedFor(influence, core, rule);
    const shown = { type: request.type, by, clusters: counts, ...shocks.weights.label };
    return {
      value: { ...shown, ...own, factors, dof, correction },
      diagnostics: [...diagnostics, ...fewClusterDiagnostics(clusterings)],
    };
  },
};

/** By unit, by period through time, and by unit through time. */
function meatsOf(scores: Scores, { units, shocks, series }: ThompsonGrouping): readonly Matrix[] {
  return [
    crossProduct(rowSums(rowsOfScores(scores, 'thompson'), units)),
    seriesMeat(scores, shocks, 'thompson'),
    seriesMeat(scores, series, 'thompson'),
  ];
}
