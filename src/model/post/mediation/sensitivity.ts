import type { SensitivityPoint } from '../../result/mediation.ts';

/**
 * The indirect effect when the errors of mediator and outcome have the correlation rho: a (s1 / s2) (rho~ - rho sqrt((1 - rho~^2) / (1 -
 * rho^2))), with s1 and s2 the deviations of the residuals of the outcome without the mediator and of the mediator, and rho~ their
 * correlation (Imai, Keele and Yamamoto 2010, theorem 4). It is a b at rho = 0 and zero at rho = rho~.
 */
export function indirectAt(rho: number, a: number, ratio: number, residual: number): number {
  return a * ratio * (residual - rho * Math.sqrt((1 - residual ** 2) / (1 - rho ** 2)));
}

/** Correlations of the curve: -0.95 to 0.95 by 0.05. */
export const correlations: readonly number[] = Array.from({ length: 39 }, (_, i) => (i - 19) / 20);

/** @param intervalOf the interval of one point over draws. */
export function sensitivityCurve(
  { a, ratio, residual }: { readonly a: number; readonly ratio: number; readonly residual: number },
  intervalOf: (rho: number) => readonly [number, number] | null,
): readonly SensitivityPoint[] {
  return correlations.map((rho) => ({
    rho,
    indirect: indirectAt(rho, a, ratio, residual),
    interval: intervalOf(rho),
  }));
}
