import type { Diagnostic } from '../../error/diagnostic.ts';
import { said } from '../../error/said.ts';
import { StudyError } from '../../error/study-error.ts';
import type { Covariance, CovarianceRequest, PanelKeys, SmallSampleRule } from '../contract.ts';
import { covarianceMethods, readCovariance } from '../inference/catalog.ts';
import { inferFrom } from '../inference/infer.ts';
import type { Estimates } from '../inference/joint-test.ts';
import { estimatesOf } from '../inference/joint-test.ts';
import type { CovarianceMethod } from '../inference/method.ts';
import { printCovariance } from '../inference/print-covariance.ts';
import type { CovarianceLabel } from '../result/result.ts';
import { leverageJoint } from './joint-leverage.ts';
import type { Stack, StackedModel } from './stack-fits.ts';
import { sourceRowName, stackFits } from './stack-fits.ts';

/** The estimates of several models with their joint covariance. */
export interface JointEstimates {
  /** Terms as `model: term`. */
  readonly estimates: Estimates;
  readonly label: CovarianceLabel;
  readonly diagnostics: readonly Diagnostic[];
  /** Position of a model's term among the estimates, -1 where it has none. */
  readonly indexOf: (model: string, term: string) => number;
}

/**
 * The joint covariance of several models by stacked influence functions. Robust in any case: `iid` and `hc1` are
 * clusters of the rows of the data, so that two models on the same rows are correlated.
 * @param vcov as for a single model.
 * @throws bad-option for a covariance that has no joint form; the codes of the covariance itself.
 */
export function jointEstimates(
  models: readonly StackedModel[],
  vcov: string | CovarianceRequest,
  rule: SmallSampleRule,
): JointEstimates {
  const asked = readCovariance(vcov);
  const { panel } = models[0].fit.design;
  const areDistinct = rowsAreDistinct(models);
  if (asked.method.joint === 'leverage') {
    const { stack, covariance } = leverageJoint(models, asked.request, rule);
    return jointly(models, stack, covariance, { rule, diagnostics: [] });
  }
  requireJoint(asked.method, areDistinct, asked.request);
  const isByRow = asked.method.joint === 'by-row';
  // Without a row in two models, clusters of rows are HC1.
  const row = { ...readCovariance('cluster:a'), request: { type: 'cluster', by: [sourceRowName] } };
  const used = !isByRow ? asked : areDistinct ? readCovariance('hc1') : row;
  const stack = stackFits(models, columnsOf(isByRow ? [] : used.method.columnsNeeded(used.request), panel));
  const { value, diagnostics } = inferFrom(stack, used, rule);
  const labelled = isByRow ? { ...value, type: 'hc1', by: [], clusters: [] } : value;
  return jointly(models, stack, labelled, { rule, diagnostics });
}

/**
 * The estimates of several models as those of one regression with every coefficient and every fixed effect of each (Chow 1960), under
 * the covariance itself: `iid` has one residual variance for all of them.
 * @param models no row in two of them. @throws the codes of the covariance
 */
export function interactedEstimates(
  models: readonly StackedModel[],
  vcov: string | CovarianceRequest,
  rule: SmallSampleRule,
): JointEstimates {
  const asked = readCovariance(vcov);
  const stack = stackFits(models, columnsOf(asked.method.columnsNeeded(asked.request), models[0].fit.design.panel));
  const { value, diagnostics } = inferFrom(stack, asked, rule);
  return jointly(models, stack, value, { rule, diagnostics });
}

function jointly(
  models: readonly StackedModel[],
  stack: Stack,
  covariance: Covariance,
  { rule, diagnostics }: { readonly rule: SmallSampleRule; readonly diagnostics: readonly Diagnostic[] },
): JointEstimates {
  const { type, by, clusters, factors } = covariance;
  const offsets = new Map<string, number>();
  let at = 0;
  for (const model of models) {
    offsets.set(model.id, at);
    at += model.fit.names.length;
  }
  return {
    estimates: estimatesOf({ fit: stack, covariance }),
    label: { type, by, clusters, ssc: rule.label, factors },
    diagnostics,
    indexOf: (id, term) => {
      const position = models.find((model) => model.id === id)?.fit.names.indexOf(term) ?? -1;
      return position < 0 ? -1 : (offsets.get(id) ?? 0) + position;
    },
  };
}

function columnsOf(needed: readonly string[], panel: PanelKeys | null): readonly string[] {
  return [...new Set([...needed, ...(panel === null ? [] : [panel.unit, panel.time])])];
}

/** Whether no row of the data is in two of the models. */
export function rowsAreDistinct(models: readonly StackedModel[]): boolean {
  const seen = new Set<number>();
  for (const { sourceRows } of models) {
    for (const row of sourceRows) {
      if (seen.has(row)) return false;
      seen.add(row);
    }
  }
  return true;
}

/** CR2 without the degrees of freedom that Satterthwaite gives each contrast would promise more than it keeps. */
function requireJoint({ id, joint }: CovarianceMethod, areDistinct: boolean, asked: CovarianceRequest): void {
  const isHad = (one: CovarianceMethod['joint']): boolean =>
    one !== 'never' && (one !== 'distinct-rows' || areDistinct);
  if (isHad(joint)) return;
  const known = covarianceMethods.filter((one) => isHad(one.joint)).map((one) => one.id);
  const expected = said(id === 'cr2' ? 'expected.joint_vcov_cr2' : 'expected.joint_vcov', { names: known });
  throw new StudyError('bad-option', { option: 'vcov', value: printCovariance(asked), expected, suggestion: null });
}
