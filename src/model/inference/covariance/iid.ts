import type { Matrix } from '../../../math/matrix.ts';
import { linearCombination, zeros } from '../../../math/matrix.ts';
import type { CovarianceMethod } from '../../contract.ts';
import { correctionOf, factorOf } from '../correction.ts';
import { refuseArgument } from '../request.ts';
import { covarianceIn } from '../sandwich.ts';

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
  read: (argument) => refuseArgument('iid', argument),
  columnsNeeded: () => [],
  covariance: (fit, request, rule) => {
    const { correction, dof } = correctionOf(fit, rule, 'iid');
    const factor = factorOf(correction);
    const core = fit.instrumented?.classicalCore ?? unitMatrix(fit.transform.ncol);
    return {
      value: {
        type: request.type,
        by: [],
        clusters: [],
        ...covarianceIn(fit, linearCombination([core], [fit.sums.ssr * factor])),
        factors: [factor],
        dof,
        correction,
      },
      diagnostics: [],
    };
  },
};

function unitMatrix(k: number): Matrix {
  const out = zeros(k, k);
  for (let i = 0; i < k; i++) out.data[i * (k + 1)] = 1;
  return out;
}
