import { orthogonalize } from '../../../../math/gram-schmidt.ts';
import { columnView, dot, matrixOfColumns } from '../../../../math/matrix.ts';
import type { PanelShape } from './latent-panel.ts';
import type { VariableId } from './variable-process.ts';
import { twoWayDeviations } from './within.ts';

/** A regressor of a target: a variable, a product of two, or a variable where another one lies above a threshold. */
export type TargetRegressor =
  | { readonly kind: 'variable'; readonly id: VariableId }
  | { readonly kind: 'product'; readonly ids: readonly [VariableId, VariableId] }
  | { readonly kind: 'above'; readonly id: VariableId; readonly by: VariableId; readonly threshold: number };

/**
 * Slopes that a regression with city and year effects is to have. With every year of the cities in it, its effects are
 * taken out by the balanced closed form.
 */
export interface SlopeTarget {
  readonly id: string;
  readonly outcome: VariableId;
  /** Which part of the sample, as a study writes it; null for the whole. */
  readonly where: string | null;
  /** The cities of that part, ascending indices. */
  readonly cities: Int32Array;
  readonly regressors: readonly TargetRegressor[];
  /** Position among the regressors → slope; the others are free. */
  readonly slopes: ReadonlyMap<number, PrintedSlope>;
}

/** A slope as printed: any number that rounds to it will do, and its t statistic says which. */
export interface PrintedSlope {
  readonly value: number;
  /** Half a unit of the last printed digit; 0 when the value is exact. */
  readonly halfUnit: number;
  readonly t: number | null;
}

/** A slope as a linear function of the outcome: slope = weights · outcome. */
export interface SlopeFunctional {
  readonly target: SlopeTarget;
  /** Position of its regressor. */
  readonly position: number;
  /** Cities × years, zero outside the target's cities. */
  readonly weights: Float64Array;
  readonly slope: number;
}

type Values = Readonly<Record<VariableId, Float64Array>>;

/**
 * The targeted slopes as linear functions of the outcome (Frisch-Waugh-Lovell): the weights of a slope are its regressor net
 * of the effects and of the other regressors, divided by its own square. Within the rounding of the printed slope the one
 * nearest to t times its standard error is taken.
 * @param sigma residual standard deviation of the regression
 */
export function slopeFunctionals(
  target: SlopeTarget,
  values: Values,
  shape: PanelShape,
  sigma: number,
): SlopeFunctional[] {
  const part: PanelShape = { ...shape, sample: target.cities };
  const deviations = target.regressors.map((regressor) => twoWayDeviations(regressorValues(regressor, values), part));
  const rows = target.cities.length * shape.years;
  return [...target.slopes].flatMap(([position, slope]) => {
    // The targeted regressor comes last, so that the last column of q is what is left of it.
    const order = [...deviations.filter((_, j) => j !== position), deviations[position]];
    const floors = order.map((column) => 1e-9 * Math.sqrt(dot(column)));
    const { q, r, kept } = orthogonalize(matrixOfColumns(rows, order), floors);
    // Nothing of the regressor is left, as when no cell lies above a threshold: no slope to target.
    if (!kept.includes(order.length - 1)) return [];
    const last = columnView(q, q.ncol - 1);
    const length = r.data[q.ncol * q.ncol - 1];
    const weights = new Float64Array(shape.cities * shape.years);
    target.cities.forEach((city, i) => {
      for (let t = 0; t < shape.years; t++) weights[city * shape.years + t] = last[i * shape.years + t] / length;
    });
    const wanted = slope.t === null ? slope.value : (slope.t * sigma) / length;
    const reach = 0.98 * slope.halfUnit;
    return [{ target, position, weights, slope: Math.min(Math.max(wanted, slope.value - reach), slope.value + reach) }];
  });
}

function regressorValues(regressor: TargetRegressor, values: Values): Float64Array {
  switch (regressor.kind) {
    case 'variable':
      return values[regressor.id];
    case 'product': {
      const [a, b] = regressor.ids;
      return values[a].map((value, row) => value * values[b][row]);
    }
    case 'above': {
      const by = values[regressor.by];
      return values[regressor.id].map((value, row) => (by[row] > regressor.threshold ? value : 0));
    }
  }
}

/** As formulas and threshold results name a regressor. */
export function regressorName(regressor: TargetRegressor): string {
  switch (regressor.kind) {
    case 'variable':
      return regressor.id;
    case 'product':
      return regressor.ids.join(':');
    case 'above':
      return `${regressor.id}:[${regressor.by}>${regressor.threshold}]`;
  }
}
