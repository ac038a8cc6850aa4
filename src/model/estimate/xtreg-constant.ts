import { buildAbsorber } from '../../math/absorb/absorber.ts';
import { columnView } from '../../math/matrix.ts';
import type { Fit } from '../contract.ts';
import { weightedMean } from './centre.ts';
import { constantRow, withConstant } from './constant.ts';
import { otherEffectsMean } from './other-effects.ts';

/**
 * The same fit with the constant that Stata's `xtreg y x i.t, fe` prints: the unit effects sum to zero over the rows, the
 * other effects are regressors whose first level is the base, so b0 = ybar - xbar' b - mean of the other effects.
 * @returns null where the other effects' mean is not estimable.
 */
export function fitWithXtregConstant(fit: Fit): Fit | null {
  if (fit.shared !== undefined) return fit.shared.withXtregConstant();
  const { design } = fit;
  const { effects, weights, terms } = design;
  const slopes = new Set(fit.names);
  const kept = terms.flatMap((term, j) => (slopes.has(term) ? [j] : []));
  const parts = effects.reduce((sum, effect) => sum + 1 + effect.slopes.length, 0);
  const absorber = buildAbsorber(design.y.length, effects, weights);
  const other = parts < 2 ? null : otherEffectsMean(design, absorber, kept);
  if (parts >= 2 && other === null) return null;
  const means = kept.map((j) => weightedMean(columnView(design.x, j), weights));
  const row = constantRow({ design, means, yMean: weightedMean(design.y, weights), other });
  return { ...fit, ...withConstant(fit, row) };
}
