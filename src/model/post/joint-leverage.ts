import { StudyError } from '../../error/study-error.ts';
import { crossProduct } from '../../math/cross-product.ts';
import { linearCombination } from '../../math/matrix.ts';
import type { Covariance, CovarianceRequest, SmallSampleRule } from '../contract.ts';
import type { Fit } from '../fit.ts';
import { scoreRowsOf } from '../fit-rows.ts';
import { clusterAdjustment } from '../inference/cluster-adjustment.ts';
import { clusterColumns, clusteringsOf } from '../inference/clusters.ts';
import { correctionOf } from '../inference/correction.ts';
import { leveragesOf } from '../inference/leverage.ts';
import { covarianceIn } from '../inference/sandwich.ts';
import { scoreSums, scoresOf } from '../inference/scores.ts';
import type { Stack, StackedModel } from './stack-fits.ts';
import { sourceRowName, stackFits } from './stack-fits.ts';

/**
 * HC2, HC3 and CR3 of several models together. In the regression in which everything is interacted with the model, leverages
 * are block-diagonal: each model's residuals are adjusted by its own, as for the model alone, and the scores of a row (of a
 * cluster) are added up over the models before they are squared. For HC3 and CR3 such a sum is the change of all estimates
 * when the row (the cluster) is left out of every model, so that this is the jackknife of their joint distribution.
 * @throws the codes of the covariance of each model
 */
export function leverageJoint(
  models: readonly StackedModel[],
  request: CovarianceRequest,
  rule: SmallSampleRule,
): { readonly stack: Stack; readonly covariance: Covariance } {
  const isByRow = request.type !== 'cr3';
  const adjusted = models.map((model) => {
    const residuals = isByRow ? adjustedByRow(model.fit, request.type) : adjustedByCluster(model.fit, request);
    return { ...model, residuals };
  });
  const stack = stackFits(adjusted, clusterColumns(request));
  const { sample } = scoreRowsOf(stack, request.type);
  const clusterings = clusteringsOf(sample, isByRow ? [sourceRowName] : request.by);
  const [clusters] = clusterings;
  const factor = !isByRow && rule.adjustsClusters ? (clusters.count - 1) / clusters.count : 1;
  const groups = { counts: [clusters.count], least: clusters.count, clusterings };
  const correction = isByRow ? correctionOf(stack, rule, 'hc') : correctionOf(stack, rule, 'cluster', groups);
  const meat = crossProduct(scoreSums(scoresOf(stack), clusters, request.type));
  return {
    stack,
    covariance: {
      type: request.type,
      by: request.by,
      clusters: isByRow ? [] : [clusters.count],
      ...covarianceIn(stack, linearCombination([meat], [factor])),
      factors: [factor],
      dof: correction.dof,
    },
  };
}

function adjustedByRow(fit: Fit, type: string): Float64Array {
  const { rest, isAbsorbed } = leveragesOf(fit, type);
  return scoreRowsOf(fit, type).residuals.map((value, i) => {
    if (isAbsorbed[i] === 1) return 0;
    return value / (type === 'hc2' ? Math.sqrt(rest[i]) : rest[i]);
  });
}

/** @throws covariance-undefined where an estimate is not determined without some cluster */
function adjustedByCluster(fit: Fit, { type, by }: CovarianceRequest): Float64Array {
  const vcov = `${type}:${by[0]}`;
  const { sample, residuals } = scoreRowsOf(fit, vcov);
  const [clusters] = clusteringsOf(sample, by);
  const adjustment = clusterAdjustment(fit, clusters, vcov, 1);
  if (adjustment.decisiveCount > 0) {
    const detail = { reason: 'decisive-clusters', name: by[0], count: adjustment.decisiveCount } as const;
    throw new StudyError('covariance-undefined', { where: fit.design.where, vcov, limit: null, ...detail });
  }
  const adjusted = Float64Array.from(residuals);
  for (let g = 0; g < clusters.count; g++) adjustment.adjustInto(adjusted, g);
  return adjusted;
}
