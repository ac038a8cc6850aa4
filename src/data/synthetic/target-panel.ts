import type { NestedColumn } from './baseline-moments.ts';
import { baselineMoments } from './baseline-moments.ts';
import { addParts, drawLatent, type LatentParts, mapToMarginal, type PanelShape } from './latent-panel.ts';
import { type MarginalTarget, marginalValues } from './marginal.ts';
import { matchCrossProducts } from './match-cross-products.ts';
import { baselineRegressors, processes, type VariableId, variableIds } from './variable-process.ts';
import { dot, sumsOfSquares, twoWayDeviations } from './within.ts';

/** What the generator is calibrated to: the printed Table 2 and the nested columns of the printed Table 3. */
export interface CalibrationTargets {
  readonly marginals: Readonly<Record<VariableId, MarginalTarget>>;
  readonly nested: readonly NestedColumn[];
  /** Within R2 (year effects as regressors) of the last nested column. */
  readonly lastR2: number;
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
  readonly values: Readonly<Record<VariableId, Float64Array>>;
  /** AI firms founded, and green patent applications: the counts behind `ai` and `envrpat`. */
  readonly firms: Int32Array;
  readonly patents: Int32Array;
  /** The linear model that made `cp` on the sample: slopes in the order of `baselineRegressors`. */
  readonly slopes: readonly number[];
}

/** Within-city share of the variance of carbon productivity; the printed tables leave it free. */
const withinCityShare = 0.3;
const tuningRounds = 20;
const matchingRounds = 12;

/**
 * Draws a panel whose sample has the printed marginals and whose baseline regressions come out as printed.
 *
 * 1. Every variable is a latent sum of city, year and own parts, mapped to its printed marginal by rank.
 * 2. The shares of the outcome are tuned until year effects explain the printed part of its within-city variation.
 * 3. The regressors' own parts are scaled, then their cross-products (with each other and with the outcome, net of both
 *    effects) are made those that the nested columns imply; mapping and matching alternate until both hold nearly.
 * 4. Counts are made whole, and the outcome is moved by X~(β - b) so that its slopes on the final regressors are β.
 */
export function drawTargetPanel(options: TargetPanelOptions): TargetPanel {
  const { seed, scale, shape, sizeScores, targets } = options;
  const cells = shape.sample.length * shape.years;
  const sorted = {} as Record<VariableId, Float64Array>;
  const parts = {} as Record<VariableId, LatentParts>;
  variableIds.forEach((id, stream) => {
    sorted[id] = marginalValues(targets.marginals[id], cells);
    parts[id] = drawLatent(processes[id], sizeScores, shape, { seed, stream });
  });

  const dof = cells - shape.sample.length - shape.years + 1;
  const moments = baselineMoments(targets.nested, dof);
  const lastRss = moments.rss[moments.rss.length - 1];
  // RSS without regressors as a share of the within-city sum of squares, from the printed R2 of the last column.
  const unexplainedByYears = (1 - targets.lastR2) / lastRss;

  const outcome = tuneOutcome(parts.cp, sorted.cp, shape, unexplainedByYears);
  const outcomeDeviations = twoWayDeviations(outcome, shape);
  const outcomeTwoWay = dot(outcomeDeviations);

  const k = baselineRegressors.length;
  const crossProducts = moments.crossProducts.map((value) => value * outcomeTwoWay);
  const slopes = targets.nested[k - 1].coefficients;
  let regressors = baselineRegressors.map((id, j) =>
    tuneOwnShare(id, parts[id], sorted[id], shape, crossProducts[j + j * k]),
  );
  for (let round = 0; round < matchingRounds; round++) {
    const matched = matchCrossProducts(regressors, outcomeDeviations, { crossProducts, slopes, shape });
    regressors = matched.map((latent, j) => mapToMarginal(latent, sorted[baselineRegressors[j]], shape));
  }

  const values = {} as Record<VariableId, Float64Array>;
  for (const id of variableIds) {
    const share = processes[id];
    const own = 1 - share.cityShare - share.yearShare;
    const latent = addParts(parts[id], { city: share.cityShare, year: share.yearShare, own }, shape);
    values[id] = mapToMarginal(latent, sorted[id], shape);
  }
  baselineRegressors.forEach((id, j) => {
    values[id] = regressors[j];
  });
  const firms = Int32Array.from(values.ai, (log) => Math.round(scale * Math.expm1(log)));
  const patents = Int32Array.from(values.envrpat, (log) => Math.round(Math.expm1(log)));
  values.ai = Float64Array.from(firms, (count) => Math.log1p(count));
  values.envrpat = Float64Array.from(patents, (count) => Math.log1p(count));
  values.cp = moveSlopes(
    outcome,
    baselineRegressors.map((id) => values[id]),
    slopes,
    shape,
  );
  return { values, firms, patents, slopes };
}

/** Tunes the shares of the outcome's parts to the wanted within-city variation and its part left by year effects. */
function tuneOutcome(parts: LatentParts, sorted: Float64Array, shape: PanelShape, unexplained: number): Float64Array {
  let year = processes.cp.yearShare;
  let own = 1 - processes.cp.cityShare - year;
  let outcome: Float64Array = new Float64Array(0);
  for (let round = 0; round < tuningRounds; round++) {
    outcome = mapToMarginal(addParts(parts, { city: 1 - year - own, year, own }, shape), sorted, shape);
    const sums = sumsOfSquares(outcome, shape);
    const wantedYear = withinCityShare * (1 - unexplained) * sums.total;
    const wantedOwn = withinCityShare * unexplained * sums.total;
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
  parts: LatentParts,
  sorted: Float64Array,
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

/** Adds X~(β - b) to the sample's cells of the outcome, b being its least-squares slopes on X net of both effects. */
function moveSlopes(
  outcome: Float64Array,
  regressors: readonly Float64Array[],
  slopes: readonly number[],
  shape: PanelShape,
): Float64Array {
  const deviations = regressors.map((values) => twoWayDeviations(values, shape));
  const current = leastSquares(deviations, twoWayDeviations(outcome, shape));
  const out = outcome.slice();
  shape.sample.forEach((city, i) => {
    for (let t = 0; t < shape.years; t++) {
      for (let j = 0; j < slopes.length; j++) {
        out[city * shape.years + t] += deviations[j][i * shape.years + t] * (slopes[j] - current[j]);
      }
    }
  });
  return out;
}

/** Slopes of y on a few columns by modified Gram-Schmidt. */
function leastSquares(columns: readonly Float64Array[], y: Float64Array): number[] {
  const k = columns.length;
  const basis: Float64Array[] = [];
  const upper = Array.from({ length: k }, () => new Float64Array(k));
  const projections = new Float64Array(k);
  const residual = y.slice();
  for (let j = 0; j < k; j++) {
    const column = columns[j].slice();
    for (let i = 0; i < j; i++) {
      upper[i][j] = dot(basis[i], column);
      subtractScaledInto(column, basis[i], upper[i][j]);
    }
    upper[j][j] = Math.sqrt(dot(column));
    basis.push(column.map((value) => value / upper[j][j]));
    projections[j] = dot(basis[j], residual);
    subtractScaledInto(residual, basis[j], projections[j]);
  }
  const slopes = new Array<number>(k).fill(0);
  for (let j = k - 1; j >= 0; j--) {
    let value = projections[j];
    for (let l = j + 1; l < k; l++) value -= upper[j][l] * slopes[l];
    slopes[j] = value / upper[j][j];
  }
  return slopes;
}

function subtractScaledInto(target: Float64Array, column: Float64Array, factor: number): void {
  for (let i = 0; i < target.length; i++) target[i] -= factor * column[i];
}
