import { leverageCovariance } from '../leverage.ts';
import type { CovarianceMethod } from '../method.ts';
import { noGroups } from '../no-groups.ts';
import { refuseArgument } from '../request.ts';
import { rowMeat } from '../scores.ts';

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
  isAveraged: false,
  read: (argument) => refuseArgument('hc2', argument),
  columnsNeeded: () => [],
  prepare: () => noGroups,
  meat: (scores) => rowMeat(scores, 'hc2'),
  covariance: (influence, _, options) => leverageCovariance(influence, options, (rest) => 1 / Math.sqrt(rest)),
};
