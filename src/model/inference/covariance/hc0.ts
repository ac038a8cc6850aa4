import { crossProduct } from '../../../math/cross-product.ts';
import type { CovarianceMethod } from '../../contract.ts';
import { correctionOf } from '../correction.ts';
import { refuseArgument } from '../request.ts';
import { basisScores, covarianceIn } from '../sandwich.ts';

/** V = (X'X)^-1 sum u_i^2 x_i x_i' (X'X)^-1 (White 1980): no correction under any convention. */
export const hc0: CovarianceMethod = {
  id: 'hc0',
  aliases: [],
  usage: 'hc0',
  errors: 'rows',
  joint: 'distinct-rows',
  read: (argument) => refuseArgument('hc0', argument),
  columnsNeeded: () => [],
  covariance: (fit, request, rule) => ({
    value: {
      type: request.type,
      by: [],
      clusters: [],
      ...covarianceIn(fit, crossProduct(basisScores(fit))),
      factors: [1],
      dof: correctionOf(fit, rule, 'hc').dof,
    },
    diagnostics: [],
  }),
};
