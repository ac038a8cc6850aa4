import { chiSquareUpper } from '../../math/distribution.ts';
import type { Matrix } from '../../math/matrix.ts';
import { columnView, congruence, linearCombination, unitMatrix, zeros } from '../../math/matrix.ts';
import { generalizedForm } from '../../math/quadratic-form.ts';
import { interceptName } from '../estimate/constant.ts';
import { fitLeastSquares } from '../estimate/fit-least-squares.ts';
import type { RandomEffectsFit } from '../estimate/random-effects.ts';
import { quasiDemeaned, withinUnit } from '../estimate/random-effects.ts';
import type { Fit } from '../fit.ts';
import type { HausmanStatistic, HausmanTest } from '../result/after-fit.ts';
import type { AskedCovariance } from './random-effects-result.ts';
import { normalEstimates } from './random-effects-result.ts';
import { waldTest, zeroOf } from './wald.ts';

/**
 * Whether the unit effects are uncorrelated with the regressors.
 * Classical: d = b_fe - b_re, chi2 = d' (V_fe - V_re)^-1 d on the coefficients that both have (Hausman 1978), under iid errors.
 * In a sample the difference need not be a covariance; then its Moore-Penrose inverse is used, as Stata does, and said.
 * Auxiliary: y - theta ybar on x - theta xbar and the within parts of x, these tested under any covariance (Arellano 1993;
 * Wooldridge 2010, 10.7.3); with the classical covariance it is plm's `phtest(method = "aux")`.
 */
export function hausmanTest(model: RandomEffectsFit, asked: AskedCovariance): HausmanTest {
  const { fit, within, pooled } = model;
  const terms = within.names.filter((name) => name !== interceptName && fit.names.includes(name));
  const n = pooled.design.y.length;
  const randomVariance = fit.sums.ssr / (n - fit.names.length);
  const distance = terms.map((term) => coefficientOf(within, term) - coefficientOf(fit, term));
  const random = bread(fit, terms);
  const fixed = bread(within, terms);
  const statistic = (fixedVariance: number): HausmanStatistic => {
    const difference = linearCombination([fixed, random], [fixedVariance, -randomVariance]);
    const { value, rank, isSemidefinite } = generalizedForm(distance, difference);
    const isTest = rank > 0 && value >= 0;
    return {
      chi2: rank === 0 ? null : value,
      df: rank,
      p: isTest ? chiSquareUpper(value, rank) : null,
      is_semidefinite: isSemidefinite,
    };
  };
  const { test, label } = auxiliaryTest(model, terms, asked);
  return {
    terms,
    classical: statistic(model.varianceE),
    sigmamore: statistic(randomVariance),
    auxiliary: test,
    vcov: label,
  };
}

function auxiliaryTest(model: RandomEffectsFit, terms: readonly string[], asked: AskedCovariance) {
  const { pooled, thetas } = model;
  const extra = terms.map((term) => ({
    name: `within(${term})`,
    values: withinUnit(columnView(pooled.design.x, pooled.design.terms.indexOf(term)), pooled.unit, pooled.counts),
  }));
  const { estimates, label } = normalEstimates(fitLeastSquares(quasiDemeaned(pooled, thetas, extra)), asked);
  const tested = estimates.terms.flatMap((term, j) =>
    extra.some((column) => column.name === term) ? [zeroOf(estimates, j)] : [],
  );
  return { test: waldTest(estimates, 'within(*)', tested), label };
}

function coefficientOf(fit: Fit, term: string): number {
  return fit.coefficients[fit.names.indexOf(term)];
}

/** (X'X)^-1 of the terms named. */
function bread(fit: Fit, terms: readonly string[]): Matrix {
  const all = congruence(fit.transform, unitMatrix(fit.transform.ncol));
  const at = terms.map((term) => fit.names.indexOf(term));
  const out = zeros(at.length, at.length);
  at.forEach((column, j) => {
    at.forEach((row, i) => {
      out.data[i + j * at.length] = all.data[row + column * all.nrow];
    });
  });
  return out;
}
