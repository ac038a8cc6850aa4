import { linearCombination } from '../../../math/matrix.ts';
import { correctionOf, factorOf } from '../correction.ts';
import type { CovarianceMethod } from '../method.ts';
import { noGroups } from '../no-groups.ts';
import { refuseArgument } from '../request.ts';
import { covarianceIn } from '../sandwich.ts';
import { rowMeat, scoresOf } from '../scores.ts';

/** V = N/(N-K) (X'X)^-1 sum u_i^2 x_i x_i' (X'X)^-1 (White 1980; MacKinnon and White 1985, HC1). */
export const hc1: CovarianceMethod = {
  id: 'hc1',
  aliases: ['hetero', 'robust', 'white'],
  usage: 'hc1',
  errors: 'rows',
  joint: 'by-row',
  isAveraged: false,
  read: (argument) => refuseArgument('hc1', argument),
  columnsNeeded: () => [],
  prepare: () => noGroups,
  meat: (scores) => rowMeat(scores, 'hc1'),
  covariance: (influence, _, { request, rule }) => {
    const { correction, dof } = correctionOf(influence, rule, 'hc');
    const factor = factorOf(correction);
    const meat = rowMeat(scoresOf(influence), 'hc1');
    return {
      value: {
        type: request.type,
        by: [],
        clusters: [],
        ...covarianceIn(influence, linearCombination([meat], [factor])),
        factors: [factor],
        dof,
        correction,
      },
      diagnostics: [],
    };
  },
};
