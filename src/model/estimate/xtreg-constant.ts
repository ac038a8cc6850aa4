import { buildAbsorber } from '../../math/absorb/absorber.ts';
import { columnView } from '../../math/matrix.ts';
import type { Fit } from '../fit.ts';
import { rowsOf } from '../fit-rows.ts';
import { weightedMean } from './centre.ts';
import { constantRow, withConstant } from './constant.ts';
import { otherEffectsMean } from './other-effects.ts';

/**
 * The same fit with the constant that Stata's `xtreg y x i.t, fe` prints: the unit effects sum to zero over the rows, the
 * other effects are regressors whose first level is the base, so b0 = ybar - xbar' b - mean of the other effects.
 * @returns null where the other effects' mean is not estimable. @throws rows-needed
 */
export function fitWithXtregConstant(fit: Fit): Fit | null {
  if (fit.withXtregConstant !== undefined) return fit.withXtregConstant();
  const rows = rowsOf(fit, { kind: 'constant' });
  const { design, sample, basis, residuals, regressors, isFullGrid } = rows;
  const { effects, weights, terms } = design;
  const slopes = new Set(fit.names);
  const kept = terms.flatMap((term, j) => (slopes.has(term) ? [j] : []));
  const parts = effects.reduce((sum, effect) => sum + 1 + effect.slopes.length, 0);
  const absorber = buildAbsorber(design.y.length, effects, weights);
  const other = parts < 2 ? null : otherEffectsMean(design, absorber, kept);
  if (parts >= 2 && other === null) return null;
  const means = kept.map((j) => weightedMean(columnView(design.x, j), weights));
  const row = constantRow({ design, means, yMean: weightedMean(design.y, weights), other });
  const { names, coefficients, transform, projections } = fit;
  const wider = withConstant({ names, coefficients, transform, projections, basis, residuals }, row);
  return {
    ...fit,
    names: wider.names,
    coefficients: wider.coefficients,
    transform: wider.transform,
    projections: wider.projections,
    gives: { kind: 'rows', design, sample, regressors, residuals, isFullGrid, basis: wider.basis },
  };
}
