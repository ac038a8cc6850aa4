import { normalTwoSided } from '../../../../math/distribution.ts';
import { randomStream } from '../../../../math/random/philox.ts';
import type { VariableProcess } from './variable-process.ts';

/** Shape of every panel array here: row = city × years + year index, all cities of the gazetteer, all years. */
export interface PanelShape {
  readonly cities: number;
  readonly years: number;
  /** Indices of the cities in the estimation sample, ascending: what the tables are calibrated on. */
  readonly sample: Int32Array;
}

/** The parts of one latent variable, each of unit variance; their weights are set when they are added up. */
export interface LatentParts {
  readonly city: Float64Array;
  readonly year: Float64Array;
  readonly own: Float64Array;
}

export interface LatentShares {
  readonly city: number;
  readonly year: number;
  readonly own: number;
}

/** Draws the parts of one variable. `stream` numbers the variable. */
export function drawLatent(
  process: VariableProcess,
  sizeScores: Float64Array,
  shape: PanelShape,
  draw: { seed: number; stream: number },
): LatentParts {
  const { cities, years } = shape;
  const city = new Float64Array(cities);
  const own = new Float64Array(cities * years);
  const innovation = Math.sqrt(1 - process.persistence ** 2);
  const rest = Math.sqrt(1 - process.sizeLoading ** 2);
  for (let c = 0; c < cities; c++) {
    const random = randomStream(draw.seed, draw.stream, c);
    city[c] = process.sizeLoading * sizeScores[c] + rest * random.normal();
    let state = random.normal();
    for (let t = 0; t < years; t++) {
      own[c * years + t] = state;
      state = process.persistence * state + innovation * random.normal();
    }
  }
  const year = new Float64Array(years);
  for (let t = 0; t < years; t++) year[t] = process.yearSign * (t / (years - 1)) ** process.yearPower;
  standardise(year);
  return { city, year, own };
}

/** The latent variable under the given variance shares. */
export function addParts(parts: LatentParts, shares: LatentShares, shape: PanelShape): Float64Array {
  const out = new Float64Array(shape.cities * shape.years);
  const cityWeight = Math.sqrt(shares.city);
  const yearWeight = Math.sqrt(shares.year);
  const ownWeight = Math.sqrt(shares.own);
  for (let c = 0; c < shape.cities; c++) {
    for (let t = 0; t < shape.years; t++) {
      const row = c * shape.years + t;
      out[row] = cityWeight * parts.city[c] + yearWeight * parts.year[t] + ownWeight * parts.own[row];
    }
  }
  return out;
}

/**
 * Maps a latent variable to a marginal: the r-th smallest cell of the sample gets the r-th of `sortedValues`; a cell
 * outside the sample gets the value of the sample cell just below it. Ties keep the order of the rows.
 */
export function mapToMarginal(latent: Float64Array, sortedValues: Float64Array, shape: PanelShape): Float64Array {
  const { years, sample } = shape;
  const sorted = new Float64Array(sample.length * years);
  for (let i = 0; i < sample.length; i++) {
    for (let t = 0; t < years; t++) sorted[i * years + t] = latent[sample[i] * years + t];
  }
  // Without a function to compare by, which takes ten times as long; ties are told apart behind it.
  sorted.sort();
  const out = new Float64Array(latent.length);
  for (let row = 0; row < latent.length; row++)
    out[row] = sortedValues[Math.max(0, countBelow(sorted, latent[row], true) - 1)];
  const taken = new Int32Array(sorted.length);
  for (let i = 0; i < sample.length; i++) {
    for (let row = sample[i] * years; row < (sample[i] + 1) * years; row++) {
      const first = countBelow(sorted, latent[row], false);
      out[row] = sortedValues[first + taken[first]++];
    }
  }
  return out;
}

/** Standard normal scores as values of a distribution: Q(Φ(z)), Q by its increasing quantiles. */
export function quantilesOf(scores: Float64Array, quantiles: Float64Array): Float64Array {
  const last = quantiles.length - 1;
  return scores.map((z) => {
    const upper = normalTwoSided(z) / 2;
    const place = (z < 0 ? upper : 1 - upper) * quantiles.length - 0.5;
    const below = Math.min(Math.max(Math.floor(place), 0), last);
    const above = Math.min(below + 1, last);
    const part = Math.min(Math.max(place - below, 0), 1);
    return quantiles[below] + part * (quantiles[above] - quantiles[below]);
  });
}

/** How many elements are below `value`, or not above it. */
function countBelow(sorted: Float64Array, value: number, orEqual: boolean): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < value || (orEqual && sorted[middle] === value)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Shifts and scales in place to mean 0 and variance 1 (divisor n). */
export function standardise(values: Float64Array): void {
  let mean = 0;
  for (const value of values) mean += value;
  mean /= values.length;
  let variance = 0;
  for (const value of values) variance += (value - mean) ** 2;
  const sd = Math.sqrt(variance / values.length);
  for (let i = 0; i < values.length; i++) values[i] = (values[i] - mean) / sd;
}
