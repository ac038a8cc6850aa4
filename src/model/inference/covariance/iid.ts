import { crossProduct } from '../../../math/cross-product.ts';
import { kronecker, linearCombination, unitMatrix } from '../../../math/matrix.ts';
import { crossMoments } from '../averages.ts';
import { correctionOf, factorOf } from '../correction.ts';
import type { CovarianceMethod, ScoreRows } from '../method.ts';
import { noGroups } from '../no-groups.ts';
import { refuseArgument } from '../request.ts';
import { covarianceIn } from '../sandwich.ts';
import { rowsOfScores } from '../scores.ts';

/**
 * V = s2 (X'X)^-1, s2 = SSR / (N - K), K with all fixed effects. Without the correction SSR / (N - 1), as fixest's
 * ssc(adj = FALSE) has it, or SSR / N (ivreg2).
 */
export const iid: CovarianceMethod = {
  id: 'iid',
  aliases: ['classical', 'unadjusted', 'ols'],
  usage: 'iid',
  errors: 'alike',
  joint: 'by-row',
  isAveraged: true,
  read: (argument) => refuseArgument('iid', argument),
  columnsNeeded: () => [],
  prepare: () => noGroups,
  meat: (scores) => {
    const { q, v, count } = scores.coordinates ?? withCount(rowsOfScores(scores, 'iid'));
    return kronecker(crossMoments(v, count), crossProduct(q));
  },
  covariance: (influence, _, { request, rule }) => {
    const { correction, dof } = correctionOf(influence, rule, 'iid');
    const factor = factorOf(correction);
    const core = influence.instrumented?.classicalCore ?? unitMatrix(influence.transform.ncol);
    return {
      value: {
        type: request.type,
        by: [],
        clusters: [],
        ...covarianceIn(influence, linearCombination([core], [influence.sums.ssr * factor])),
        factors: [factor],
        dof,
        correction,
      },
      diagnostics: [],
    };
  },
};

function withCount({ q, v }: ScoreRows) {
  return { q, v, count: q.nrow };
}
