import { said } from '../../error/said.ts';
import { StudyError } from '../../error/study-error.ts';
import type { CovarianceRequest, SmallSampleRule } from '../contract.ts';
import { interceptName } from '../estimate/constant.ts';
import type { EqualityTest } from '../result/after-fit.ts';
import { coefficientLine } from './coefficient-line.ts';
import { jointEstimates } from './joint-covariance.ts';
import type { Restriction } from './restrictions.ts';
import type { StackedModel } from './stack-fits.ts';
import { familyOf, markTerms, unknownTerm } from './term-names.ts';
import { formValue, varianceOf, waldTest } from './wald.ts';

/**
 * Whether coefficients are the same in several models: a Wald test by their joint covariance, and each model's difference
 * from the first. With subsamples it is the Chow test that holds under the covariance asked for.
 * @param text names between commas, families (`i(year)`, `*`) with them.
 * @throws bad-option (a term that a model lacks, one model, a covariance without a joint form), the codes of the covariance.
 */
export function equalityTest(
  models: readonly StackedModel[],
  text: string,
  { vcov, rule }: { readonly vcov: string | CovarianceRequest; readonly rule: SmallSampleRule },
): EqualityTest {
  if (models.length < 2) {
    const expected = said('expected.two_models');
    throw new StudyError('bad-option', { option: 'equal', value: text, expected, suggestion: null });
  }
  const terms = termsOf(text, models);
  const { estimates, label, diagnostics, indexOf } = jointEstimates(models, vcov, rule);
  const size = estimates.terms.length;
  const differences = models.slice(1).flatMap((model) =>
    terms.map((term) => {
      const loads = new Float64Array(size);
      loads[indexOf(model.id, term)] = 1;
      loads[indexOf(models[0].id, term)] = -1;
      const restriction: Restriction = { loads, constant: 0, text: `${model.id}: ${term} = ${models[0].id}: ${term}` };
      return { model: model.id, term, restriction };
    }),
  );
  return {
    text,
    terms,
    models: models.map((model) => model.id),
    vcov: label,
    test: waldTest(
      estimates,
      text,
      differences.map((one) => one.restriction),
    ),
    differences: differences.map(({ model, term, restriction }) => {
      const value = formValue(restriction.loads, estimates.coefficients);
      const variance = varianceOf(estimates, restriction.loads);
      return { model, base: models[0].id, term, ...coefficientLine(value, variance, estimates.dof), estimate: value };
    }),
    warnings: diagnostics,
  };
}

/** The terms named, each in every model. @throws bad-option */
function termsOf(text: string, models: readonly StackedModel[]): readonly string[] {
  const [first, ...others] = models.map((model) => model.fit.names);
  const common = first.filter((term) => others.every((names) => names.includes(term)));
  const parts = splitTerms(text, first);
  const chosen = parts.flatMap((part) => {
    if (common.includes(part)) return [part];
    const family = familyOf(part, common);
    if (family.length > 0) return family.map((j) => common[j]);
    throw unknownTerm(
      part,
      common.filter((term) => term !== interceptName),
      text,
      'equal',
    );
  });
  return [...new Set(chosen)];
}

/** Pieces between commas outside brackets, known terms recognized. */
export function splitTerms(text: string, terms: readonly string[], option = 'equal'): readonly string[] {
  const { text: marked } = markTerms(text, terms, option);
  const parts: string[] = [''];
  let depth = 0;
  for (const letter of marked) {
    if ('(['.includes(letter)) depth += 1;
    if (')]'.includes(letter)) depth -= 1;
    if (letter === ',' && depth === 0) parts.push('');
    else parts[parts.length - 1] += letter;
  }
  return parts.map((part) => part.replaceAll(/`#(\d+)`/g, (_, j: string) => terms[Number(j)]).trim());
}
