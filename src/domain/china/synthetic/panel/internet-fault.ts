import { type RandomStream, randomStream } from '../../../../math/random/philox.ts';
import { mapToMarginal, type PanelShape } from './latent-panel.ts';
import type { MarginalTarget } from './marginal.ts';
import { marginalValues } from './marginal.ts';

/** Factor by which a cell in the wrong unit is too large: reported per hundred. */
export const wrongUnitFactor = 100;

/** Cells of the sample in which a fault was planted, as rows of cities × years, ascending. */
export interface InternetFaults {
  /** Reported in another unit than the rest. */
  readonly wrongUnit: Int32Array;
  /** Left blank. */
  readonly blank: Int32Array;
}

/** Largest share of cells in the wrong unit that is looked at, and cells tried in the fine search. */
const swapTrials = 40_000;
const medianRounds = 12;
/** Half a unit of the last printed digit, with room to spare. */
const medianTolerance = 4e-4;
const faultStream = 930;

/** The internet rates before any fault: shares whose hundredfold maximum is the printed one. */
export function cleanInternetRates(printed: MarginalTarget, n: number, median: number): Float64Array {
  const max = printed.max / wrongUnitFactor;
  return marginalValues({ mean: 0.165, sd: 0.17, min: printed.min, median, max }, n);
}

/**
 * Maps the latent internet variable to rates and plants the faults, so that the column as reported has the printed
 * moments. Cells in the wrong unit move above the median, so the clean median is lowered until the reported one fits.
 * @returns reported rates (cities × years), the same with blank cells NaN, and where the faults are
 */
export function reportedInternetRates(
  latent: Float64Array,
  shape: PanelShape,
  target: MarginalTarget & { readonly observed: number },
  seed: number,
): { readonly reported: Float64Array; readonly withBlanks: Float64Array; readonly faults: InternetFaults } {
  const n = shape.sample.length * shape.years;
  let median = target.median;
  let rates: Float64Array = new Float64Array(0);
  let faults: InternetFaults = { wrongUnit: new Int32Array(0), blank: new Int32Array(0) };
  for (let round = 0; round < medianRounds; round++) {
    rates = mapToMarginal(latent, cleanInternetRates(target, n, median), shape);
    faults = plantInternetFaults(rates, shape, target, seed);
    for (const row of faults.wrongUnit) rates[row] *= wrongUnitFactor;
    const reached = medianOfSample(blanked(rates, faults), shape);
    if (Math.abs(reached - target.median) < medianTolerance) break;
    median *= target.median / reached;
  }
  return { reported: rates, withBlanks: blanked(rates, faults), faults };
}

function blanked(rates: Float64Array, faults: InternetFaults): Float64Array {
  const out = rates.slice();
  for (const row of faults.blank) out[row] = Number.NaN;
  return out;
}

function medianOfSample(values: Float64Array, shape: PanelShape): number {
  const seen: number[] = [];
  for (const city of shape.sample) {
    for (let t = 0; t < shape.years; t++) {
      const value = values[city * shape.years + t];
      if (!Number.isNaN(value)) seen.push(value);
    }
  }
  seen.sort((a, b) => a - b);
  return seen[seen.length >> 1];
}

/**
 * Chooses which cells are reported in the wrong unit so that mean and sd of the column come out as printed: the clean
 * column has half the printed median's neighbours right, but no share of users can have a mean of 2 and a maximum of 355,
 * so the printed column mixes units. The largest cell is always one of them.
 */
function plantInternetFaults(
  rates: Float64Array,
  shape: PanelShape,
  target: MarginalTarget & { readonly observed: number },
  seed: number,
): InternetFaults {
  const random = randomStream(seed, faultStream);
  const rows: number[] = [];
  for (const city of shape.sample) for (let t = 0; t < shape.years; t++) rows.push(city * shape.years + t);
  const smallest = Math.min(...rows.map((row) => rates[row]));
  const greatest = Math.max(...rows.map((row) => rates[row]));
  // The printed minimum and maximum must stay in sight.
  const isOrdinary = (row: number): boolean => rates[row] > smallest && rates[row] < greatest;
  const blank = drawRows(rows, Math.max(0, rows.length - target.observed), random, isOrdinary);
  const isBlank = new Set(blank);
  const observed = rows.filter((row) => !isBlank.has(row));

  const wanted = wantedSums(rates, observed, target);
  const largest = observed.reduce((best, row) => (rates[row] > rates[best] ? row : best), observed[0]);
  const chosen = new Set([largest]);
  let sum = rates[largest];
  let squares = rates[largest] ** 2;
  // Add cells at random until the sum is reached, then swap to bring the squares right too.
  for (const row of shuffled(observed, random)) {
    if (sum >= wanted.sum) break;
    if (chosen.has(row) || rates[row] < 0.02) continue;
    chosen.add(row);
    sum += rates[row];
    squares += rates[row] ** 2;
  }
  const inside = [...chosen].filter((row) => row !== largest);
  const outside = observed.filter((row) => !chosen.has(row) && rates[row] >= 0.02);
  const miss = (s: number, q: number): number =>
    Math.abs(s - wanted.sum) / wanted.sum + Math.abs(q - wanted.squares) / wanted.squares;
  for (let trial = 0; trial < swapTrials && inside.length > 0; trial++) {
    const i = random.integer(inside.length);
    const o = random.integer(outside.length);
    const nextSum = sum - rates[inside[i]] + rates[outside[o]];
    const nextSquares = squares - rates[inside[i]] ** 2 + rates[outside[o]] ** 2;
    if (miss(nextSum, nextSquares) < miss(sum, squares)) {
      [inside[i], outside[o]] = [outside[o], inside[i]];
      sum = nextSum;
      squares = nextSquares;
    }
  }
  return { wrongUnit: Int32Array.from([largest, ...inside]).sort(), blank: Int32Array.from(blank).sort() };
}

/** Sum and sum of squares of the clean rates over the wrong-unit cells that give the printed mean and sd. */
function wantedSums(
  rates: Float64Array,
  rows: readonly number[],
  target: MarginalTarget,
): { sum: number; squares: number } {
  let cleanSum = 0;
  let cleanSquares = 0;
  for (const row of rows) {
    cleanSum += rates[row];
    cleanSquares += rates[row] ** 2;
  }
  const n = rows.length;
  const totalSquares = (n - 1) * target.sd ** 2 + n * target.mean ** 2;
  return {
    sum: (n * target.mean - cleanSum) / (wrongUnitFactor - 1),
    squares: (totalSquares - cleanSquares) / (wrongUnitFactor ** 2 - 1),
  };
}

function drawRows(
  rows: readonly number[],
  count: number,
  random: RandomStream,
  may: (row: number) => boolean,
): number[] {
  return shuffled(rows.filter(may), random).slice(0, count);
}

/** A random order of the items (Fisher-Yates). */
function shuffled(items: readonly number[], random: RandomStream): number[] {
  const out = items.slice();
  for (let i = out.length - 1; i > 0; i--) {
    const j = random.integer(i + 1);
    [out[i], out[j]] = [out[j], out[i]];
  }
  return out;
}
