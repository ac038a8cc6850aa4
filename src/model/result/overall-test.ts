import { chiSquareUpper } from '../../math/distribution.ts';
import { interceptName } from '../estimate/constant.ts';
import type { Estimates, NoTest } from '../inference/joint-test.ts';
import { jointTest } from '../inference/joint-test.ts';

/** The F of a model under its covariance. */
export interface OverallTest {
  /** F; chi2 over its degrees of freedom where the distribution is the normal. */
  readonly stat: number | null;
  /** Slopes, and the degrees of freedom of t (null: the normal). */
  readonly df: readonly [number, number | null];
  readonly p: number | null;
  /** Why there is no statistic, and the directions that the covariance of the slopes has; left out where there is one. */
  readonly reason?: NoTest;
  readonly rank?: number;
}

/**
 * Every slope zero, the constant aside (`jointTest`): F with k and `dof` degrees of freedom (Stata's `F(k, df)`, under clusters
 * with one less than their number; the normal's chi2 over k where `dof` is infinite; Hotelling's T2 under CR2).
 * @returns null without slopes; no statistic, with its reason, when V has fewer directions than slopes, as Stata prints a point.
 */
export function overallTest(estimates: Estimates): OverallTest | null {
  const { terms } = estimates;
  const slopes = terms.flatMap((term, j) => (term === interceptName ? [] : [j]));
  const k = slopes.length;
  if (k === 0) return null;
  const zeros = slopes.map((j) => {
    const loads = new Float64Array(terms.length);
    loads[j] = 1;
    return { loads, constant: 0 };
  });
  const { chi2, f, df, p, rank, reason } = jointTest(estimates, zeros, false);
  if (reason !== null) return { stat: null, df: [k, df[1]], p: null, rank, reason };
  if (f !== null) return { stat: f, df, p };
  return chi2 === null ? { stat: null, df, p: null } : { stat: chi2 / k, df, p: chiSquareUpper(chi2, k) };
}
