import { namesIn } from '../../table/expression/ast.ts';
import { parameter, valueAndGradient } from '../../table/expression/gradient.ts';
import type { Estimates } from '../inference/joint-test.ts';
import { dofOf } from '../inference/joint-test.ts';
import type { Combination } from '../result/after-fit.ts';
import type { CoefficientLine } from './coefficient-line.ts';
import { coefficientLine } from './coefficient-line.ts';
import { linearForm } from './restrictions.ts';
import { markTerms, parseMarked, termIndex } from './term-names.ts';
import { formValue, varianceOf } from './wald.ts';

/**
 * A linear combination of coefficients, `ai + 2*pop`, with standard error sqrt(w' V w).
 * @throws formula-syntax, bad-option (a term that the model lacks, something not linear)
 */
export function linearCombinationOf(estimates: Estimates, text: string): Combination {
  const { terms, coefficients } = estimates;
  const marked = markTerms(text, terms, 'lincom');
  const { loads, constant } = linearForm(parseMarked(marked), terms, marked);
  const dof = dofOf(estimates, loads);
  const variance = varianceOf(estimates, loads);
  const line = coefficientLine(formValue(loads, coefficients) + constant, variance, dof);
  return { kind: 'lincom', text, ...line, df_t: finite(dof), ...reasonOf(line), absent: [] };
}

/**
 * Any function of the coefficients, `ai/pop`, by the delta method: se = sqrt(g' V g) with the exact gradient g at the
 * estimates (Oehlert 1992). t with the covariance's degrees of freedom; Stata's nlcom prints the same standard error with z.
 * @returns nulls where the function or its gradient does not exist at the estimates.
 * @throws formula-syntax, bad-option
 */
export function nonlinearCombinationOf(estimates: Estimates, text: string): Combination {
  const { terms, coefficients } = estimates;
  const marked = markTerms(text, terms, 'nlcom');
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
  const variance = gradient.every(Number.isFinite) ? varianceOf(estimates, gradient) : Number.NaN;
  const line = coefficientLine(value, variance, dof);
  return { kind: 'nlcom', text, ...line, df_t: finite(dof), ...reasonOf(line), absent: [] };
}

function reasonOf({ se, stat }: CoefficientLine): Pick<Combination, 'reason'> {
  return stat !== null ? {} : { reason: se === 0 ? 'no-variance' : 'not-finite' };
}

function finite(dof: number): number | null {
  return Number.isFinite(dof) ? dof : null;
}
