import { fUpper } from '../../../math/distribution.ts';
import type { Matrix } from '../../../math/matrix.ts';
import { sumOfSquares } from '../../../math/pairwise-sum.ts';
import { residualOff } from '../../estimate/instrumental-variables/partial-out.ts';
import type { Moments } from './moments.ts';
import { projections, regularForm } from './moments.ts';

/** Degrees of freedom as ivreg2 counts them. */
export interface IvDegrees {
  readonly nobs: number;
  /** N less every instrument, exogenous regressor, constant and absorbed effect: N - L - sdofminus. */
  readonly residual: number;
  readonly groups: number | null;
}

/** A Wald statistic with its F. */
export interface WaldTest {
  readonly chi2: number;
  readonly df: number;
  readonly f: number;
  readonly df2: number;
  readonly p: number;
}

/**
 * What turns a Wald statistic into ivreg2's F: W/N (N-L)/q, and W/(N-1) (N-L) (M-1)/M / q with clusters.
 */
export function smallFactor({ nobs, residual, groups }: IvDegrees): number {
  return groups === null ? residual / nobs : ((residual / (nobs - 1)) * (groups - 1)) / groups;
}

export function waldTest(chi2: number, df: number, degrees: IvDegrees): WaldTest {
  const df2 = degrees.groups === null ? degrees.residual : degrees.groups - 1;
  const f = (chi2 * smallFactor(degrees)) / df;
  return { chi2, df, f, df2, p: fUpper(f, df, df2) };
}

/** What the instruments leave of a net column; exactly nothing where that is rounding. */
export function leftOver(q: Matrix, column: Float64Array): Float64Array {
  const left = residualOff(q, column);
  return sumOfSquares(left) <= 1e-20 * sumOfSquares(column) ? new Float64Array(left.length) : left;
}

/** Wald statistic of the coefficients of a net column on the instruments, with the spread of `residuals` (its own if left out); NaN where the instruments hold all of it. */
export function waldStatistic(
  q: Matrix,
  column: Float64Array,
  moments: Moments,
  residuals: Float64Array = leftOver(q, column),
): number {
  return regularForm(projections(q, column), moments.spread(q, [residuals]));
}
