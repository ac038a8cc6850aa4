import { congruence, linearCombination } from '../../../math/matrix.ts';
import type { CovarianceMethod } from '../../contract.ts';
import { countedParameters, parameterCount } from '../degrees-of-freedom.ts';
import { refuseArgument } from '../request.ts';
import { basisScores, crossProduct } from '../sandwich.ts';

/** V = N/(N-K) (X'X)^-1 sum u_i^2 x_i x_i' (X'X)^-1 (White 1980; MacKinnon and White 1985, HC1). */
export const hc1: CovarianceMethod = {
  id: 'hc1',
  read: (argument) => refuseArgument('hc1', argument),
  columnsNeeded: () => [],
  covariance: (fit, request, rule) => {
    const n = fit.residuals.length;
    const counted = countedParameters(fit, rule, []);
    const factor = rule.adjusts ? n / (n - counted) : 1;
    const meat = crossProduct(basisScores(fit));
    return {
      value: {
        type: request.type,
        by: [],
        clusters: [],
        matrix: linearCombination([congruence(fit.transform, meat)], [factor]),
        factors: [factor],
        dof: n - (rule.adjusts && rule.counting !== 'plm' ? counted : parameterCount(fit)),
      },
      diagnostics: [],
    };
  },
};
