import { zeros } from '../../../../math/matrix.ts';
import { type CellRuns, runsOf } from '../panel/conditioned-draw.ts';
import { inverseOf } from '../panel/small-fit.ts';

/** Cells of a panel (cities × years) that one regression with city and year effects is made on. */
export interface RegressionCells {
  readonly id: string;
  readonly runs: CellRuns;
  /** The cells of the year before each. */
  readonly runsBefore: CellRuns;
  readonly cells: Int32Array;
  /** By cell of the list: its city and its year, numbered from 0. */
  readonly city: Int32Array;
  readonly year: Int32Array;
  readonly cities: number;
  readonly years: number;
  readonly isBalanced: boolean;
  /** Cells of a whole panel array. */
  readonly length: number;
  /** constant · (outcome - fitted) = the regression's constant: that of the first year, as a regression with year dummies has it. */
  readonly constant: Float64Array;
}

/** @param isIn whether a cell of the sample's cities belongs to it; all of them do where it is left out */
export function regressionCells(
  id: string,
  sample: Int32Array,
  panelYears: number,
  length: number,
  isIn: (cell: number) => boolean = () => true,
): RegressionCells {
  const cells: number[] = [];
  const cityOf: number[] = [];
  const yearOf: number[] = [];
  let first = panelYears;
  for (const city of sample)
    for (let t = 0; t < panelYears; t++) if (isIn(city * panelYears + t)) first = Math.min(first, t);
  let cities = 0;
  for (const city of sample) {
    const before = cells.length;
    for (let t = 0; t < panelYears; t++) {
      const cell = city * panelYears + t;
      if (!isIn(cell)) continue;
      cells.push(cell);
      cityOf.push(cities);
      yearOf.push(t - first);
    }
    if (cells.length > before) cities++;
  }
  const years = Math.max(...yearOf) + 1;
  const runs = runsOf(cells);
  const without = {
    id,
    runs,
    runsBefore: runs.map((edge) => edge - 1),
    cells: Int32Array.from(cells),
    city: Int32Array.from(cityOf),
    year: Int32Array.from(yearOf),
    cities,
    years,
    isBalanced: cells.length === cities * years,
    length,
  };
  return { ...without, constant: constantWeights(without) };
}

type Cells = Omit<RegressionCells, 'constant'>;

const mostRounds = 200;

/** Deviations from city and year effects; zero outside the cells. Unbalanced cells: by turns until nothing moves. */
export function deviations(values: Float64Array, cells: Cells): Float64Array {
  const out = cityDeviations(values, cells);
  takeOut(out, cells, cells.year, cells.years);
  for (let round = 0; !cells.isBalanced && round < mostRounds; round++) {
    const moved = takeOut(out, cells, cells.city, cells.cities);
    takeOut(out, cells, cells.year, cells.years);
    if (moved < 1e-12) break;
  }
  return out;
}

/** Deviations from city means; zero outside the cells. */
export function cityDeviations(values: Float64Array, cells: Cells): Float64Array {
  const out = new Float64Array(cells.length);
  for (const cell of cells.cells) out[cell] = values[cell];
  takeOut(out, cells, cells.city, cells.cities);
  return out;
}

/** Takes group means out in place. @returns the largest of them */
function takeOut(x: Float64Array, { cells }: Cells, group: Int32Array, groups: number): number {
  const sums = new Float64Array(groups);
  const counts = new Float64Array(groups);
  for (let i = 0; i < cells.length; i++) {
    sums[group[i]] += x[cells[i]];
    counts[group[i]]++;
  }
  let most = 0;
  for (let g = 0; g < groups; g++) {
    sums[g] /= counts[g];
    most = Math.max(most, Math.abs(sums[g]));
  }
  for (let i = 0; i < cells.length; i++) x[cells[i]] -= sums[group[i]];
  return most;
}

/** The mean of all cells less that of the year dummies (the first year's apart) times their effects, as weights. */
function constantWeights(cells: Cells): Float64Array {
  const n = cells.cells.length;
  const out = new Float64Array(cells.length);
  if (cells.isBalanced) {
    for (let i = 0; i < n; i++) if (cells.year[i] === 0) out[cells.cells[i]] = 1 / cells.cities;
    return out;
  }
  const k = cells.years - 1;
  const dummies = Array.from({ length: k }, (_, t) => {
    const dummy = new Float64Array(cells.length);
    for (let i = 0; i < n; i++) if (cells.year[i] === t + 1) dummy[cells.cells[i]] = 1;
    return cityDeviations(dummy, cells);
  });
  const shares = Float64Array.from({ length: k }, (_, t) => cells.year.filter((year) => year === t + 1).length / n);
  const gram = zeros(k, k);
  for (let i = 0; i < k; i++) for (let j = 0; j < k; j++) gram.data[i + j * k] = inner(dummies[i], dummies[j], cells);
  const inverse = inverseOf(gram)!; // dummies of years that are there are not collinear within cities
  for (const cell of cells.cells) out[cell] = 1 / n;
  for (let i = 0; i < k; i++) {
    let factor = 0;
    for (let j = 0; j < k; j++) factor += inverse.data[i + j * k] * shares[j];
    for (const cell of cells.cells) out[cell] -= factor * dummies[i][cell];
  }
  return out;
}

/** Inner product over the cells. */
export function inner(a: Float64Array, b: Float64Array, { runs }: Pick<RegressionCells, 'runs'>): number {
  let sum = 0;
  for (let r = 0; r < runs.length; r += 2) {
    const to = runs[r + 1];
    for (let i = runs[r]; i < to; i++) sum += a[i] * b[i];
  }
  return sum;
}
