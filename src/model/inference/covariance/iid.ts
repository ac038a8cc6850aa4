import { congruence, zeros } from '../../../math/matrix.ts';
import { sumOfSquares } from '../../../math/pairwise-sum.ts';
import type { CovarianceMethod } from '../../contract.ts';
import { countedParameters, parameterCount } from '../degrees-of-freedom.ts';
import { refuseArgument } from '../request.ts';

/**
 * V = s2 (X'X)^-1, s2 = SSR / (N - K), K with all fixed effects. Without the correction SSR / (N - 1), as fixest's
 * ssc(adj = FALSE) has it.
 */
export const iid: CovarianceMethod = {
  id: 'iid',
  read: (argument) => refuseArgument('iid', argument),
  columnsNeeded: () => [],
  covariance: (fit, request, rule) => {
    const n = fit.residuals.length;
    const dof = n - (rule.counting === 'plm' ? parameterCount(fit) : countedParameters(fit, rule, []));
    const divisor = rule.adjusts ? dof : n - 1;
    const unit = zeros(fit.basis.ncol, fit.basis.ncol);
    for (let i = 0; i < unit.ncol; i++) unit.data[i * (unit.ncol + 1)] = sumOfSquares(fit.residuals) / divisor;
    return {
      value: {
        type: request.type,
        by: [],
        clusters: [],
        matrix: congruence(fit.transform, unit),
        factors: [1 / divisor],
        dof: rule.adjusts ? dof : n - parameterCount(fit),
      },
      diagnostics: [],
    };
  },
};
