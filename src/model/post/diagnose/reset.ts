import { isStudyError } from '../../../error/study-error.ts';
import { columnView, matrixOfColumns } from '../../../math/matrix.ts';
import type { CovarianceRequest, Design } from '../../contract.ts';
import { fitLeastSquares } from '../../estimate/fit-least-squares.ts';
import type { Fitted } from '../../estimate-formula.ts';
import { covarianceOf } from '../../estimate-formula.ts';
import type { Fit, GivesRows } from '../../fit.ts';
import { estimatesOf } from '../../inference/joint-test.ts';
import type { ModelTestLine } from '../../result/diagnosis.ts';
import { waldTest, zeroOf } from '../wald.ts';

/**
 * Ramsey's (1969) RESET: powers 2 to `power` of the fitted values, effects and constant in them, join the regressors, and their coefficients
 * are tested together under the covariance of the model; under iid errors Stata's `estat ovtest` (power 4) and R's `resettest` (3). Fitted
 * values are centred and scaled first, which changes no statistic where the model has a constant or effects.
 */
export function resetTest(
  fitted: Fitted,
  rows: GivesRows,
  power: number,
  options: { readonly vcov: string | CovarianceRequest; readonly ssc: string },
): ModelTestLine {
  const { design } = rows;
  const powers = Array.from({ length: power - 1 }, (_, k) => k + 2);
  const none = { test: 'reset', distribution: 'f', stat: null, df: [], p: null, powers } as const;
  const values = scaledFitted(design, rows.residuals);
  if (values === null) return { ...none, reason: 'exact-fit' };
  const names = powers.map((exponent) => `fitted^${exponent}`);
  const augmented = augmentedFit(design, names, powers, values);
  if (augmented === null) return { ...none, reason: 'collinear', dropped: names };
  const { fit, covariance } = covarianceOf({ ...fitted, fit: augmented }, options);
  const estimates = estimatesOf({ fit, covariance });
  const tested = estimates.terms.flatMap((term, j) => (names.includes(term) ? [zeroOf(estimates, j)] : []));
  const dropped = names.filter((name) => !estimates.terms.includes(name));
  const shared = dropped.length === 0 ? {} : { dropped };
  if (tested.length === 0) return { ...none, reason: 'collinear', dropped };
  const { f, chi2, df, p } = waldTest(estimates, 'fitted^*', tested);
  if (chi2 === null || p === null) return { ...none, ...shared, reason: 'no-variance' };
  return df[1] === null
    ? { ...none, ...shared, distribution: 'chi2', stat: chi2, df: [df[0]], p }
    : { ...none, ...shared, stat: f, df: [df[0], df[1]], p };
}

/** Fitted values, effects included; null where they do not vary. */
function scaledFitted({ y, weights, hasConstant, effects }: Design, residuals: Float64Array): Float64Array | null {
  const fitted = y.map((value, i) => value - (weights === null ? residuals[i] : residuals[i] / Math.sqrt(weights[i])));
  const isCentred = hasConstant || effects.length > 0;
  const mean = isCentred ? fitted.reduce((sum, value) => sum + value, 0) / fitted.length : 0;
  const centred = fitted.map((value) => value - mean);
  const size = Math.sqrt(centred.reduce((sum, value) => sum + value * value, 0) / centred.length);
  return size > 0 && Number.isFinite(size) ? centred.map((value) => value / size) : null;
}

function augmentedFit(
  design: Design,
  names: readonly string[],
  powers: readonly number[],
  values: Float64Array,
): Fit | null {
  const own = design.terms.map((_, j) => columnView(design.x, j));
  const extra = powers.map((exponent) => values.map((value) => value ** exponent));
  try {
    return fitLeastSquares({
      ...design,
      terms: [...design.terms, ...names],
      x: matrixOfColumns(design.y.length, [...own, ...extra]),
    });
  } catch (error) {
    if (isStudyError(error, 'too-few-rows') || isStudyError(error, 'collinear')) return null;
    throw error;
  }
}
