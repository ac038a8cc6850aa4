import { congruence, linearCombination, zeros } from '../../../math/matrix.ts';
import type { CovarianceMethod } from '../../contract.ts';
import { correctionOf, factorOf } from '../correction.ts';
import { refuseArgument } from '../request.ts';

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
    const bread = fit.instrumented?.classicalBread ?? null;
    const unit = zeros(fit.transform.ncol, fit.transform.ncol);
    for (let i = 0; i < unit.ncol; i++) unit.data[i * (unit.ncol + 1)] = fit.sums.ssr * factor;
    return {
      value: {
        type: request.type,
        by: [],
        clusters: [],
        matrix: bread === null ? congruence(fit.transform, unit) : linearCombination([bread], [fit.sums.ssr * factor]),
        factors: [factor],
        dof,
        correction,
      },
      diagnostics: [],
    };
  },
};
