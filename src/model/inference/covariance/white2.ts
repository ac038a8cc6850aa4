import { linearCombination, zeros } from '../../../math/matrix.ts';
import type { Clustering, CovarianceMethod } from '../../contract.ts';
import { membersOf } from '../cluster-adjustment.ts';
import { clusteringsOf } from '../clusters.ts';
import { correctionOf, factorOf } from '../correction.ts';
import type { CrossMeat } from '../cross-meat.ts';
import { addWeightedCross } from '../cross-meat.ts';
import { readName } from '../request.ts';
import { covarianceIn } from '../sandwich.ts';

/**
 * V = c (X'X)^-1 [ sum_g s2_g X_g'X_g ] (X'X)^-1, s2_g the mean of u^2 in group g: errors that are independent and have one
 * variance a group (White 1984; plm's vcovHC method "white2"). c as for HC1.
 */
export const white2: CovarianceMethod = {
  id: 'white2',
  aliases: [],
  usage: 'white2:NAME',
  errors: 'rows',
  joint: 'never',
  read: (argument) => ({ type: 'white2', by: readName('white2', argument) }),
  columnsNeeded: (request) => request.by.flatMap((name) => name.split('^')),
  crossMeat: (fit, request, parts) => groupVarianceMeat(clusteringsOf(fit, request.by)[0], parts),
  covariance: (fit, request, rule) => {
    const [groups] = clusteringsOf(fit, request.by);
    const { correction, dof } = correctionOf(fit, rule, 'hc');
    const factor = factorOf(correction);
    const { basis: q, residuals: a } = fit;
    const meat = groupVarianceMeat(groups, { q, a, b: a });
    return {
      value: {
        type: request.type,
        by: request.by,
        clusters: [groups.count],
        ...covarianceIn(fit, linearCombination([meat], [factor])),
        factors: [factor],
        dof,
        correction,
      },
      diagnostics: [],
    };
  },
};

function groupVarianceMeat(groups: Clustering, { q, a, b }: Parameters<CrossMeat>[0]): ReturnType<CrossMeat> {
  const meat = zeros(q.ncol, q.ncol);
  for (const rows of membersOf(groups)) {
    const mean = rows.reduce((sum, row) => sum + a[row] * b[row], 0) / rows.length;
    for (const row of rows) addWeightedCross(meat, q, { left: row, right: row, weight: mean });
  }
  return meat;
}
