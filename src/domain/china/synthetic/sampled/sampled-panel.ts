import { lastOf } from '../../../../error/at.ts';
import { withKeys } from '../../../../error/known-keys.ts';
import { randomStream } from '../../../../math/random/philox.ts';
import { cleanInternetRates } from '../panel/internet-fault.ts';
import { addParts, drawLatent, type LatentParts, quantilesOf } from '../panel/latent-panel.ts';
import { marginalValues } from '../panel/marginal.ts';
import { partOf } from '../panel/part.ts';
import type { PrintedColumn } from '../panel/printed-fit.ts';
import {
  type CalibrationTargets,
  countsOf,
  type TargetPanel,
  type TargetPanelOptions,
  withinCityShare,
} from '../panel/target-panel.ts';
import { baselineRegressors, processes, type VariableId, variableIds } from '../panel/variable-process.ts';
import { type OutcomeId, type Outcomes, outcomeIds, sampledTruth } from './sampled-truth.ts';
import { systematicPart } from './systematic-part.ts';

/** Slopes of the mediators on the main outcome beside AI; no table prints them. */
export const secondPaths = { uis: 2, envrpat: 0.1 };

/** Standard deviation of a share of internet users in its own unit; the printed one mixes units. */
const internetSd = 0.17;
/** Least value that the level of a city leaves to each outcome. */
const floors: Readonly<Record<OutcomeId, number>> = { cp: 0.041, uis: 0.05, envrpat: 0 };
const blankStream = 940;
const countStream = 941;

/**
 * A panel drawn from one process whose parameters are the printed numbers, with its errors left in: estimates scatter about the
 * slopes of `sampledTruth`.
 *
 *   x_it = Q(Φ(z_it))                                  a regressor, Q of the printed marginal, z its latent variable
 *   m_it = α_i + λ_t + x_it'a + v_it                   a mediator
 *   y_it = α_i + λ_t + s_it + Σ b (m's v_it) + u_it    the outcome; s the least part that has all stated slopes
 *
 * u and v are autoregressive within cities and independent between them. A city's level is as high as keeps the outcome positive.
 * Nothing is conditioned on, and no cell is in a wrong unit.
 */
export function drawSampledPanel(options: TargetPanelOptions): TargetPanel {
  const { seed, scale, shape, sizeScores, targets } = options;
  const latent = withKeys(variableIds, (id, stream) => drawLatent(processes[id], sizeScores, shape, { seed, stream }));
  const cells = shape.sample.length * shape.years;
  const values = withKeys(variableIds, (id) => {
    const { cityShare: city, yearShare: year } = processes[id];
    const { [id]: marginal } = targets.marginals;
    const sorted = id === 'ip' ? cleanInternetRates(marginal, cells, marginal.median) : marginalValues(marginal, cells);
    return quantilesOf(addParts(latent[id], { city, year, own: 1 - city - year }, shape), sorted);
  });
  const firms = Int32Array.from(values.ai, (log) => Math.max(0, Math.round(scale * Math.expm1(log))));
  values.ai = Float64Array.from(firms, (count) => Math.log1p(count));

  const sds = errorSds(targets);
  const error = (id: OutcomeId): Float64Array => latent[id].own.map((own) => sds[id] * own);
  const errors = { cp: error('cp'), uis: error('uis'), envrpat: error('envrpat') };
  const outcomes: Outcomes = {
    cp: systematicPart({ ...targets, slopes: inUnits(targets) }, values, shape),
    uis: linearPart('uis', targets, values),
    envrpat: linearPart('envrpat', targets, values),
  };
  const inside = Float64Array.from(values.cp.keys(), () => 0);
  for (const id of ['uis', 'envrpat'] as const) {
    const out = withLevel(id, outcomes[id], errors[id], latent[id], targets, shape.years);
    values[id] = id === 'envrpat' ? unbiasedLogs(out, shape.years, seed) : out;
    for (let i = 0; i < out.length; i++) {
      const rounding = values[id][i] - out[i];
      inside[i] += secondPaths[id] * (errors[id][i] + rounding);
    }
  }
  const all = errors.cp.map((own, i) => own + inside[i]);
  values.cp = withLevel('cp', outcomes.cp, all, latent.cp, targets, shape.years);

  const blank = blankCells(options);
  const withBlanks = values.ip.slice();
  for (const cell of blank) withBlanks[cell] = Number.NaN;
  values.ip = withBlanks;
  const printed = sampledTruth(targets, shape, values, outcomes, secondPaths);
  return {
    values,
    firms,
    patents: countsOf(values.envrpat),
    internetFaults: { wrongUnit: new Int32Array(0), blank },
    functionals: [],
    printed: {
      ...printed,
      errors: outcomeIds.map((id) => ({ outcome: id, sd: sds[id], persistence: processes[id].persistence })),
    },
  };
}

/**
 * Standard deviation of each outcome's error: its variance net of both effects is the printed residual variance, of a mediator in
 * proportion to the printed standard errors, which stand on the same regressors.
 */
function errorSds(targets: CalibrationTargets): Record<OutcomeId, number> {
  const main = lastOf(targets.nested);
  const residual = Math.sqrt(withinCityShare * (1 - main.r2.value)) * targets.marginals.cp.sd;
  const sds = { cp: 0, uis: 0, envrpat: 0 };
  const put = (id: OutcomeId, sd: number): void => {
    sds[id] = sd / Math.sqrt(1 - meanCorrelation(processes[id].persistence));
  };
  put('cp', residual);
  for (const { id, column } of targets.mediators) {
    if (id === 'uis' || id === 'envrpat') put(id, residual * errorRatio(column, main));
  }
  return sds;
}

/** Years over which errors of one city are compared. */
const spannedYears = 19;

/** Mean correlation of two years of one city. */
function meanCorrelation(persistence: number): number {
  let sum = 0;
  for (let lag = 1; lag < spannedYears; lag++) sum += (spannedYears - lag) * persistence ** lag;
  return (2 * sum) / (spannedYears * (spannedYears - 1));
}

/** Ratio of the standard errors of two columns, by the regressor that both print to the most digits. */
function errorRatio(column: PrintedColumn, main: PrintedColumn): number {
  const width = ({ slopes, stats }: PrintedColumn, j: number): number =>
    slopes[j].half / Math.abs(slopes[j].value) + stats[j].half / Math.abs(stats[j].value);
  const widths = column.slopes.map((_, j) => width(column, j) + width(main, j));
  const j = widths.indexOf(Math.min(...widths));
  const error = ({ slopes, stats }: PrintedColumn): number => slopes[j].value / stats[j].value;
  return error(column) / error(main);
}

/** Slopes of internet penetration in users a head: they are printed for a column that mixes units. */
function inUnits({ slopes, marginals }: CalibrationTargets): CalibrationTargets['slopes'] {
  const factor = marginals.ip.sd / internetSd;
  return slopes.map((target) => ({
    ...target,
    slopes: new Map(
      [...target.slopes].map(([position, slope]) => {
        const regressor = target.regressors[position];
        const ids: readonly VariableId[] = regressor.kind === 'product' ? regressor.ids : [regressor.id];
        return [position, { ...slope, value: slope.value * (ids.includes('ip') ? factor : 1) }];
      }),
    ),
  }));
}

/** The printed slopes of a mediator times the regressors. */
function linearPart(id: VariableId, targets: CalibrationTargets, values: TargetPanel['values']): Float64Array {
  const out = new Float64Array(values.cp.length);
  const column = targets.mediators.find((mediator) => mediator.id === id)?.column;
  baselineRegressors.forEach((regressor, j) => {
    const slope = column?.slopes[j].value ?? 0;
    const { [regressor]: x } = values;
    const { mean } = targets.marginals[regressor];
    for (let i = 0; i < out.length; i++) out[i] += slope * (x[i] - mean);
  });
  return out;
}

/** The outcome with its city and year effects; a city's own is raised until all its years lie above the floor. */
function withLevel(
  id: OutcomeId,
  systematic: Float64Array,
  error: Float64Array,
  { city, year }: LatentParts,
  { marginals }: CalibrationTargets,
  years: number,
): Float64Array {
  const { yearShare } = processes[id];
  const marginal = marginals[id];
  const { [id]: floor } = floors;
  const levels = quantilesOf(city, marginalValues(marginal, city.length));
  const out = systematic.map(
    (value, i) =>
      value + error[i] + Math.sqrt(yearShare) * marginal.sd * year[i % years] + levels[Math.floor(i / years)],
  );
  for (let first = 0; first < out.length; first += years) {
    const own = out.subarray(first, first + years);
    const short = floor - Math.min(...own);
    if (short > 0) for (let t = 0; t < years; t++) own[t] += short;
  }
  return out;
}

/** ln(1 + n) of whole counts, the one above or the one below by chance, so that the log is right on average. */
function unbiasedLogs(logs: Float64Array, years: number, seed: number): Float64Array {
  const out = new Float64Array(logs.length);
  for (let first = 0; first < logs.length; first += years) {
    const random = randomStream(seed, countStream, first / years);
    for (let i = first; i < first + years; i++) {
      const count = Math.floor(Math.expm1(logs[i]));
      const [below, above] = [Math.log1p(count), Math.log1p(count + 1)];
      out[i] = random.uniform() < (logs[i] - below) / (above - below) ? above : below;
    }
  }
  return out;
}

/** Cells of internet penetration that are left blank, each with the printed share as its chance. */
function blankCells({ seed, shape, targets }: TargetPanelOptions): Int32Array {
  const { runs } = partOf(shape.sample, shape.years, shape.cities * shape.years);
  const share = 1 - targets.internetObserved / (shape.sample.length * shape.years);
  const random = randomStream(seed, blankStream);
  const blank: number[] = [];
  for (let r = 0; r < runs.length; r += 2)
    for (let i = runs[r]; i < runs[r + 1]; i++) if (random.uniform() < share) blank.push(i);
  return Int32Array.from(blank);
}
