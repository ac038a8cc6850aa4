import { lastOf } from '../../../../error/at.ts';
import { withKeys } from '../../../../error/known-keys.ts';
import { dot } from '../../../../math/matrix.ts';
import type { PrintedTables, PrintedTruth } from '../printed/printed-tables.ts';
import { clearThreshold, conditionOutcome, conditionRegressor, type Rounding } from './condition-variables.ts';
import { type InternetFaults, reportedInternetRates } from './internet-fault.ts';
import { addParts, drawLatent, type LatentParts, mapToMarginal, type PanelShape } from './latent-panel.ts';
import { type MarginalTarget, marginalValues } from './marginal.ts';
import type { ClearedThreshold } from './marginal-conditions.ts';
import { partOf } from './part.ts';
import { firstYearMeans, fitNested, type NestedFit, type PrintedColumn } from './printed-fit.ts';
import { type SlopeFunctional, type SlopeTarget, slopeFunctionals } from './slope-target.ts';
import { baselineRegressors, processes, type VariableId, variableIds } from './variable-process.ts';
import { sumsOfSquares } from './within.ts';

/** What the generator is calibrated to: the printed Table 2 and the nested columns of the printed Table 3. */
export interface CalibrationTargets {
  readonly marginals: Readonly<Record<VariableId, MarginalTarget>>;
  readonly nested: readonly PrintedColumn[];
  /** Printed number of observed cells of internet penetration. */
  readonly internetObserved: number;
  /** Further outcomes: their regression on the same regressors. */
  readonly mediators: readonly MediatorTarget[];
  /** All that is printed of the regressions. */
  readonly tables: PrintedTables;
  /** Slopes that regressions on parts of the sample, with products or with thresholds are to have. */
  readonly slopes: readonly SlopeTarget[];
}

export interface MediatorTarget {
  readonly id: VariableId;
  readonly column: PrintedColumn;
}

export interface TargetPanelOptions {
  readonly seed: number;
  /** Share of the full registry; firm counts are multiplied by it before ln(1 + n). */
  readonly scale: number;
  readonly shape: PanelShape;
  /** Standardised size of each city: it moves counts, students and patents together. */
  readonly sizeScores: Float64Array;
  readonly targets: CalibrationTargets;
}

/** The panel that the raw tables are made from; arrays are cities × years. */
export interface TargetPanel {
  /** As the yearbooks will give them: cells left blank are NaN. */
  readonly values: Readonly<Record<VariableId, Float64Array>>;
  readonly internetFaults: InternetFaults;
  /** The slopes that the outcomes were given. */
  readonly functionals: readonly SlopeFunctional[];
  /** What every printed regression gives on it; null where it was not made to them. */
  readonly printed: PrintedTruth | null;
  /** AI firms founded, and green patent applications: the counts behind `ai` and `envrpat`. */
  readonly firms: Int32Array;
  readonly patents: Int32Array;
}

/** Within-city share of the variance of carbon productivity; the printed tables leave it free. */
export const withinCityShare = 0.3;
const tuningRounds = 20;

/**
 * Draws a panel whose sample has the printed marginals and whose regressions come out as printed.
 *
 * 1. Every variable is a latent sum of city, year and own parts, mapped to its printed marginal by rank.
 * 2. The shares of an outcome are tuned until year effects explain the printed part of its within-city variation.
 * 3. The regressors, one after the other, are given the second moments (net of both effects) that the nested columns imply; the
 *    count of firms is made whole first, and those after it make up for that.
 * 4. Each outcome is given its slopes in every regression that is targeted, with the main regression's constant and fit.
 */
export function drawTargetPanel(options: TargetPanelOptions): TargetPanel {
  const { seed, scale, shape, targets } = options;
  const drawn = drawVariables(options);
  const whole = partOf(shape.sample, shape.years, shape.cities * shape.years);
  const baseline = baselineOf(targets, shape);
  const values = withKeys(variableIds, (id) => drawn[id].values);

  const firmCounts = (logs: Float64Array): Int32Array =>
    Int32Array.from(logs, (log) => Math.max(0, Math.round(scale * Math.expm1(log))));
  drawRegressors(values, drawn, baseline, options, (logs) => Float64Array.from(firmCounts(logs), descale(scale)));
  const firms = firmCounts(values.ai);
  values.ai = Float64Array.from(firms, (count) => Math.log1p(count));

  const internet = { ...targets.marginals.ip, observed: targets.internetObserved };
  const { reported, withBlanks, faults } = reportedInternetRates(drawn.ip.values, shape, internet, seed);
  values.ip = reported;

  for (const id of ['hc', 'fin'] as const) {
    const threshold = clearedThreshold(id, targets);
    if (threshold !== null) values[id] = clearThreshold(values[id], threshold, targets.marginals[id], whole);
  }

  const columns = [
    { id: 'cp' as const, column: lastOf(targets.nested) },
    ...targets.mediators.map(({ id, column }) => ({ id, column })),
  ];
  const functionals: SlopeFunctional[] = [];
  for (const { id, column } of columns) {
    const isMain = id === 'cp';
    const whole6 = wholeSample(id, column, isMain ? baseline.fit.slopes : null, shape);
    const s2 = isMain ? baseline.s2 : varianceOf(slopeFunctionals(whole6, values, shape, 1), column);
    const sigma = Math.sqrt(s2);
    const rss = s2 * baseline.dof;
    const within = isMain ? baseline.within : rss / (1 - column.r2.value);
    values[id] = tuneOutcome(id, drawn, shape, {
      withinShare: Math.min(0.9, within / sumsOfSquares(values[id], shape).total),
      unexplained: isMain ? 1 / baseline.fit.within : 1 - column.r2.value,
    });
    const main = slopeFunctionals(whole6, values, shape, sigma);
    const others = targets.slopes.filter((target) => target.outcome === id);
    const known = [...main, ...others.flatMap((target) => slopeFunctionals(target, values, shape, sigma))];
    functionals.push(...known);
    const marginal = targets.marginals[id];
    const regressors = baselineRegressors.map((regressor) => values[regressor]);
    const target = { marginal, regressors, constant: column.constant.value, rss, within };
    values[id] = conditionOutcome(values[id], known, main, target, whole, id === 'envrpat' ? wholeLogs : null);
  }
  const patents = countsOf(values.envrpat);
  values.ip = withBlanks;
  return { values, firms, patents, internetFaults: faults, functionals, printed: null };
}

/** ln(1 + n) of the count n before it was scaled. */
function descale(scale: number): (count: number) => number {
  return (count) => Math.log1p(count / scale);
}

/** The logs of whole counts nearest to logs. */
function wholeLogs(logs: Float64Array): Float64Array {
  return Float64Array.from(countsOf(logs), (count) => Math.log1p(count));
}

/** Whole counts n ≥ 0 whose ln(1 + n) is nearest to the values. */
export function countsOf(logs: Float64Array): Int32Array {
  return Int32Array.from(logs, (log) => Math.max(0, Math.round(Math.expm1(log))));
}

/** One variable as drawn: its latent parts, the values of its marginal, and the latter by the rank of the former. */
interface DrawnVariable {
  readonly parts: LatentParts;
  readonly sorted: Float64Array;
  readonly values: Float64Array;
}

type Drawn = Readonly<Record<VariableId, DrawnVariable>>;

function drawVariables({ seed, shape, sizeScores, targets }: TargetPanelOptions): Drawn {
  return withKeys(variableIds, (id, stream) => {
    const process = processes[id];
    const sorted = marginalValues(targets.marginals[id], shape.sample.length * shape.years);
    const parts = drawLatent(process, sizeScores, shape, { seed, stream });
    const shares = { city: process.cityShare, year: process.yearShare, own: 1 - process.cityShare - process.yearShare };
    return { parts, sorted, values: mapToMarginal(addParts(parts, shares, shape), sorted, shape) };
  });
}

/** Where the first year's mean is looked for, in standard deviations from the mean of all years. */
const firstYearGuess = { ai: -1, pop: 0, ope: 0, gov: -0.3, fi: -0.3, st: -0.5, cp: -0.45 } as const;

/** What the printed baseline says, in the units of the outcome. */
interface Baseline {
  readonly fit: NestedFit;
  /** Sum of squares of the outcome net of both effects. */
  readonly unit: number;
  /** Its sum of squares within cities. */
  readonly within: number;
  /** Residual degrees of freedom and variance with all regressors in. */
  readonly dof: number;
  readonly s2: number;
  /** Means of the first year: the regressors', then the outcome's. */
  readonly firstYear: Float64Array;
}

function baselineOf(targets: CalibrationTargets, shape: PanelShape): Baseline {
  const cells = shape.sample.length * shape.years;
  const fit = fitNested(targets.nested, cells - shape.sample.length - shape.years + 1);
  const within = withinCityShare * targets.marginals.cp.sd ** 2 * (cells - 1);
  const unit = within / fit.within;
  const dof = lastOf(fit.dof);
  const guesses = [...baselineRegressors, 'cp' as const].map((id) => {
    const { mean, sd } = targets.marginals[id];
    return { mean: mean + firstYearGuess[id] * sd, spread: 0.5 * sd };
  });
  const firstYear = firstYearMeans(targets.nested, fit, unit, shape.sample.length, guesses);
  return { fit, unit, within, dof, s2: (lastOf(fit.rss) * unit) / dof, firstYear };
}

/** Baseline regressors with the printed marginals and the second moments that the nested columns imply, into `values`. */
function drawRegressors(
  values: Record<VariableId, Float64Array>,
  drawn: Drawn,
  { fit, unit, firstYear }: Baseline,
  { shape, targets }: TargetPanelOptions,
  wholeFirms: Rounding,
): void {
  const whole = partOf(shape.sample, shape.years, shape.cities * shape.years);
  const k = baselineRegressors.length;
  baselineRegressors.forEach((id, j) => {
    const products = Array.from({ length: j + 1 }, (_, l) => fit.gram.data[l + j * k] * unit);
    const start = tuneOwnShare(id, drawn[id], shape, products[j]);
    const earlier = baselineRegressors.slice(0, j).map((other) => values[other]);
    const rounded = id === 'ai' ? wholeFirms : null;
    const threshold = clearedThreshold(id, targets);
    values[id] = conditionRegressor(start, earlier, products, firstYear[j], targets.marginals[id], whole, {
      rounded,
      threshold,
    });
  });
}

/** Share of a variable's standard deviation that is free of cells above a printed threshold. */
const clearedShare = 0.1;

/** Where a printed threshold of the variable lies, if it has one. */
function clearedThreshold(id: VariableId, { slopes, marginals }: CalibrationTargets): ClearedThreshold | null {
  for (const { regressors } of slopes) {
    for (const regressor of regressors)
      if (regressor.kind === 'above' && regressor.by === id)
        return { value: regressor.threshold, gap: clearedShare * marginals[id].sd };
  }
  return null;
}

/** Residual variance of a regression from its most exactly printed slope: s² = (b / t)² over the variance of a unit error. */
function varianceOf(functionals: readonly SlopeFunctional[], { slopes, stats }: PrintedColumn): number {
  const width = slopes.map(({ value, half }, j) => half / Math.abs(value) + stats[j].half / Math.abs(stats[j].value));
  const best = width.indexOf(Math.min(...width));
  return (slopes[best].value / stats[best].value) ** 2 / dot(functionals[best].weights);
}

/** The main regression of an outcome, as a target of its slopes: the exact ones, or those that round to the printed. */
function wholeSample(
  outcome: VariableId,
  { slopes, stats }: PrintedColumn,
  exact: Float64Array | null,
  shape: PanelShape,
): SlopeTarget {
  return {
    id: outcome,
    outcome,
    where: null,
    cities: shape.sample,
    regressors: baselineRegressors.map((id) => ({ kind: 'variable', id })),
    slopes: new Map(
      slopes.map(({ value, half }, j) => [
        j,
        exact === null ? { value, halfUnit: half, t: stats[j].value } : { value: exact[j], halfUnit: 0, t: null },
      ]),
    ),
  };
}

/** Tunes the shares of an outcome's parts to the wanted within-city variation and the part of it that year effects leave. */
function tuneOutcome(
  id: VariableId,
  drawn: Drawn,
  shape: PanelShape,
  wanted: { withinShare: number; unexplained: number },
): Float64Array {
  const { parts, sorted } = drawn[id];
  let year = processes[id].yearShare;
  let own = 1 - processes[id].cityShare - year;
  let outcome: Float64Array = new Float64Array(0);
  for (let round = 0; round < tuningRounds; round++) {
    outcome = mapToMarginal(addParts(parts, { city: 1 - year - own, year, own }, shape), sorted, shape);
    const sums = sumsOfSquares(outcome, shape);
    const wantedYear = wanted.withinShare * (1 - wanted.unexplained) * sums.total;
    const wantedOwn = wanted.withinShare * wanted.unexplained * sums.total;
    year *= (wantedYear / (sums.within - sums.twoWay)) ** 0.7;
    own *= (wantedOwn / sums.twoWay) ** 0.7;
    const excess = (year + own) / 0.9;
    if (excess > 1) {
      year /= excess;
      own /= excess;
    }
  }
  return outcome;
}

/** Tunes a regressor's own share until its sum of squares net of both effects is `wanted`. */
function tuneOwnShare(
  id: VariableId,
  { parts, sorted }: DrawnVariable,
  shape: PanelShape,
  wanted: number,
): Float64Array {
  const { cityShare, yearShare } = processes[id];
  let own = 1 - cityShare - yearShare;
  let values: Float64Array = new Float64Array(0);
  for (let round = 0; round < tuningRounds; round++) {
    const rest = (1 - own) / (cityShare + yearShare);
    values = mapToMarginal(
      addParts(parts, { city: cityShare * rest, year: yearShare * rest, own }, shape),
      sorted,
      shape,
    );
    own = Math.min(0.95, own * (wanted / sumsOfSquares(values, shape).twoWay) ** 0.8);
  }
  return values;
}
