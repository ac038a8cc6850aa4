import { correctionOf } from '../correction.ts';
import type { CovarianceMethod } from '../method.ts';
import { noGroups } from '../no-groups.ts';
import { refuseArgument } from '../request.ts';
import { covarianceIn } from '../sandwich.ts';
import { rowMeat, scoresOf } from '../scores.ts';

/** V = (X'X)^-1 sum u_i^2 x_i x_i' (X'X)^-1 (White 1980): no correction under any convention. */
export const hc0: CovarianceMethod = {
  id: 'hc0',
  aliases: [],
  usage: 'hc0',
  errors: 'rows',
  joint: 'distinct-rows',
  isAveraged: false,
  read: (argument) => refuseArgument('hc0', argument),
  columnsNeeded: () => [],
  prepare: () => noGroups,
  meat: (scores) => rowMeat(scores, 'hc0'),
  covariance: (influence, _, { request, rule }) => ({
    value: {
      type: request.type,
      by: [],
      clusters: [],
      ...covarianceIn(influence, rowMeat(scoresOf(influence), 'hc0')),
      factors: [1],
      dof: correctionOf(influence, rule, 'hc').dof,
    },
    diagnostics: [],
  }),
};
