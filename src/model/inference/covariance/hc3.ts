import { leverageCovariance } from '../leverage.ts';
import type { CovarianceMethod } from '../method.ts';
import { noGroups } from '../no-groups.ts';
import { refuseArgument } from '../request.ts';
import { rowMeat } from '../scores.ts';

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
  isAveraged: false,
  read: (argument) => refuseArgument('hc3', argument),
  columnsNeeded: () => [],
  prepare: () => noGroups,
  meat: (scores) => rowMeat(scores, 'hc3'),
  covariance: (influence, _, options) => leverageCovariance(influence, options, (rest) => 1 / rest),
};
