import type { Matrix } from '../../../math/matrix.ts';
import { linearCombination, zeros } from '../../../math/matrix.ts';
import type { Clustering } from '../../fit.ts';
import { sampleRowsOf, scoreRowsOf } from '../../fit-rows.ts';
import type { AveragedParts } from '../averages.ts';
import { addWeightedCross, blocksOf } from '../averages.ts';
import { membersOf } from '../cluster-adjustment.ts';
import { clusterColumns, clusteringsOf } from '../clusters.ts';
import { correctionOf, factorOf } from '../correction.ts';
import type { CovarianceMethod } from '../method.ts';
import { readName } from '../request.ts';
import { covarianceIn } from '../sandwich.ts';
import { rowsOfScores } from '../scores.ts';
import type { OneWayGrouping } from './cr2.ts';

/**
 * V = c (X'X)^-1 [ sum_g s2_g X_g'X_g ] (X'X)^-1, s2_g the mean of u^2 in group g: errors that are independent and have one
 * variance a group (White 1984; plm's vcovHC method "white2"). c as for HC1.
 */
export const white2: CovarianceMethod<OneWayGrouping> = {
  id: 'white2',
  aliases: [],
  usage: 'white2:NAME',
  errors: 'rows',
  joint: 'never',
  isAveraged: true,
  read: (argument) => ({ type: 'white2', by: readName('white2', argument) }),
  columnsNeeded: clusterColumns,
  prepare: (sample, { by }) => {
    const [clustering] = clusteringsOf(sampleRowsOf(sample, `white2:${by[0]}`), by);
    return { clustering, counts: [clustering.count], isDefinite: true };
  },
  meat: (scores, { clustering }) =>
    blocksOf(rowsOfScores(scores, 'white2'), (parts) => groupVarianceMeat(clustering, parts)),
  covariance: (influence, { clustering, counts }, { request, rule }) => {
    const { correction, dof } = correctionOf(influence, rule, 'hc');
    const factor = factorOf(correction);
    const { basis: q, residuals: a } = scoreRowsOf(influence, 'white2');
    const meat = groupVarianceMeat(clustering, { q, a, b: a });
    return {
      value: {
        type: request.type,
        by: request.by,
        clusters: counts,
        ...covarianceIn(influence, linearCombination([meat], [factor])),
        factors: [factor],
        dof,
        correction,
      },
      diagnostics: [],
    };
  },
};

function groupVarianceMeat(groups: Clustering, { q, a, b }: AveragedParts): Matrix {
  const meat = zeros(q.ncol, q.ncol);
  for (const rows of membersOf(groups)) {
    const mean = rows.reduce((sum, row) => sum + a[row] * b[row], 0) / rows.length;
    for (const row of rows) addWeightedCross(meat, q, { left: row, right: row, weight: mean });
  }
  return meat;
}
