import { chiSquareUpper } from '../../../math/distribution.ts';
import type { Factor } from '../../../table/factor.ts';
import type { ModelTestLine } from '../../result/diagnosis.ts';

/** The squares of the residuals of a unit differ by rounding alone (two rows around their mean). */
const tolerance = 1e-20;

/**
 * The modified Wald test that the errors of all units have one variance: W = sum (s_i^2 - s^2)^2 / V_i, s_i^2 = mean of e_it^2 over T_i rows,
 * V_i = sum (e_it^2 - s_i^2)^2 / (T_i (T_i - 1)), s^2 the variance of all residuals, chi2(units); it needs no normal errors (Greene
 * 2000, p. 598; Baum 2001; Stata's `xttest3`). Units of one row, and of rows with equal squares, have no V_i and are left out.
 */
export function modifiedWald(residuals: Float64Array, unit: Factor): ModelTestLine {
  const n = residuals.length;
  const mean = residuals.reduce((sum, value) => sum + value, 0) / n;
  const overall = residuals.reduce((sum, value) => sum + (value - mean) ** 2, 0) / n;
  const rows = new Float64Array(unit.count);
  const squares = new Float64Array(unit.count);
  for (let i = 0; i < n; i++) {
    rows[unit.codes[i]] += 1;
    squares[unit.codes[i]] += residuals[i] ** 2;
  }
  const variances = squares.map((sum, g) => sum / rows[g]);
  const spread = new Float64Array(unit.count);
  for (let i = 0; i < n; i++) spread[unit.codes[i]] += (residuals[i] ** 2 - variances[unit.codes[i]]) ** 2;
  let stat = 0;
  let tested = 0;
  for (let g = 0; g < unit.count; g++) {
    const error = spread[g] / rows[g] / (rows[g] - 1);
    if (!(error > tolerance * variances[g] ** 2)) continue;
    stat += (variances[g] - overall) ** 2 / error;
    tested += 1;
  }
  const shared = { test: 'modified-wald', distribution: 'chi2', rows: n, units: tested } as const;
  const left_out = unit.count - tested;
  if (tested < 2)
    return { ...shared, left_out, stat: null, df: [], p: null, reason: unit.count < 2 ? 'one-unit' : 'short' };
  return { ...shared, left_out, stat, df: [tested], p: chiSquareUpper(stat, tested) };
}
