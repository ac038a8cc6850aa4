import { crossProduct } from '../../../math/cross-product.ts';
import { linearCombination } from '../../../math/matrix.ts';
import type { CovarianceMethod } from '../../contract.ts';
import { correctionOf, factorOf } from '../correction.ts';
import { refuseArgument } from '../request.ts';
import { basisScores, covarianceIn } from '../sandwich.ts';

/** V = N/(N-K) (X'X)^-1 sum u_i^2 x_i x_i' (X'X)^-1 (White 1980; MacKinnon and White 1985, HC1). */
export const hc1: CovarianceMethod = {
  id: 'hc1',
  aliases: ['hetero', 'robust', 'white'],
  usage: 'hc1',
  errors: 'rows',
  joint: 'by-row',
  read: (argument) => refuseArgument('hc1', argument),
  columnsNeeded: () => [],
  covariance: (fit, request, rule) => {
    const { correction, dof } = correctionOf(fit, rule, 'hc');
    const factor = factorOf(correction);
    const meat = crossProduct(basisScores(fit));
    return {
      value: {
        type: request.type,
        by: [],
        clusters: [],
        ...covarianceIn(fit, linearCombination([meat], [factor])),
        factors: [factor],
        dof,
        correction,
      },
      diagnostics: [],
    };
  },
};
