import { tTwoSided } from '../../math/distribution.ts';
import type { CovarianceRequest } from '../contract.ts';
import type { EstimateInput, Fitted } from '../estimate-formula.ts';
import { covarianceOf, fitEach } from '../estimate-formula.ts';
import { parameterCount } from '../inference/degrees-of-freedom.ts';
import { estimatesOf } from '../inference/joint-test.ts';
import { readSmallSample, smallSamplePresets } from '../inference/small-sample.ts';
import { fitMeasures } from '../result/assemble.ts';
import { overallTest } from '../result/overall-test.ts';
import type { PrintedMeasure, ReconciledColumn, Reconciliation } from '../result/reconciliation.ts';
import type { Side } from './decompose.ts';
import { decompose } from './decompose.ts';

/** R2s as each software prints them (docs/methods/covariance.md); without fixed effects, overall and adjusted. */
const printedMeasures: Readonly<Record<string, readonly PrintedMeasure[]>> = {
  fixest: ['overall', 'adj', 'within'],
  reghdfe: ['overall', 'adj', 'within'],
  xtreg: ['xtreg_within', 'xtreg_between', 'xtreg_overall'],
  areg: ['overall', 'adj'],
  plm: ['within', 'plm_adj'],
  linearmodels: ['within', 'overall'],
  ivreg2: ['overall'],
  none: ['overall', 'adj', 'within'],
};

/** `small` variants are ivreg2's and ivregress's by name alone, and these two differ in the sandwich of GMM. */
const comparedPresets = smallSamplePresets.filter((label) => !/^ivregress|-small$/.test(label));

export interface ReconcileInput {
  /** The model with singletons kept, or under the one rule that was asked for. */
  readonly kept: Fitted;
  /** The same with singletons dropped, as fixest and reghdfe have it; null where there are none or one rule was asked for. */
  readonly dropped: Fitted | null;
  readonly vcov: string | CovarianceRequest;
  /** The convention to compare with: a preset or a list of `key=value`. */
  readonly ssc: string;
}

/**
 * The same model under every small-sample convention, with the standard errors of each explained from those of the chosen
 * one by factors for N, K and G whose product is the ratio.
 * @throws the codes of `covarianceOf`
 */
export function reconcile({ kept, dropped, vcov, ssc }: ReconcileInput): Reconciliation {
  const chosen = readSmallSample(ssc).label;
  const labels = [...new Set([chosen, ...comparedPresets])];
  const sides = labels.map((label) => {
    return sideOf(readSmallSample(label).singletons === 'drop' ? (dropped ?? kept) : kept, vcov, label);
  });
  const base = sides[0];
  const { design } = base.fit;
  const { type, by, clusters } = base.covariance;
  return {
    id: kept.id,
    formula: design.formula.text,
    depvar: design.depvar,
    sample: kept.sample,
    vcov: { type, by, clusters },
    chosen,
    columns: sides.map((side) => columnOf(side, base)),
  };
}

interface LabelledSide extends Side {
  readonly ssc: string;
  readonly f: ReconciledColumn['f'];
}

function sideOf(fitted: Fitted, vcov: ReconcileInput['vcov'], ssc: string): LabelledSide {
  const { fit, covariance } = covarianceOf(fitted, { vcov, ssc });
  // ivreg2 prints F with the small-sample factors and F's distribution even where it prints z (its help, "small").
  const { overallRule } = readSmallSample(ssc);
  const source = overallRule === null ? { fit, covariance } : covarianceOf(fitted, { vcov, ssc: overallRule });
  return { ssc, fit, covariance, f: overallTest(estimatesOf(source)) };
}

function columnOf(side: LabelledSide, base: LabelledSide): ReconciledColumn {
  const { ssc, fit, covariance, f } = side;
  const own = errorsOf(side);
  const theirs = errorsOf(base);
  const fRatio = f?.stat && base.f?.stat ? f.stat / base.f.stat : null;
  return {
    ssc,
    nobs: fit.nobs,
    singletons: fit.design.dropped.singleton - base.fit.design.dropped.singleton,
    df_t: Number.isFinite(covariance.dof) ? covariance.dof : null,
    correction: covariance.correction ?? null,
    coef: fit.names.map((term, j) => {
      const at = base.fit.names.indexOf(term);
      const se = own[j];
      const chosen = at < 0 ? null : theirs[at];
      const estimate = fit.coefficients[j];
      const dof = covariance.dofs?.[j] ?? covariance.dof;
      const p = se === null ? null : tTwoSided(estimate / se, dof);
      return { term, estimate, se, p, ratio: se === null || chosen === null ? null : se / chosen };
    }),
    f,
    r2: measuresOf(side),
    difference: side === base ? null : decompose(base, side, fRatio),
  };
}

/** Standard errors; null where the variance is 0 or does not exist. */
function errorsOf({ covariance }: Side): readonly (number | null)[] {
  const p = covariance.matrix.ncol;
  return Array.from({ length: p }, (_, j) => {
    const variance = covariance.matrix.data[j * (p + 1)];
    return variance > 0 && Number.isFinite(variance) ? Math.sqrt(variance) : null;
  });
}

function measuresOf({ ssc, fit }: LabelledSide): ReconciledColumn['r2'] {
  const measures = fitMeasures(fit, readSmallSample(ssc));
  const hasEffects = fit.design.effects.length > 0;
  const printed = hasEffects ? (printedMeasures[ssc] ?? printedMeasures.fixest) : (['overall', 'adj'] as const);
  return printed.map((measure) => ({ measure, value: measure === 'plm_adj' ? plmAdjusted(fit) : measures[measure] }));
}

/** plm: 1 - (1 - R2 within) (N - 1) / (N - K), K with all effects. */
function plmAdjusted(fit: Side['fit']): number | null {
  const { ssr, within } = fit.sums;
  const n = fit.nobs;
  return within === null || !(within > 0) ? null : 1 - ((ssr / within) * (n - 1)) / (n - parameterCount(fit));
}

/**
 * Every model of an input under every convention. Under one rule of singletons, where that is asked for; else as each
 * convention has it, those of a model that has any dropped for the conventions that drop them.
 */
export function reconcileEach(input: EstimateInput): readonly Reconciliation[] {
  const shared = { vcov: input.vcov ?? 'iid', ssc: input.ssc ?? 'fixest' };
  if (input.singletons !== undefined) {
    return Array.from(fitEach(input), (fitted) => reconcile({ kept: fitted, dropped: null, ...shared }));
  }
  const kept = [...fitEach({ ...input, singletons: 'keep' })];
  const hasSingletons = kept.map(({ fit }) => fit.design.diagnostics.some(({ code }) => code === 'singletons-kept'));
  const dropped = hasSingletons.includes(true) ? [...fitEach({ ...input, singletons: 'drop' })] : [];
  return kept.map((fitted, m) => reconcile({ kept: fitted, dropped: hasSingletons[m] ? dropped[m] : null, ...shared }));
}
