import { type Condition, conditionedDraw, conditionedRoundedDraw } from './conditioned-draw.ts';
import type { MarginalTarget } from './marginal.ts';
import {
  boundsBesideThreshold,
  type ClearedThreshold,
  marginalBounds,
  marginalConditions,
} from './marginal-conditions.ts';
import { cityDeviationsIn, deviationsIn, dotIn, firstYearWeights, type Part } from './part.ts';
import type { SlopeFunctional } from './slope-target.ts';

/** Makes cells whole, as counts are. */
export type Rounding = (x: Float64Array) => Float64Array;

/** A length or a product is met to this share of itself. */
const exact = 1e-5;
/** And the first year's mean to this share of the standard deviation. */
const meanTolerance = 1e-4;
const roundingTurns = 4;

/**
 * Gives a regressor the second moments that it is to have, net of both effects, with itself and with those before it, and its
 * printed marginal.
 * @param products its moments with the earlier ones, then its own square
 * @param firstYear its mean in the first year
 */
export function conditionRegressor(
  start: Float64Array,
  earlier: readonly Float64Array[],
  products: readonly number[],
  firstYear: number,
  marginal: MarginalTarget,
  whole: Part,
  { rounded, threshold }: { readonly rounded: Rounding | null; readonly threshold: ClearedThreshold | null },
): Float64Array {
  const { runs } = whole;
  const own = Math.sqrt(products[earlier.length]);
  const conditions: Condition[] = [
    ...marginalConditions(marginal, whole),
    ...earlier.map((other, l): Condition => {
      const weights = deviationsIn(other, whole);
      const tolerance = exact * own * Math.sqrt(dotIn(weights, weights, whole));
      return { kind: 'linear', runs, weights, value: products[l], tolerance };
    }),
    { kind: 'length', runs, map: (x) => deviationsIn(x, whole), value: own, tolerance: exact * own },
    {
      kind: 'linear',
      runs,
      weights: firstYearWeights(whole),
      value: firstYear,
      tolerance: meanTolerance * marginal.sd,
    },
  ];
  const scale = cellScale(start, marginal);
  const bounds = (values: Float64Array, split: boolean) => {
    const plain = marginalBounds(values, marginal, whole, split);
    return threshold === null ? plain : boundsBesideThreshold(plain, values, threshold, whole);
  };
  const free = conditionedDraw(start, { conditions, ...bounds(start, false), scale, rounds: 25 });
  const wanted = { conditions, ...bounds(free, true), scale, rounds: 20 };
  return rounded === null
    ? conditionedDraw(free, wanted)
    : conditionedRoundedDraw(free, wanted, rounded, roundingTurns);
}

/** A variable with its printed marginal whose cells keep away from a threshold. */
export function clearThreshold(
  values: Float64Array,
  threshold: ClearedThreshold,
  marginal: MarginalTarget,
  whole: Part,
): Float64Array {
  const plain = marginalBounds(values, marginal, whole, true);
  const bounds = boundsBesideThreshold(plain, values, threshold, whole);
  const conditions = marginalConditions(marginal, whole);
  return conditionedDraw(values, { conditions, ...bounds, scale: cellScale(values, marginal), rounds: 20 });
}

/** What an outcome is to have besides its slopes. */
export interface OutcomeTarget {
  readonly marginal: MarginalTarget;
  /** Regressors of the main regression. */
  readonly regressors: readonly Float64Array[];
  /** Its constant (of the first year). */
  readonly constant: number;
  /** Its residual sum of squares, and the sum of squares within cities. */
  readonly rss: number;
  readonly within: number;
}

/** Share of a slope's standard error to which it is met. */
const slopeTolerance = 2e-3;

/**
 * Gives an outcome its slopes in every targeted regression, the main one's constant and fit, and its marginal.
 * @param main the main regression's slopes, a part of `functionals`
 * @param sigma its residual standard deviation
 */
export function conditionOutcome(
  start: Float64Array,
  functionals: readonly SlopeFunctional[],
  main: readonly SlopeFunctional[],
  target: OutcomeTarget,
  whole: Part,
  rounded: Rounding | null,
): Float64Array {
  const { runs } = whole;
  const { marginal, regressors } = target;
  const dof = whole.cities.length * (whole.to - whole.from - 1) - (whole.to - whole.from - 1) - regressors.length;
  const sigma = Math.sqrt(target.rss / dof);
  const deviations = regressors.map((regressor) => deviationsIn(regressor, whole));
  const residual = (x: Float64Array): Float64Array => {
    const out = deviationsIn(x, whole);
    const slopes = main.map(({ weights }) => dotIn(weights, out, whole));
    slopes.forEach((slope, j) => {
      const column = deviations[j];
      for (let i = 0; i < out.length; i++) out[i] -= slope * column[i];
    });
    return out;
  };
  const first = firstYearWeights(whole);
  const firstYear = main.reduce(
    (sum, { slope }, j) => sum + slope * dotIn(first, regressors[j], whole),
    target.constant,
  );
  const rss = Math.sqrt(target.rss);
  const within = Math.sqrt(target.within);
  const linear: Condition[] = [
    ...functionals.map(({ weights, slope }): Condition => {
      const tolerance = slopeTolerance * sigma * Math.sqrt(dotIn(weights, weights, whole));
      return { kind: 'linear', runs, weights, value: slope, tolerance };
    }),
    { kind: 'linear', runs, weights: first, value: firstYear, tolerance: 1e-4 },
  ];
  const conditions: Condition[] = [
    ...marginalConditions(marginal, whole),
    ...linear,
    { kind: 'length', runs, map: residual, value: rss, tolerance: exact * rss },
    { kind: 'length', runs, map: (x) => cityDeviationsIn(x, whole), value: within, tolerance: 5 * exact * within },
  ];
  const scale = cellScale(start, marginal);
  const bounds = marginalBounds(start, marginal, whole, false);
  const near = conditionedDraw(start, { conditions: linear, ...bounds, scale, rounds: 10, reach: 3 });
  const free = conditionedDraw(near, { conditions, ...bounds, scale, rounds: 40, farthest: 0.1 });
  const wanted = { conditions, ...marginalBounds(free, marginal, whole, true), scale, rounds: 25, farthest: 0.1 };
  return rounded === null
    ? conditionedDraw(free, wanted)
    : conditionedRoundedDraw(free, wanted, rounded, roundingTurns);
}

/** Cells of a skewed variable move as the square root of their size, so that small ones stay positive; others alike. */
function cellScale(values: Float64Array, { mean, sd, min, median }: MarginalTarget): Float64Array {
  const isSkewed = min > -0.5 * sd && mean > median;
  return values.map((value) => 0.4 * sd * (isSkewed ? Math.sqrt(Math.max(Math.abs(value) / mean, 0.05)) : 1));
}
