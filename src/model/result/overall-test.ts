import { chiSquareUpper } from '../../math/distribution.ts';
import { interceptName } from '../estimate/constant.ts';
import type { Estimates } from '../inference/joint-test.ts';
import { jointTest } from '../inference/joint-test.ts';
import type { OverallTest } from './result.ts';

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
