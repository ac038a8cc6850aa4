import { groupMeans } from '../../math/absorb/group-means.ts';
import { columnView } from '../../math/matrix.ts';
import type { SmallSampleRule } from '../contract.ts';
import { squaredCorrelation } from '../estimate/fit-sums.ts';
import type { RandomEffectsFit } from '../estimate/random-effects.ts';
import { withinUnit } from '../estimate/random-effects.ts';
import type { Fit } from '../fit.ts';
import type { ReadCovariance } from '../inference/infer.ts';
import { inferFrom } from '../inference/infer.ts';
import type { Estimates } from '../inference/joint-test.ts';
import { estimatesOf } from '../inference/joint-test.ts';
import type { RandomEffectsResult } from '../result/after-fit.ts';
import type { Coefficient } from '../result/coefficients.ts';
import { overallTest } from '../result/overall-test.ts';
import type { CovarianceLabel } from '../result/result.ts';
import { coefficientLine } from './coefficient-line.ts';

/** A covariance to be asked of any fit. */
export interface AskedCovariance extends ReadCovariance {
  readonly rule: SmallSampleRule;
}

/** Estimates with the normal for their reference, as Stata's `xtreg, re` and plm have it, and the covariance's label. */
export function normalEstimates(fit: Fit, asked: AskedCovariance): { estimates: Estimates; label: CovarianceLabel } {
  const covariance = inferFrom(fit, asked, asked.rule).value;
  const { type, by, clusters, factors } = covariance;
  return {
    estimates: estimatesOf({ fit, covariance: { ...covariance, dof: Number.POSITIVE_INFINITY, degreesOf: null } }),
    label: { type, by, clusters, ssc: asked.rule.label, factors },
  };
}

export function coefficientsOf(estimates: Estimates, indices: readonly number[]): readonly Coefficient[] {
  const { terms, coefficients, matrix, dof } = estimates;
  return indices.map((j) => ({
    term: terms[j],
    ...coefficientLine(coefficients[j], matrix.data[j * (terms.length + 1)], dof),
    estimate: coefficients[j],
  }));
}

/** The result of a random effects model under one covariance. */
export function randomEffectsResult(model: RandomEffectsFit, asked: AskedCovariance): RandomEffectsResult {
  const { fit, pooled, varianceE, varianceU, thetas } = model;
  const { estimates, label } = normalEstimates(fit, asked);
  const sorted = Float64Array.from(thetas).sort();
  const counts = Float64Array.from(pooled.counts).sort();
  const middle = sorted.length >> 1;
  const total = varianceE + varianceU;
  return {
    unit: pooled.unit.name,
    method: model.method,
    nobs: pooled.design.y.length,
    units: pooled.unit.count,
    periods: { min: counts[0], mean: pooled.design.y.length / counts.length, max: counts[counts.length - 1] },
    sigma_e: Math.sqrt(varianceE),
    sigma_u: Math.sqrt(varianceU),
    rho: total > 0 ? varianceU / total : 0,
    theta: {
      min: sorted[0],
      median: sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2,
      max: sorted[sorted.length - 1],
    },
    vcov: label,
    coef: coefficientsOf(
      estimates,
      fit.names.map((_, j) => j),
    ),
    collinear: fit.collinear,
    r2: measuresOf(model),
    wald: overallTest(estimates),
  };
}

/** Squared correlations of x b with y: within units, of unit means, and plain. */
function measuresOf({ fit, pooled }: RandomEffectsFit): RandomEffectsResult['r2'] {
  const { design, unit, counts } = pooled;
  const xb = new Float64Array(design.y.length);
  fit.names.forEach((name, k) => {
    const j = design.terms.indexOf(name);
    if (j < 0) return;
    const column = columnView(design.x, j);
    for (let i = 0; i < xb.length; i++) xb[i] += fit.coefficients[k] * column[i];
  });
  const means = (values: Float64Array): Float64Array => groupMeans(values, unit.codes, counts, null);
  return {
    within: squaredCorrelation(withinUnit(xb, unit, counts), withinUnit(design.y, unit, counts)),
    between: squaredCorrelation(means(xb), means(design.y)),
    overall: squaredCorrelation(xb, design.y),
  };
}
