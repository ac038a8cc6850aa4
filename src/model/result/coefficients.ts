import { tQuantile, tTwoSided } from '../../math/distribution.ts';
import type { Covariance } from '../contract.ts';
import type { Fit } from '../fit.ts';

/** One term of a coefficient table. */
export interface Coefficient {
  readonly term: string;
  readonly estimate: number;
  readonly se: number | null;
  readonly stat: number | null;
  readonly p: number | null;
  readonly ci95: readonly [number, number] | null;
  /** Degrees of freedom of its own, where it has any (CR2); else `df_t` serves. */
  readonly df?: number;
}

/** Estimate, standard error, t, two-sided p and the 95% interval of every term. */
export function coefficientsOf(
  fit: Pick<Fit, 'names' | 'coefficients'>,
  covariance: Covariance,
): readonly Coefficient[] {
  const p = fit.names.length;
  const common = p === 0 ? Number.NaN : tQuantile(0.975, covariance.dof);
  return fit.names.map((term, j) => {
    const estimate = fit.coefficients[j] ?? Number.NaN;
    const variance = covariance.matrix.data[j * (p + 1)] ?? Number.NaN;
    const se = Math.sqrt(variance);
    if (!(variance > 0) || !Number.isFinite(se)) {
      return { term, estimate, se: variance === 0 ? 0 : null, stat: null, p: null, ci95: null };
    }
    const stat = estimate / se;
    const own = covariance.dofs?.[j];
    const dof = own ?? covariance.dof;
    const critical = own === undefined ? common : tQuantile(0.975, own);
    return {
      term,
      estimate,
      se,
      stat,
      p: tTwoSided(stat, dof),
      ci95: [estimate - critical * se, estimate + critical * se],
      ...(own === undefined ? {} : { df: own }),
    };
  });
}
