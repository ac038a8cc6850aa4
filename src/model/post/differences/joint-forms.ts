import { isStudyError } from '../../../error/study-error.ts';
import type { CovarianceRequest, SmallSampleRule } from '../../contract.ts';
import { dofOf } from '../../inference/joint-test.ts';
import type { DifferenceLine, DifferenceMethod, NoDifference } from '../../result/differences.ts';
import { coefficientLine } from '../coefficient-line.ts';
import type { JointEstimates } from '../joint-covariance.ts';
import { interactedEstimates, jointEstimates } from '../joint-covariance.ts';
import type { Restriction } from '../restrictions.ts';
import type { StackedModel } from '../stack-fits.ts';
import { formValue, varianceOf } from '../wald.ts';

/** The groups' estimates with one covariance, or why a method has none. */
export type Form = JointEstimates | NoDifference;

/**
 * The groups as one regression (`chow`), or by the joint covariance of their models (`suest`).
 * @param areDistinct no row is in two of the groups.
 * @throws the codes of the covariance
 */
export function formOf(
  method: Exclude<DifferenceMethod, 'permute'>,
  models: readonly StackedModel[],
  {
    vcov,
    rule,
    areDistinct,
  }: { readonly vcov: string | CovarianceRequest; readonly rule: SmallSampleRule; readonly areDistinct: boolean },
): Form {
  if (method === 'chow') {
    if (!areDistinct) return 'rows-in-two-groups';
    if (models.some(({ fit }) => (fit.instrumented?.classicalCore ?? null) !== null)) return 'estimator';
    return interactedEstimates(models, vcov, rule);
  }
  try {
    return jointEstimates(models, vcov, rule);
  } catch (error) {
    if (isStudyError(error, 'bad-option') && error.detail.option === 'vcov') return 'no-joint-form';
    throw error;
  }
}

/** That two models have one slope: `model: term = base: term`. */
export function sameSlope(form: JointEstimates, [base, other]: readonly [string, string], term: string): Restriction {
  const loads = new Float64Array(form.estimates.terms.length);
  loads[form.indexOf(other, term)] = 1;
  loads[form.indexOf(base, term)] = -1;
  return { loads, constant: 0, text: `${other}: ${term} = ${base}: ${term}` };
}

/** The difference of two slopes with its error, under a covariance with degrees of freedom of its own where it has some (CR2). */
export function lineOf({ estimates }: JointEstimates, { loads }: Restriction): Omit<DifferenceLine, 'p_holm'> {
  const dof = dofOf(estimates, loads);
  const { se, stat, p, ci95 } = coefficientLine(
    formValue(loads, estimates.coefficients),
    varianceOf(estimates, loads),
    dof,
  );
  return { se, stat, df: Number.isFinite(dof) ? dof : null, p, ci95 };
}
