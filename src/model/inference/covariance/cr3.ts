import { StudyError } from '../../../error/study-error.ts';
import { crossProduct } from '../../../math/cross-product.ts';
import type { Matrix } from '../../../math/matrix.ts';
import { columnView, linearCombination } from '../../../math/matrix.ts';
import { pairwiseSum } from '../../../math/pairwise-sum.ts';
import { clusterAdjustment } from '../cluster-adjustment.ts';
import { correctionOf } from '../correction.ts';
import type { CovarianceMethod } from '../method.ts';
import { covarianceIn } from '../sandwich.ts';
import { fewClusterDiagnostics } from './cluster.ts';
import type { OneWayGrouping } from './cr2.ts';
import { adjustedScores, oneWay } from './cr2.ts';

/**
 * V = c sum_g d_g d_g', d_g = b - b(g) = (X'X)^-1 x_g' (I - H_gg)^-1 u_g, the change of the estimates when cluster g is left
 * out, fixed effects estimated anew (Bell and McCaffrey 2002; MacKinnon, Nielsen and Webb 2023, CV3). c = (G-1)/G, and 1 under
 * conventions that do not correct for clusters (clubSandwich's CR3).
 */
export const cr3: CovarianceMethod<OneWayGrouping> = leaveOneOut('cr3', ['crv3', 'cv3'], false);

/**
 * The same around the mean of the changes: the jackknife proper (MacKinnon, Nielsen and Webb 2023, CV3J; Stata's
 * vce(jackknife)). With instruments the changes are not those of a model fitted anew: refused.
 */
export const jackknife: CovarianceMethod<OneWayGrouping> = leaveOneOut('jackknife', ['jk', 'cv3j', 'crv3j'], true);

function leaveOneOut(id: string, aliases: readonly string[], isCentred: boolean): CovarianceMethod<OneWayGrouping> {
  return {
    id,
    aliases,
    usage: `${id}:NAME`,
    joint: isCentred ? 'never' : 'leverage',
    ...oneWay(id),
    covariance: (influence, { clustering, counts }, { request, rule }) => {
      const { count } = clustering;
      const vcov = `${id}:${request.by[0]}`;
      const { where } = influence.design;
      if (isCentred && influence.instrumented !== undefined) {
        const detail = { reason: 'instrumented', name: request.by[0], count } as const;
        throw new StudyError('covariance-undefined', { where, vcov, limit: null, ...detail });
      }
      const adjustment = clusterAdjustment(influence, clustering, vcov, 1);
      if (adjustment.decisiveCount > 0) {
        const detail = { reason: 'decisive-clusters', name: request.by[0], count: adjustment.decisiveCount } as const;
        throw new StudyError('covariance-undefined', { where, vcov, limit: null, ...detail });
      }
      const sums = adjustedScores(influence, clustering, adjustment);
      if (isCentred) centreColumns(sums);
      const factor = rule.adjustsClusters ? (count - 1) / count : 1;
      const groups = { counts, least: count, clusterings: [clustering] };
      return {
        value: {
          type: request.type,
          by: request.by,
          clusters: counts,
          ...covarianceIn(influence, linearCombination([crossProduct(sums)], [factor])),
          factors: [factor],
          dof: correctionOf(influence, rule, 'cluster', groups).dof,
        },
        diagnostics: fewClusterDiagnostics([clustering]),
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
