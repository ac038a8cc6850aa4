import { StudyError } from '../../../error/study-error.ts';
import { crossProduct } from '../../../math/cross-product.ts';
import type { Matrix } from '../../../math/matrix.ts';
import { columnView, linearCombination } from '../../../math/matrix.ts';
import { pairwiseSum } from '../../../math/pairwise-sum.ts';
import type { CovarianceMethod } from '../../contract.ts';
import { clusterAdjustment } from '../cluster-adjustment.ts';
import { clusteringsOf } from '../clusters.ts';
import { correctionOf } from '../correction.ts';
import { readName } from '../request.ts';
import { covarianceIn } from '../sandwich.ts';
import { fewClusterDiagnostics } from './cluster.ts';
import { adjustedScores } from './cr2.ts';

/**
 * V = c sum_g d_g d_g', d_g = b - b(g) = (X'X)^-1 x_g' (I - H_gg)^-1 u_g, the change of the estimates when cluster g is left
 * out, fixed effects estimated anew (Bell and McCaffrey 2002; MacKinnon, Nielsen and Webb 2023, CV3). c = (G-1)/G, and 1 under
 * conventions that do not correct for clusters (clubSandwich's CR3).
 */
export const cr3: CovarianceMethod = leaveOneOut('cr3', ['crv3', 'cv3'], false);

/**
 * The same around the mean of the changes: the jackknife proper (MacKinnon, Nielsen and Webb 2023, CV3J; Stata's
 * vce(jackknife)). With instruments the changes are not those of a model fitted anew: refused.
 */
export const jackknife: CovarianceMethod = leaveOneOut('jackknife', ['jk', 'cv3j', 'crv3j'], true);

function leaveOneOut(id: string, aliases: readonly string[], isCentred: boolean): CovarianceMethod {
  return {
    id,
    aliases,
    usage: `${id}:NAME`,
    errors: 'clusters',
    joint: isCentred ? 'never' : 'leverage',
    read: (argument) => ({ type: id, by: readName(id, argument) }),
    columnsNeeded: (request) => request.by.flatMap((name) => name.split('^')),
    covariance: (fit, request, rule) => {
      const clusterings = clusteringsOf(fit, request.by);
      const { count } = clusterings[0];
      const vcov = `${id}:${request.by[0]}`;
      if (isCentred && fit.instrumented !== undefined) {
        const detail = { reason: 'instrumented', name: request.by[0], count } as const;
        throw new StudyError('covariance-undefined', { where: fit.design.where, vcov, limit: null, ...detail });
      }
      const adjustment = clusterAdjustment(fit, clusterings[0], vcov, 1);
      if (adjustment.decisiveCount > 0) {
        const detail = { reason: 'decisive-clusters', name: request.by[0], count: adjustment.decisiveCount } as const;
        throw new StudyError('covariance-undefined', { where: fit.design.where, vcov, limit: null, ...detail });
      }
      const sums = adjustedScores(fit, clusterings[0], adjustment);
      if (isCentred) centreColumns(sums);
      const factor = rule.adjustsClusters ? (count - 1) / count : 1;
      const groups = { counts: [count], least: count, clusterings };
      return {
        value: {
          type: request.type,
          by: request.by,
          clusters: [count],
          ...covarianceIn(fit, linearCombination([crossProduct(sums)], [factor])),
          factors: [factor],
          dof: correctionOf(fit, rule, 'cluster', groups).dof,
        },
        diagnostics: fewClusterDiagnostics(clusterings),
      };
    },
  };
}

function centreColumns(sums: Matrix): void {
  for (let j = 0; j < sums.ncol; j++) {
    const column = columnView(sums, j);
    const mean = pairwiseSum(column) / column.length;
    for (let g = 0; g < column.length; g++) column[g] -= mean;
  }
}
