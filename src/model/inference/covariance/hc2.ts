import type { CovarianceMethod } from '../../contract.ts';
import { leverageCovariance } from '../leverage.ts';
import { refuseArgument } from '../request.ts';

/**
 * V = (X'X)^-1 sum u_i^2 / (1 - h_i) x_i x_i' (X'X)^-1, h_i the leverage in the regression with all dummies (MacKinnon and
 * White 1985, HC2; exact under fixed effects as in fixest 0.13 and in sandwich on the dummy regression). Unbiased under iid.
 */
export const hc2: CovarianceMethod = {
  id: 'hc2',
  aliases: [],
  usage: 'hc2',
  errors: 'rows',
  joint: 'leverage',
  read: (argument) => refuseArgument('hc2', argument),
  columnsNeeded: () => [],
  covariance: (fit, request, rule) => leverageCovariance(fit, request, rule, (rest) => 1 / Math.sqrt(rest)),
};
