import { withKeys } from '../../../../error/known-keys.ts';
import { dot } from '../../../../math/matrix.ts';
import type { NestedColumn } from './baseline-moments.ts';
import { baselineMoments } from './baseline-moments.ts';
import { type InternetFaults, reportedInternetRates } from './internet-fault.ts';
import { addParts, drawLatent, type LatentParts, mapToMarginal, type PanelShape } from './latent-panel.ts';
import { type MarginalTarget, marginalValues } from './marginal.ts';
import { matchCrossProducts } from './match-cross-products.ts';
import { matchSlopes, type OutcomeTarget } from './match-slopes.ts';
import { type SlopeFunctional, type SlopeTarget, slopeFunctionals } from './slope-target.ts';
import { baselineRegressors, processes, type VariableId, variableIds } from './variable-process.ts';
import { sumsOfSquares, twoWayDeviations } from './within.ts';

/** What the generator is calibrated to: the printed Table 2 and the nested columns of the printed Table 3. */
export interface CalibrationTargets {
  readonly marginals: Readonly<Record<VariableId, MarginalTarget>>;
  readonly nested: readonly NestedColumn[];
  /** Printed number of observed cells of internet penetration. */
  readonly internetObserved: number;
  /** Within R2 (year effects as regressors) of the last nested column. */
  readonly lastR2: number;
  /** t statistic of the first regressor there. */
  readonly lastTOfFirst: number;
  /** Further outcomes: their regression on the same regressors, with its printed fit and the t of its first regressor. */
  readonly mediators: readonly MediatorTarget[];
  /** Slopes that regressions on parts of the sample, with products or with thresholds are to have. */
  readonly slopes: readonly SlopeTarget[];
}

export interface MediatorTarget {
  readonly id: VariableId;
  readonly slopes: readonly number[];
  readonly tOfFirst: number;
  readonly r2: number;
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
  /** AI firms founded, and green patent applications: the counts behind `ai` and `envrpat`. */
  readonly firms: Int32Array;
  readonly patents: Int32Array;
}

/** Within-city share of the variance of carbon productivity; the printed tables leave it free. */
const withinCityShare = 0.3;
const tuningRounds = 20;
const matchingRounds = 12;

/**
 * Draws a panel whose sample has the printed marginals and whose regressions come out as printed.
 *
 * 1. Every variable is a latent sum of city, year and own parts, mapped to its printed marginal by rank.
 * 2. The shares of the outcome are tuned until year effects explain the printed part of its within-city variation.
 * 3. The regressors' own parts are scaled, then their cross-products (with each other and with the outcome, net of both
 *    effects) are made those that the nested columns imply; mapping and matching alternate until both hold nearly.
 * 4. Counts are made whole; then each outcome is moved until it has its slopes in every regression that is targeted.
 */
export function drawTargetPanel(options: TargetPanelOptions): TargetPanel {
  const { seed, scale, shape, targets } = options;
  const drawn = drawVariables(options);
  const fit = baselineFit(targets, shape);
  const outcome = tuneOutcome('cp', drawn, shape, {
    withinShare: withinCityShare,
    unexplained: fit.unexplainedByYears,
  });
  const regressors = drawRegressors(outcome, drawn, fit, options);

  const values = withKeys(variableIds, (id) => drawn[id].values);
  baselineRegressors.forEach((id, j) => {
    values[id] = regressors[j];
  });
  const firms = Int32Array.from(values.ai, (log) => Math.round(scale * Math.expm1(log)));
  values.ai = Float64Array.from(firms, (count) => Math.log1p(count));

  const internet = { ...targets.marginals.ip, observed: targets.internetObserved };
  const { reported, withBlanks, faults } = reportedInternetRates(drawn.ip.values, shape, internet, seed);
  values.ip = reported;

  const finalRegressors = baselineRegressors.map((id) => values[id]);
  const main = { id: 'cp' as const, slopes: fit.slopes, unexplained: 1 - targets.lastR2 };
  const mediators = targets.mediators.map(({ id, slopes, r2 }) => ({ id, slopes, unexplained: 1 - r2 }));
  values.cp = outcome;
  for (const mediator of targets.mediators) values[mediator.id] = drawMediator(mediator, outcome, drawn, fit, options);
  const functionals: SlopeFunctional[] = [];
  for (const { id, slopes, unexplained } of [main, ...mediators]) {
    const own = targets.slopes.filter((target) => target.outcome === id);
    const sigma = Math.sqrt((unexplained * sumsOfSquares(values[id], shape).within) / fit.dof);
    const known = [wholeSample(id, slopes, shape), ...own].flatMap((target) =>
      slopeFunctionals(target, values, shape, sigma),
    );
    functionals.push(...known);
    const target = { sorted: drawn[id].sorted, regressors: finalRegressors, slopes, unexplained };
    values[id] =
      id === 'envrpat' ? matchCounts(values[id], known, target, shape) : matchSlopes(values[id], known, target, shape);
  }
  const patents = countsOf(values.envrpat);
  values.ip = withBlanks;
  return { values, firms, patents, internetFaults: faults, functionals };
}

const countRounds = 3;

/** As `matchSlopes` for the log of a count: what making counts whole takes off a slope is asked for in excess. */
function matchCounts(
  outcome: Float64Array,
  functionals: readonly SlopeFunctional[],
  target: OutcomeTarget,
  shape: PanelShape,
): Float64Array {
  let asked = functionals;
  let whole = outcome;
  for (let round = 0; round < countRounds; round++) {
    whole = Float64Array.from(countsOf(matchSlopes(outcome, asked, target, shape)), (count) => Math.log1p(count));
    asked = asked.map((functional, j) => {
      const lost = functionals[j].slope - dot(functional.weights, whole);
      return { ...functional, slope: functional.slope + lost };
    });
  }
  return whole;
}

/** Whole counts n ≥ 0 whose ln(1 + n) is nearest to the values. */
function countsOf(logs: Float64Array): Int32Array {
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

/** What the printed baseline says of its fit. */
interface BaselineFit {
  /** k × k: X~'X~ for an outcome whose RSS net of the effects is 1. */
  readonly crossProducts: Float64Array;
  readonly slopes: readonly number[];
  /** RSS with all regressors, for the same outcome. */
  readonly lastRss: number;
  /** RSS without regressors as a share of the within-city sum of squares. */
  readonly unexplainedByYears: number;
  /** Residual degrees of freedom with all regressors in. */
  readonly dof: number;
  /** Standard error of the first regressor, with all regressors in. */
  readonly firstError: number;
}

function baselineFit(targets: CalibrationTargets, shape: PanelShape): BaselineFit {
  const cells = shape.sample.length * shape.years;
  const { crossProducts, rss } = baselineMoments(targets.nested, cells - shape.sample.length - shape.years + 1);
  const lastRss = rss[rss.length - 1];
  const slopes = targets.nested[targets.nested.length - 1].coefficients;
  return {
    crossProducts,
    slopes,
    lastRss,
    unexplainedByYears: (1 - targets.lastR2) / lastRss,
    dof: cells - shape.sample.length - shape.years + 1 - slopes.length,
    firstError: slopes[0] / targets.lastTOfFirst,
  };
}

/** Baseline regressors with the printed marginals and the cross-products that the nested columns imply. */
function drawRegressors(
  outcome: Float64Array,
  drawn: Drawn,
  fit: BaselineFit,
  { shape }: TargetPanelOptions,
): Float64Array[] {
  const k = baselineRegressors.length;
  const outcomeDeviations = twoWayDeviations(outcome, shape);
  const outcomeTwoWay = dot(outcomeDeviations);
  const crossProducts = fit.crossProducts.map((value) => value * outcomeTwoWay);
  const target = { crossProducts, slopes: fit.slopes, shape };
  let regressors = baselineRegressors.map((id, j) => tuneOwnShare(id, drawn[id], shape, crossProducts[j + j * k]));
  for (let round = 0; round < matchingRounds; round++) {
    const matched = matchCrossProducts(regressors, outcomeDeviations, target);
    regressors = matched.map((latent, j) => mapToMarginal(latent, drawn[baselineRegressors[j]].sorted, shape));
  }
  return regressors;
}

/**
 * A mediator whose regression has the printed fit: the standard errors of the same regressor in two regressions are as their
 * residual standard deviations, which gives its RSS, and the printed R2 then its within-city variation.
 */
function drawMediator(
  target: MediatorTarget,
  outcome: Float64Array,
  drawn: Drawn,
  fit: BaselineFit,
  { shape }: TargetPanelOptions,
): Float64Array {
  const error = target.slopes[0] / target.tOfFirst;
  const rss = sumsOfSquares(outcome, shape).twoWay * fit.lastRss * (error / fit.firstError) ** 2;
  const total = sumsOfSquares(drawn[target.id].values, shape).total;
  const withinShare = Math.min(0.9, rss / (1 - target.r2) / total);
  return tuneOutcome(target.id, drawn, shape, { withinShare, unexplained: 1 - target.r2 });
}

/** The main regression of an outcome, as a target of its slopes. */
function wholeSample(outcome: VariableId, slopes: readonly number[], shape: PanelShape): SlopeTarget {
  return {
    id: `${outcome}, whole sample`,
    outcome,
    where: null,
    cities: shape.sample,
    regressors: baselineRegressors.map((id) => ({ kind: 'variable', id })),
    slopes: new Map(slopes.map((value, j) => [j, { value, halfUnit: 0, t: null }])),
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
