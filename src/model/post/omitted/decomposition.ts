import { columnView, matrixOfColumns } from '../../../math/matrix.ts';
import type { CovarianceRequest, Design, SmallSampleRule } from '../../contract.ts';
import { interceptName } from '../../estimate/constant.ts';
import { fitLeastSquares } from '../../estimate/fit-least-squares.ts';
import type { Fit } from '../../fit.ts';
import { rowsOf } from '../../fit-rows.ts';
import type { Estimates } from '../../inference/joint-test.ts';
import type { Coefficient } from '../../result/coefficients.ts';
import type { CoefficientChange } from '../../result/omitted.ts';
import { coefficientLine } from '../coefficient-line.ts';
import { jointEstimates } from '../joint-covariance.ts';
import { varianceOf } from '../wald.ts';
import { familyName } from './crossed.ts';

/**
 * The change of a coefficient when all other regressors are added, by regressor: short - long = sum_j gamma_j beta_j, gamma_j the slope
 * of regressor j on the term net of the fixed effects, beta_j its coefficient in the model (Gelbach 2016, "When do covariates matter?",
 * JOLE 34, 509-543, equation 5). Errors by the delta method from the joint covariance of all gamma and beta, which is that of stacked
 * regressions: no order of adding, and none of the correlation between the two left out.
 * @throws bad-option (a covariance without a joint form), the codes of the covariance
 */
export function coefficientChange(
  fit: Fit,
  term: string,
  { vcov, rule }: { readonly vcov: string | CovarianceRequest; readonly rule: SmallSampleRule },
): CoefficientChange {
  const { design } = rowsOf(fit, { kind: 'joint' });
  const others = fit.names.filter((name) => name !== term && name !== interceptName);
  const auxiliary = others.map((name, j) => ({
    id: `x${j}`,
    fit: onTerm(design, name, term),
    sourceRows: design.rows,
  }));
  const models = [{ id: 'long', fit, sourceRows: design.rows }, ...auxiliary];
  const { estimates, label, indexOf } = jointEstimates(models, vcov, rule);
  const places = others.map((name, j) => ({
    family: familyName(name),
    gamma: indexOf(`x${j}`, term),
    beta: indexOf('long', name),
  }));
  const families = [...new Set(places.map(({ family }) => family))];
  const lineOf = (name: string, among: typeof places): Coefficient => ({ term: name, ...changeOf(estimates, among) });
  const total = lineOf(term, places);
  return {
    vcov: label,
    total,
    parts: families.map((family) => {
      const line = lineOf(
        family,
        places.filter((one) => one.family === family),
      );
      return { ...line, share: total.estimate === 0 ? null : line.estimate / total.estimate };
    }),
  };
}

/** A regressor on the term and the fixed effects, on the same rows. */
function onTerm(design: Design, name: string, term: string): Fit {
  const columnOf = (wanted: string): Float64Array => columnView(design.x, design.terms.indexOf(wanted));
  const { instruments: _none, ...rest } = design;
  const x = matrixOfColumns(design.y.length, [columnOf(term)]);
  return fitLeastSquares({ ...rest, depvar: name, y: columnOf(name), x, terms: [term] });
}

function changeOf(
  estimates: Estimates,
  places: readonly { readonly gamma: number; readonly beta: number }[],
): Omit<Coefficient, 'term'> {
  const { coefficients } = estimates;
  const gradient = new Float64Array(coefficients.length);
  let value = 0;
  for (const { gamma, beta } of places) {
    value += coefficients[gamma] * coefficients[beta];
    gradient[gamma] += coefficients[beta];
    gradient[beta] += coefficients[gamma];
  }
  return { ...coefficientLine(value, varianceOf(estimates, gradient), estimates.dof), estimate: value };
}
