import type { CovarianceMethod } from '../../contract.ts';
import { leverageCovariance } from '../leverage.ts';
import { refuseArgument } from '../request.ts';

/**
 * V = (X'X)^-1 sum u_i^2 / (1 - h_i)^2 x_i x_i' (X'X)^-1, h_i the leverage in the regression with all dummies (MacKinnon and
 * White 1985; the form of Davidson and MacKinnon 1993, which sandwich and fixest have): close to the jackknife.
 */
export const hc3: CovarianceMethod = {
  id: 'hc3',
  aliases: [],
  usage: 'hc3',
  errors: 'rows',
  joint: 'leverage',
  read: (argument) => refuseArgument('hc3', argument),
  columnsNeeded: () => [],
  covariance: (fit, request, rule) => leverageCovariance(fit, request, rule, (rest) => 1 / rest),
};
