import { orthogonalize } from '../../../../math/gram-schmidt.ts';
import { columnView, dot, matrixOfColumns } from '../../../../math/matrix.ts';
import { solveUpperTransposed } from '../../../../math/triangular.ts';
import { mapToMarginal, type PanelShape } from './latent-panel.ts';
import type { SlopeFunctional } from './slope-target.ts';
import { sumsOfSquares, twoWayDeviations } from './within.ts';

/** What an outcome is to have besides its slopes. */
export interface OutcomeTarget {
  /** Sorted values of the sample's cells. */
  readonly sorted: Float64Array;
  /** Regressors and slopes of the main regression, whose fit is targeted too. */
  readonly regressors: readonly Float64Array[];
  readonly slopes: readonly number[];
  /** Residual sum of squares of the main regression over the sum of squares within cities (1 - xtreg's R2). */
  readonly unexplained: number;
}

const marginalRounds = 60;
const edgeRounds = 20;

/**
 * Moves the sample's cells of an outcome until it has the targeted slopes, the marginal and the fit at once, by turns: the
 * smallest move that gives all slopes (a cell weighs by its own size, so that small cells stay positive), the residual
 * scaled to the fit, the values put back on the marginal by rank; at last only cells beyond the ends are put back. Every
 * turn loses a little of the one before, so the fit is asked for in excess by what was lost of it.
 */
export function matchSlopes(
  outcome: Float64Array,
  functionals: readonly SlopeFunctional[],
  target: OutcomeTarget,
  shape: PanelShape,
): Float64Array {
  const scale = outcome.map((value) => Math.sqrt(Math.max(Math.abs(value), target.sorted[0], 1e-6)));
  const columns = functionals.map(({ weights }) => weights.map((weight, row) => weight * scale[row]));
  const floors = columns.map((column) => 1e-9 * Math.sqrt(dot(column)));
  const { q, r, kept } = orthogonalize(matrixOfColumns(outcome.length, columns), floors);
  const giveSlopes = (values: Float64Array): void => {
    const gaps = kept.map((j) => functionals[j].slope - dot(functionals[j].weights, values));
    const steps = solveUpperTransposed(r, gaps);
    for (let j = 0; j < kept.length; j++) {
      const column = columnView(q, j);
      for (let row = 0; row < values.length; row++) values[row] += steps[j] * column[row] * scale[row];
    }
  };
  const deviations = target.regressors.map((regressor) => twoWayDeviations(regressor, shape));
  let current: Float64Array = outcome.slice();
  let asked = target.unexplained;
  for (let round = 0; round < marginalRounds; round++) {
    giveSlopes(current);
    const residual = mainResidual(current, deviations, target.slopes, shape);
    const within = sumsOfSquares(current, shape).within;
    if (round > 0) asked *= Math.sqrt((target.unexplained * within) / dot(residual));
    addInto(current, residual, Math.sqrt((asked * within) / dot(residual)) - 1, shape);
    current = keepOutside(mapToMarginal(current, target.sorted, shape), outcome, shape);
  }
  const [low, high] = [target.sorted[0], target.sorted[target.sorted.length - 1]];
  for (let round = 0; round < edgeRounds; round++) {
    giveSlopes(current);
    current = keepOutside(
      current.map((value) => Math.min(Math.max(value, low), high)),
      current,
      shape,
    );
  }
  giveSlopes(current);
  return current;
}

/** Residual of the main regression at the targeted slopes; sample cities × years. */
function mainResidual(
  values: Float64Array,
  deviations: readonly Float64Array[],
  slopes: readonly number[],
  shape: PanelShape,
): Float64Array {
  const residual = twoWayDeviations(values, shape);
  for (let j = 0; j < deviations.length; j++) {
    for (let i = 0; i < residual.length; i++) residual[i] -= slopes[j] * deviations[j][i];
  }
  return residual;
}

/** Adds a multiple of sample cells to values over all cities. */
function addInto(values: Float64Array, cells: Float64Array, factor: number, { sample, years }: PanelShape): void {
  sample.forEach((city, i) => {
    for (let t = 0; t < years; t++) values[city * years + t] += factor * cells[i * years + t];
  });
}

/** Cells outside the sample keep their first value. */
function keepOutside(values: Float64Array, first: Float64Array, shape: PanelShape): Float64Array {
  const out = first.slice();
  for (const city of shape.sample) {
    for (let t = 0; t < shape.years; t++) out[city * shape.years + t] = values[city * shape.years + t];
  }
  return out;
}
