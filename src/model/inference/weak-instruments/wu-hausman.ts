import { fUpper } from '../../../math/distribution.ts';
import { orthogonalize } from '../../../math/gram-schmidt.ts';
import { solveLeastSquares } from '../../../math/least-squares.ts';
import { columnView, congruence, matrixOfColumns, zeros } from '../../../math/matrix.ts';
import { sumOfSquares } from '../../../math/pairwise-sum.ts';
import { invertUpper } from '../../../math/triangular.ts';
import { residualOff } from '../../estimate/instrumental-variables/partial-out.ts';
import type { PartialledOut } from '../../fit.ts';
import type { Moments } from './moments.ts';
import { regularForm } from './moments.ts';
import type { IvDegrees } from './wald-on-instruments.ts';
import { smallFactor } from './wald-on-instruments.ts';

export interface FTest {
  readonly stat: number;
  readonly df: readonly [number, number];
  readonly p: number;
}

/**
 * Wu (1973) and Hausman (1978) as a regression: first-stage residuals beside the regressors, jointly zero, under the
 * covariance that was asked for. F(K1, N - K - K1), or clusters less one.
 * @param parameters K of the structural equation with all effects.
 * @returns null where instruments hold all of an endogenous regressor.
 */
export function wuHausman(
  { y, d, q }: PartialledOut,
  moments: Moments,
  { nobs, groups }: Pick<IvDegrees, 'nobs' | 'groups'>,
  parameters: number,
): FTest | null {
  const k1 = d.ncol;
  const residuals = Array.from({ length: k1 }, (_, j) => residualOff(q, columnView(d, j)));
  const columns = [...Array.from({ length: k1 }, (_, j) => columnView(d, j)), ...residuals];
  const floors = columns.map((_, j) => 1e-10 * Math.sqrt(sumOfSquares(columnView(d, j % k1))));
  const factors = orthogonalize(matrixOfColumns(d.nrow, columns), floors);
  if (factors.kept.length < 2 * k1) return null;
  const fitted = solveLeastSquares(factors, y);
  const v = congruence(invertUpper(factors.r), moments.spread(factors.q, [fitted.residuals]));
  const own = zeros(k1, k1);
  for (let j = 0; j < k1; j++) {
    for (let i = 0; i < k1; i++) own.data[i + j * k1] = v.data[k1 + i + (k1 + j) * 2 * k1];
  }
  const residual = nobs - parameters - k1;
  const chi2 = regularForm(fitted.coefficients.slice(k1), own);
  const stat = (chi2 * smallFactor({ nobs, residual, groups })) / k1;
  const df2 = groups === null ? residual : groups - 1;
  return { stat, df: [k1, df2], p: fUpper(stat, k1, df2) };
}
