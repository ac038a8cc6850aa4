import { StudyError } from '../../error/study-error.ts';
import { crossProduct } from '../../math/cross-product.ts';
import type { Matrix } from '../../math/matrix.ts';
import { linearCombination } from '../../math/matrix.ts';
import type { Clustering, Covariance, CovarianceRequest, Fit, SmallSampleRule } from '../contract.ts';
import { clusterAdjustment } from '../inference/cluster-adjustment.ts';
import { clusteringsOf } from '../inference/clusters.ts';
import { correctionOf } from '../inference/correction.ts';
import { leveragesOf } from '../inference/leverage.ts';
import { covarianceIn, scoreGroupSums } from '../inference/sandwich.ts';
import type { StackedModel } from './stack-fits.ts';
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
): { readonly fit: Fit; readonly covariance: Covariance } {
  const isByRow = request.type !== 'cr3';
  const adjusted = models.map((model) => {
    const residuals = isByRow ? adjustedByRow(model.fit, request.type) : adjustedByCluster(model.fit, request);
    return { ...model, fit: { ...model.fit, residuals } };
  });
  const fit = stackFits(
    adjusted,
    request.by.flatMap((name) => name.split('^')),
  );
  const clusterings = clusteringsOf(fit, isByRow ? [sourceRowName] : request.by);
  const [clusters] = clusterings;
  const factor = !isByRow && rule.adjustsClusters ? (clusters.count - 1) / clusters.count : 1;
  const groups = { counts: [clusters.count], least: clusters.count, clusterings };
  const correction = isByRow ? correctionOf(fit, rule, 'hc') : correctionOf(fit, rule, 'cluster', groups);
  return {
    fit,
    covariance: {
      type: request.type,
      by: request.by,
      clusters: isByRow ? [] : [clusters.count],
      ...covarianceIn(fit, linearCombination([meatOf(fit, clusters)], [factor])),
      factors: [factor],
      dof: correction.dof,
    },
  };
}

function meatOf(fit: Fit, clusters: Clustering): Matrix {
  return crossProduct(scoreGroupSums(fit, clusters));
}

function adjustedByRow(fit: Fit, type: string): Float64Array {
  const { rest, isAbsorbed } = leveragesOf(fit, type);
  return fit.residuals.map((value, i) => {
    if (isAbsorbed[i] === 1) return 0;
    return value / (type === 'hc2' ? Math.sqrt(rest[i]) : rest[i]);
  });
}

/** @throws covariance-undefined where an estimate is not determined without some cluster */
function adjustedByCluster(fit: Fit, { type, by }: CovarianceRequest): Float64Array {
  const [clusters] = clusteringsOf(fit, by);
  const vcov = `${type}:${by[0]}`;
  const adjustment = clusterAdjustment(fit, clusters, vcov, 1);
  if (adjustment.decisiveCount > 0) {
    const detail = { reason: 'decisive-clusters', name: by[0], count: adjustment.decisiveCount } as const;
    throw new StudyError('covariance-undefined', { where: fit.design.where, vcov, limit: null, ...detail });
  }
  const adjusted = Float64Array.from(fit.residuals);
  for (let g = 0; g < clusters.count; g++) adjustment.adjustInto(adjusted, g);
  return adjusted;
}
