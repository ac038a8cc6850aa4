import { type CellRuns, runsOf } from './conditioned-draw.ts';

/** Cells of a panel (cities × years) that one regression with city and year effects is made on: the same years of some cities. */
export interface Part {
  readonly years: number;
  /** First year in it, and the one after its last. */
  readonly from: number;
  readonly to: number;
  readonly cities: Int32Array;
  readonly runs: CellRuns;
  /** Cells of a whole panel array. */
  readonly length: number;
}

export function partOf(cities: Int32Array, years: number, length: number, from = 0, to = years): Part {
  const cells: number[] = [];
  for (const city of cities) for (let t = from; t < to; t++) cells.push(city * years + t);
  return { years, from, to, cities, runs: runsOf(cells), length };
}

/** Deviations from city and year means within the part; zero outside it. */
export function deviationsIn(values: Float64Array, part: Part): Float64Array {
  return deviate(values, part, true);
}

/** Deviations from city means within the part; zero outside it. */
export function cityDeviationsIn(values: Float64Array, part: Part): Float64Array {
  return deviate(values, part, false);
}

function deviate(values: Float64Array, { cities, years, from, to, length }: Part, yearsToo: boolean): Float64Array {
  const out = new Float64Array(length);
  const n = cities.length;
  const yearMeans = new Float64Array(years);
  const span = to - from;
  for (let i = 0; i < n; i++) {
    const first = cities[i] * years;
    let mean = 0;
    for (let t = from; t < to; t++) mean += values[first + t];
    mean /= span;
    for (let t = from; t < to; t++) {
      const deviation = values[first + t] - mean;
      out[first + t] = deviation;
      yearMeans[t] += deviation / n;
    }
  }
  if (!yearsToo) return out;
  for (let i = 0; i < n; i++) {
    const first = cities[i] * years;
    for (let t = from; t < to; t++) out[first + t] -= yearMeans[t];
  }
  return out;
}

/** Inner product of two arrays that are zero outside the part. */
export function dotIn(a: Float64Array, b: Float64Array, { runs }: Part): number {
  let sum = 0;
  for (let r = 0; r < runs.length; r += 2) for (let i = runs[r]; i < runs[r + 1]; i++) sum += a[i] * b[i];
  return sum;
}

/** Mean of the part's cells of its first year. */
export function firstYearMean(values: Float64Array, { cities, years, from }: Part): number {
  let sum = 0;
  for (const city of cities) sum += values[city * years + from];
  return sum / cities.length;
}

/** Weights whose product with the values is the mean of the first year. */
export function firstYearWeights({ cities, years, from, length }: Part): Float64Array {
  const out = new Float64Array(length);
  for (const city of cities) out[city * years + from] = 1 / cities.length;
  return out;
}
