import { tQuantile, tTwoSided } from '../../math/distribution.ts';

/** A number with its standard error, test and 95% interval; null where one does not exist. */
export interface CoefficientLine {
  readonly estimate: number | null;
  readonly se: number | null;
  readonly stat: number | null;
  readonly p: number | null;
  readonly ci95: readonly [number, number] | null;
}

/** @param dof of t, infinite for the normal. */
export function coefficientLine(estimate: number, variance: number, dof: number): CoefficientLine {
  if (!Number.isFinite(estimate)) return { estimate: null, se: null, stat: null, p: null, ci95: null };
  const se = Math.sqrt(variance);
  if (!(variance > 0) || !Number.isFinite(se)) {
    return { estimate, se: variance === 0 ? 0 : null, stat: null, p: null, ci95: null };
  }
  const stat = estimate / se;
  const reach = tQuantile(0.975, dof) * se;
  return { estimate, se, stat, p: tTwoSided(stat, dof), ci95: [estimate - reach, estimate + reach] };
}
