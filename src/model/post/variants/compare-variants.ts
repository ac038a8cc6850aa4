import { isStudyError } from '../../../error/study-error.ts';
import type { ColumnTable } from '../../../table/column.ts';
import type { RowCondition } from '../../../table/condition/row-condition.ts';
import type { CovarianceRequest, SmallSampleRule } from '../../contract.ts';
import type { Fitted } from '../../estimate-formula.ts';
import type { Coefficient } from '../../result/coefficients.ts';
import type { ModelResult } from '../../result/result.ts';
import type {
  NoVariantDifference,
  VariantChange,
  VariantChanged,
  VariantComparison,
  VariantLabel,
  VariantLine,
} from '../../result/variants.ts';
import { coefficientLine } from '../coefficient-line.ts';
import { stackedModel } from '../compared-groups.ts';
import { jointEstimates } from '../joint-covariance.ts';
import { varianceOf } from '../wald.ts';
import { isIdle } from './idle.ts';

/** A model among variants: what it is called and changes, its fit, and its results, one a covariance. */
export interface VariantFit {
  readonly label: VariantLabel | null;
  readonly isAssumption: boolean;
  readonly changes: readonly { readonly what: VariantChange; readonly text: string }[];
  readonly term: string;
  readonly where: RowCondition | null;
  readonly fitted: Fitted;
  readonly results: readonly [ModelResult, ...ModelResult[]];
  readonly covariances: readonly (string | CovarianceRequest)[];
}

interface Options {
  readonly table: ColumnTable;
  readonly rule: SmallSampleRule;
  /** Place of the covariance among those of the baseline. */
  readonly place: number;
}

/**
 * The coefficient of a baseline over its variants, each with its difference from the baseline: the two models are one stack, in which
 * a row that is in both moves both coefficients (`jointEstimates`). A variant under covariances of its own is compared under those.
 * @throws rows-needed, the codes of the covariances
 */
export function compareVariants(
  base: VariantFit,
  variants: readonly VariantFit[],
  options: Options,
): VariantComparison {
  const first = lineOf(base, base, options);
  return {
    term: base.term,
    vcov: first.vcov,
    lines: [first, ...variants.map((variant) => lineOf(variant, base, options))],
  };
}

function lineOf(own: VariantFit, base: VariantFit, { table, rule, place }: Options): VariantLine {
  const hasOwn = own.changes.some(({ what }) => what === 'vcov');
  const at = hasOwn ? 0 : place;
  const result = own.results[at] ?? own.results[0];
  const fits = { table, base: base.fitted.fit, variant: own.fitted.fit, where: own.where };
  const changes = own.changes.map((one): VariantChanged => ({ ...one, is_idle: isIdle(one.what, fits) }));
  const coefficient = result.coef.find(({ term }) => term === own.term) ?? null;
  const compared =
    own === base
      ? { difference: null, no_difference: null }
      : differenceOf(own, base, changes, { vcov: own.covariances[at] ?? 'iid', rule });
  return {
    model: own.fitted.id,
    label: own.label,
    is_assumption: own.isAssumption,
    changes,
    is_unchanged: changes.length > 0 && changes.every(({ is_idle }) => is_idle),
    term: coefficient?.term ?? null,
    depvar: result.depvar,
    nobs: result.nobs,
    vcov: result.vcov,
    coefficient,
    ...compared,
  };
}

type Compared = Pick<VariantLine, 'difference' | 'no_difference'>;

function differenceOf(
  own: VariantFit,
  base: VariantFit,
  changes: readonly VariantChanged[],
  { vcov, rule }: { readonly vcov: string | CovarianceRequest; readonly rule: SmallSampleRule },
): Compared {
  const none = (reason: NoVariantDifference): Compared => ({ difference: null, no_difference: reason });
  if (changes.every(({ what, is_idle }) => is_idle || what === 'vcov')) return none('same-model');
  if (!own.fitted.fit.names.includes(own.term) || !base.fitted.fit.names.includes(base.term)) return none('no-term');
  try {
    const models = [stackedModel(base.fitted), stackedModel(own.fitted)];
    const { estimates, indexOf } = jointEstimates(models, vcov, rule);
    const loads = new Float64Array(estimates.coefficients.length);
    const [plus, minus] = [indexOf(own.fitted.id, own.term), indexOf(base.fitted.id, base.term)];
    loads[plus] = 1;
    loads[minus] = -1;
    const estimate = estimates.coefficients[plus] - estimates.coefficients[minus];
    const line: Coefficient = {
      term: own.term,
      ...coefficientLine(estimate, varianceOf(estimates, loads), estimates.dof),
      estimate,
    };
    return { difference: line, no_difference: null };
  } catch (error) {
    if (isStudyError(error, 'bad-option')) return none('no-joint-form');
    throw error;
  }
}
