import { said } from '../../error/said.ts';
import { StudyError } from '../../error/study-error.ts';
import { dot } from '../../math/matrix.ts';
import { sumOfSquares } from '../../math/pairwise-sum.ts';
import type { Fitted } from '../estimate-formula.ts';
import type { Fit } from '../fit.ts';
import { sampleRowsOf, scoreRowsOf } from '../fit-rows.ts';
import type { AddedVariable } from '../result/added-variable.ts';
import { mostPoints } from '../result/added-variable.ts';
import { oneTerm } from './term-names.ts';

/** Cells of the grid across and up. */
const grid = { across: 40, up: 30 };

/** n residuals of a regressor and of the outcome on everything else in the model. */
export interface NetRows {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/**
 * A regressor and the outcome net of the other regressors and the fixed effects (Frisch and Waugh 1933): the slope of y on x is the
 * coefficient. x = Q t' / (t t') with row t of the transform, X = Q R and (X'X)^-1_jj = t t'; y = u + b x. With weights both carry their root.
 * @throws rows-needed
 */
export function netRows(fit: Fit, j: number): NetRows {
  const { basis, residuals } = scoreRowsOf(fit, 'added_variable');
  const { transform } = fit;
  const row = Float64Array.from({ length: transform.ncol }, (_, r) => transform.data[j + r * transform.nrow]);
  const scale = dot(row);
  const x = new Float64Array(fit.nobs);
  for (let r = 0; r < row.length; r++) {
    for (let i = 0; i < x.length; i++) x[i] += (row[r] / scale) * basis.data[i + r * fit.nobs];
  }
  const b = fit.coefficients[j];
  return { x, y: x.map((value, i) => residuals[i] + b * value) };
}

/** @throws bad-option (a term that no model has), not-available (instruments), rows-needed */
export function addedVariables(
  text: string,
  fits: readonly Fitted[],
  allTerms: readonly string[],
): readonly AddedVariable[] {
  const term = oneTerm(text, allTerms, 'added_variable');
  return fits.map(({ fit }): AddedVariable => {
    if (fit.instrumented !== undefined) {
      throw new StudyError('not-available', {
        feature: said('feature.with_instruments', { option: 'added_variable' }),
      });
    }
    const j = fit.names.indexOf(term);
    const none = { term: text, nobs: fit.nobs, estimate: null, partial_r2: null, points: [] };
    if (j < 0) return { ...none, absent: [term] };
    const net = netRows(fit, j);
    const { weights } = sampleRowsOf(fit.gives.sample, 'added_variable');
    const b = fit.coefficients[j];
    const whole = sumOfSquares(net.y);
    return {
      ...none,
      estimate: b,
      partial_r2: whole > 0 ? (b * b * sumOfSquares(net.x)) / whole : null,
      points: pointsOf(weights === null ? net : unweighted(net, weights)),
      absent: [],
    };
  });
}

function unweighted({ x, y }: NetRows, weights: Float64Array): NetRows {
  return {
    x: x.map((value, i) => value / Math.sqrt(weights[i])),
    y: y.map((value, i) => value / Math.sqrt(weights[i])),
  };
}

/** Means of the cells that hold rows, by columns from the left. */
export function pointsOf({ x, y }: NetRows): AddedVariable['points'] {
  if (x.length <= mostPoints) return Array.from(x, (value, i) => ({ x: value, y: y[i], rows: 1 }));
  const [across, up] = [cellOf(x, grid.across), cellOf(y, grid.up)];
  const cells = new Map<number, { x: number; y: number; rows: number }>();
  for (let i = 0; i < x.length; i++) {
    const key = across(x[i]) * grid.up + up(y[i]);
    const cell = cells.get(key) ?? { x: 0, y: 0, rows: 0 };
    cells.set(key, { x: cell.x + x[i], y: cell.y + y[i], rows: cell.rows + 1 });
  }
  return [...cells]
    .sort(([a], [b]) => a - b)
    .map(([, cell]) => ({ x: cell.x / cell.rows, y: cell.y / cell.rows, rows: cell.rows }));
}

function cellOf(values: Float64Array, count: number): (value: number) => number {
  const low = values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const high = values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  const wide = (high - low) / count || 1;
  return (value) => Math.min(count - 1, Math.floor((value - low) / wide));
}
