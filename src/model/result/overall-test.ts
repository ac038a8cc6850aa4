import { chiSquareUpper, fUpper } from '../../math/distribution.ts';
import type { Matrix } from '../../math/matrix.ts';
import { zeros } from '../../math/matrix.ts';
import { quadraticForm } from '../../math/quadratic-form.ts';
import { interceptName } from '../estimate/constant.ts';
import type { OverallTest } from './result.ts';

/**
 * Every slope zero, the constant aside: chi2 = b' V^-1 b, F = chi2 / k with k and `dof` degrees of freedom (Stata's
 * `F(k, df)`, under clusters with one less than their number; the normal's chi2 where `dof` is infinite).
 * @returns null without slopes; no statistic when V has fewer directions than slopes, as Stata prints a point.
 */
export function overallTest(input: {
  readonly terms: readonly string[];
  readonly coefficients: Float64Array;
  readonly matrix: Matrix;
  readonly dof: number;
}): OverallTest | null {
  const slopes = input.terms.flatMap((term, j) => (term === interceptName ? [] : [j]));
  const k = slopes.length;
  if (k === 0) return null;
  const p = input.terms.length;
  const own = zeros(k, k);
  slopes.forEach((column, j) => {
    slopes.forEach((row, i) => {
      own.data[i + j * k] = input.matrix.data[row + column * p];
    });
  });
  const form = quadraticForm(
    slopes.map((j) => input.coefficients[j]),
    own,
  );
  const hasDof = Number.isFinite(input.dof);
  const df = [k, hasDof ? input.dof : null] as const;
  if (form.dropped.length > 0 || !Number.isFinite(form.value)) return { stat: null, df, p: null };
  const stat = form.value / k;
  return { stat, df, p: hasDof ? fUpper(stat, k, input.dof) : chiSquareUpper(form.value, k) };
}
