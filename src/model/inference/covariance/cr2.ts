import { crossProduct } from '../../../math/cross-product.ts';
import type { Matrix } from '../../../math/matrix.ts';
import { zeros } from '../../../math/matrix.ts';
import type { Clustering, Influence } from '../../fit.ts';
import { sampleRowsOf, scoreRowsOf } from '../../fit-rows.ts';
import type { ClusterAdjustment } from '../cluster-adjustment.ts';
import { clusterAdjustment } from '../cluster-adjustment.ts';
import { clusterColumns, clusteringsOf } from '../clusters.ts';
import type { CovarianceMethod, Grouping } from '../method.ts';
import { readName } from '../request.ts';
import { covarianceIn } from '../sandwich.ts';
import { directionDegrees, satterthwaiteDofs } from '../satterthwaite.ts';
import { groupSums, scoreSums } from '../scores.ts';
import { fewClusterDiagnostics } from './cluster.ts';

/** Clusters of one variable. */
export interface OneWayGrouping extends Grouping {
  readonly clustering: Clustering;
}

/**
 * V = (X'X)^-1 sum_g x_g' A_g u_g u_g' A_g x_g (X'X)^-1, A_g = (I - H_gg)^-1/2 (Bell and McCaffrey 2002; Pustejovsky and
 * Tipton 2018, with a generalized inverse where a cluster determines a direction alone), each estimate with Satterthwaite
 * degrees of freedom. Unbiased under iid errors; no small-sample factor, as in clubSandwich. With weights the regression is
 * that of the rows times the root of the weight, whose errors are iid where the weights are right.
 */
export const cr2: CovarianceMethod<OneWayGrouping> = {
  id: 'cr2',
  aliases: ['crv2', 'bell-mccaffrey', 'bm'],
  usage: 'cr2:NAME',
  joint: 'never',
  ...oneWay('cr2'),
  covariance: (influence, { clustering, counts }, { request, rule }) => {
    const adjustment = clusterAdjustment(influence, clustering, `cr2:${request.by[0]}`, 0.5);
    const sums = adjustedScores(influence, clustering, adjustment);
    const isNormal = rule.forms.cluster.dof === 'normal';
    return {
      value: {
        type: request.type,
        by: request.by,
        clusters: counts,
        ...covarianceIn(influence, crossProduct(sums)),
        factors: [1],
        dof: isNormal ? Number.POSITIVE_INFINITY : clustering.count - 1,
        dofs: isNormal ? null : satterthwaiteDofs(influence, clustering, adjustment),
        degreesOf: isNormal ? null : directionDegrees(influence, clustering, adjustment),
      },
      diagnostics: fewClusterDiagnostics([clustering]),
    };
  },
};

/** What methods share that adjust the residuals of clusters: their meat is that of the clusters without an adjustment. */
export function oneWay(
  id: string,
): Pick<CovarianceMethod<OneWayGrouping>, 'errors' | 'isAveraged' | 'read' | 'columnsNeeded' | 'prepare' | 'meat'> {
  return {
    errors: 'clusters',
    isAveraged: false,
    read: (argument) => ({ type: id, by: readName(id, argument) }),
    columnsNeeded: clusterColumns,
    prepare: (sample, { by }) => {
      const [clustering] = clusteringsOf(sampleRowsOf(sample, `${id}:${by[0]}`), by);
      return { clustering, counts: [clustering.count], isDefinite: true };
    },
    meat: (scores, { clustering }) => crossProduct(scoreSums(scores, clustering, id)),
  };
}

/** Scores of every cluster from its adjusted residuals: G x r. */
export function adjustedScores(influence: Influence, clustering: Clustering, adjustment: ClusterAdjustment): Matrix {
  const { basis, residuals } = scoreRowsOf(influence, 'cr2');
  const adjusted = Float64Array.from(residuals);
  for (let g = 0; g < clustering.count; g++) adjustment.adjustInto(adjusted, g);
  const scores = zeros(basis.nrow, basis.ncol);
  for (let j = 0; j < basis.ncol; j++) {
    const first = j * basis.nrow;
    for (let i = 0; i < basis.nrow; i++) scores.data[first + i] = basis.data[first + i] * adjusted[i];
  }
  return groupSums(scores, clustering);
}
