import type { Diagnostic } from '../../error/diagnostic.ts';
import { pairwiseSum } from '../../math/pairwise-sum.ts';
import type { Covariance, SmallSampleRule } from '../contract.ts';
import type { Fit } from '../fit.ts';
import { fixestAbsorbed, parameterCount } from '../inference/degrees-of-freedom.ts';
import type { Estimates } from '../inference/joint-test.ts';
import { estimatesOf } from '../inference/joint-test.ts';
import { coefficientsOf } from './coefficients.ts';
import type { EventStudy } from './event-study.ts';
import type { IvResult } from './iv.ts';
import { overallTest } from './overall-test.ts';
import type { FitMeasures, ModelResult } from './result.ts';
import { undefinedDiagnostics } from './undefined.ts';

/** The result of one fit under one covariance: numbers and strings only, null for what does not exist. */
export function assembleResult(input: {
  readonly id: string;
  readonly sample: string | null;
  readonly fit: Fit;
  readonly covariance: Covariance;
  readonly rule: SmallSampleRule;
  readonly diagnostics: readonly Diagnostic[];
  readonly iv?: IvResult | null;
  /** Of the overall F, where that has a convention of its own. */
  readonly overall?: Covariance;
  /** Of an event term, with the estimates before they were averaged: the overall F is of those. */
  readonly event?: EventStudy;
  readonly whole?: Estimates;
}): ModelResult {
  const { fit, covariance, rule } = input;
  const { design, sums, absorption } = fit;
  const n = fit.nobs;
  const dfResid = n - parameterCount(fit);
  const iv = input.iv ?? null;
  const coef = coefficientsOf(fit, covariance);
  const f = overallTest(input.whole ?? estimatesOf({ fit, covariance: input.overall ?? covariance }));
  const ssr = sums.ssr * weightScale(fit, rule);
  return {
    id: input.id,
    estimator: fit.instrumented?.estimator ?? 'ols',
    formula: design.formula.text,
    depvar: design.depvar,
    ...outcomeOf(fit),
    sample: input.sample,
    nobs: n,
    dropped: { ...design.dropped },
    ...(design.lost.length === 0 ? {} : { lost: design.lost }),
    fixef: Object.fromEntries(design.effects.map((effect) => [effect.name, effect.count])),
    df_model: fit.slopeCount + (design.hasConstant ? 1 : 0),
    df_resid: dfResid,
    df_t: Number.isFinite(covariance.dof) ? covariance.dof : null,
    vcov: {
      type: covariance.type,
      by: covariance.by,
      clusters: covariance.clusters,
      ssc: rule.label,
      factors: covariance.factors,
      ...(covariance.lag === undefined ? {} : { lag: covariance.lag }),
      ...(covariance.kernel === undefined ? {} : { kernel: covariance.kernel }),
      ...(covariance.cutoffKm === undefined ? {} : { cutoff_km: covariance.cutoffKm }),
    },
    coef,
    collinear: fit.collinear,
    f,
    r2: fitMeasures(fit, rule),
    ssr,
    rmse: Math.sqrt(ssr / (!rule.adjusts && rule.bareDivisor === 'n' ? n : dfResid)),
    absorption: { method: absorption.method, iterations: absorption.iterations, tolerance: absorption.tolerance },
    ...(iv === null ? {} : { iv }),
    ...(input.event === undefined ? {} : { event: input.event }),
    warnings: [...fit.diagnostics, ...input.diagnostics, ...undefinedDiagnostics({ coef, f, iv })],
    ...(fit.engine === undefined ? {} : { engine: fit.engine }),
  };
}

/** The outcome on the sample. Without a constant `total` is around zero: the mean is taken out of it. */
function outcomeOf({ design, sums, nobs, gives }: Fit): Pick<ModelResult, 'outcome'> {
  if (sums.mean === undefined) return {};
  const mean = sums.mean();
  const weights = gives.kind === 'rows' ? gives.design.weights : null;
  const total = gives.kind === 'rows' ? null : gives.totalWeight;
  const weight = weights === null ? (total ?? nobs) : pairwiseSum(weights);
  const hasMean = design.hasConstant || design.effects.length > 0;
  const squares = hasMean ? sums.total : Math.max(0, sums.total - weight * mean ** 2);
  return { outcome: { mean, sd: nobs > 1 ? Math.sqrt((squares / weight) * (nobs / (nobs - 1))) : null } };
}

/** N over the sum of weights under conventions whose weights have mean 1. */
function weightScale({ nobs, gives }: Fit, rule: SmallSampleRule): number {
  if (rule.weightScale === 'raw') return 1;
  if (gives.kind !== 'rows') return gives.totalWeight === null ? 1 : nobs / gives.totalWeight;
  const { weights } = gives.design;
  return weights === null ? 1 : nobs / pairwiseSum(weights);
}

/** The R2 family; formulas in docs/methods/ols-absorbed.md. */
export function fitMeasures(fit: Fit, rule: SmallSampleRule): FitMeasures {
  const { design, sums } = fit;
  const n = fit.nobs;
  const hasMean = design.hasConstant || design.effects.length > 0;
  const absorbed = rule.counting === 'fixest' ? fixestAbsorbed(design.effects) : fit.absorbedRank;
  const k = fit.slopeCount;
  const parameters = k + (design.hasConstant ? 1 : 0) + absorbed;
  const share = ratio(sums.ssr, sums.total);
  const within = sums.within === null ? null : ratio(sums.ssr, sums.within);
  const unit = sums.withinUnit === null ? null : ratio(sums.ssr, sums.withinUnit);
  return {
    overall: complement(share, 1),
    adj: complement(share, ratio(n - (hasMean ? 1 : 0), n - parameters)),
    within: complement(within, 1),
    within_adj: complement(within, ratio(n - absorbed, n - absorbed - k)),
    xtreg_within: complement(unit, 1),
    xtreg_between: sums.xtregBetween,
    xtreg_overall: sums.xtregOverall,
  };
}

function ratio(a: number, b: number): number | null {
  return b > 0 ? a / b : null;
}

function complement(share: number | null, scale: number | null): number | null {
  return share === null || scale === null ? null : 1 - share * scale;
}
