import { namesIn } from '../../table/expression/ast.ts';
import { parameter, valueAndGradient } from '../../table/expression/gradient.ts';
import type { Combination } from '../result/after-fit.ts';
import { coefficientLine } from './coefficient-line.ts';
import { linearForm } from './restrictions.ts';
import { markTerms, parseMarked, termIndex } from './term-names.ts';
import type { Estimates } from './wald.ts';
import { covarianceOfForms, dofOf, formValue } from './wald.ts';

/**
 * A linear combination of coefficients, `ai + 2*pop`, with standard error sqrt(w' V w).
 * @throws formula-syntax, bad-option (a term that the model lacks, something not linear)
 */
export function linearCombinationOf(estimates: Estimates, text: string): Combination {
  const { terms, coefficients, matrix } = estimates;
  const marked = markTerms(text, terms, '--lincom');
  const { loads, constant } = linearForm(parseMarked(marked), terms, marked);
  const dof = dofOf(estimates, loads);
  const variance = covarianceOfForms(matrix, [loads]).data[0];
  const line = coefficientLine(formValue(loads, coefficients) + constant, variance, dof);
  return { kind: 'lincom', text, ...line, df_t: finite(dof), absent: [] };
}

/**
 * Any function of the coefficients, `ai/pop`, by the delta method: se = sqrt(g' V g) with the exact gradient g at the
 * estimates (Oehlert 1992). t with the covariance's degrees of freedom; Stata's nlcom prints the same standard error with z.
 * @returns nulls where the function or its gradient does not exist at the estimates.
 * @throws formula-syntax, bad-option
 */
export function nonlinearCombinationOf(estimates: Estimates, text: string): Combination {
  const { terms, coefficients, matrix } = estimates;
  const marked = markTerms(text, terms, '--nlcom');
  const expression = parseMarked(marked);
  for (const name of namesIn(expression)) termIndex(name, terms, marked);
  const size = terms.length;
  const { value, gradient } = valueAndGradient(
    expression,
    (name) => {
      const j = termIndex(name, terms, marked);
      return parameter(coefficients[j], j, size);
    },
    size,
  );
  const dof = dofOf(estimates, gradient);
  const variance = gradient.every(Number.isFinite) ? covarianceOfForms(matrix, [gradient]).data[0] : Number.NaN;
  return { kind: 'nlcom', text, ...coefficientLine(value, variance, dof), df_t: finite(dof), absent: [] };
}

function finite(dof: number): number | null {
  return Number.isFinite(dof) ? dof : null;
}
