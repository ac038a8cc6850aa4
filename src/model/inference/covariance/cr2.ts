import { crossProduct } from '../../../math/cross-product.ts';
import type { Matrix } from '../../../math/matrix.ts';
import { zeros } from '../../../math/matrix.ts';
import type { Clustering, CovarianceMethod, Fit } from '../../contract.ts';
import type { ClusterAdjustment } from '../cluster-adjustment.ts';
import { clusterAdjustment } from '../cluster-adjustment.ts';
import { clusteringsOf } from '../clusters.ts';
import { readName } from '../request.ts';
import { covarianceIn, groupSums } from '../sandwich.ts';
import { directionDegrees, satterthwaiteDofs } from '../satterthwaite.ts';
import { fewClusterDiagnostics } from './cluster.ts';

/**
 * V = (X'X)^-1 sum_g x_g' A_g u_g u_g' A_g x_g (X'X)^-1, A_g = (I - H_gg)^-1/2 (Bell and McCaffrey 2002; Pustejovsky and
 * Tipton 2018, with a generalized inverse where a cluster determines a direction alone), each estimate with Satterthwaite
 * degrees of freedom. Unbiased under iid errors; no small-sample factor, as in clubSandwich. With weights the regression is
 * that of the rows times the root of the weight, whose errors are iid where the weights are right.
 */
export const cr2: CovarianceMethod = {
  id: 'cr2',
  aliases: ['crv2', 'bell-mccaffrey', 'bm'],
  usage: 'cr2:NAME',
  errors: 'clusters',
  joint: 'never',
  read: (argument) => ({ type: 'cr2', by: readName('cr2', argument) }),
  columnsNeeded: (request) => request.by.flatMap((name) => name.split('^')),
  covariance: (fit, request, rule) => {
    const clusterings = clusteringsOf(fit, request.by);
    const adjustment = clusterAdjustment(fit, clusterings[0], `cr2:${request.by[0]}`, 0.5);
    const sums = adjustedScores(fit, clusterings[0], adjustment);
    const isNormal = rule.forms.cluster.dof === 'normal';
    return {
      value: {
        type: request.type,
        by: request.by,
        clusters: [clusterings[0].count],
        ...covarianceIn(fit, crossProduct(sums)),
        factors: [1],
        dof: isNormal ? Number.POSITIVE_INFINITY : clusterings[0].count - 1,
        dofs: isNormal ? null : satterthwaiteDofs(fit, clusterings[0], adjustment),
        degreesOf: isNormal ? null : directionDegrees(fit, clusterings[0], adjustment),
      },
      diagnostics: fewClusterDiagnostics(clusterings),
    };
  },
};

/** Scores of every cluster from its adjusted residuals: G x r. */
export function adjustedScores(fit: Fit, clustering: Clustering, adjustment: ClusterAdjustment): Matrix {
  const { basis } = fit;
  const adjusted = Float64Array.from(fit.residuals);
  for (let g = 0; g < clustering.count; g++) adjustment.adjustInto(adjusted, g);
  const scores = zeros(basis.nrow, basis.ncol);
  for (let j = 0; j < basis.ncol; j++) {
    const first = j * basis.nrow;
    for (let i = 0; i < basis.nrow; i++) scores.data[first + i] = basis.data[first + i] * adjusted[i];
  }
  return groupSums(scores, clustering);
}
