import { pairwiseSum } from '../pairwise-sum.ts';
import type { ColumnLevels } from './absorb-block.ts';
import type { ColumnSource } from './contract.ts';

interface Grid {
  readonly units: number;
  readonly periods: number;
}

/** What the unit means and the period means took of a column. */
interface GridPart {
  readonly levels: ColumnLevels;
  readonly squares: number;
}

/** Units whose period sums are added up by themselves before they join the others: rounding grows with less than all units. */
const unitsTogether = 512;

/**
 * x - x_i. - x_.t + x_.. of columns whose rows are a sorted grid (the periods of a unit side by side): one pass for the means
 * and one that writes, each mean taken again where rounding of the first could show.
 */
export function demeanGrids(
  columns: readonly Float64Array[],
  sources: readonly ColumnSource[],
  grid: Grid,
): readonly GridPart[] {
  return columns.map((column, c) => demeanGrid(column, sources[c], grid));
}

function demeanGrid(column: Float64Array, source: ColumnSource, { units, periods }: Grid): GridPart {
  const means = new Float64Array(units);
  const squares = new Float64Array(units);
  const periodMeans = new Float64Array(periods);
  const together = new Float64Array(periods);
  for (let first = 0; first < units; first += unitsTogether) {
    const last = Math.min(units, first + unitsTogether);
    together.fill(0);
    openUnits(source, { first, last, periods }, { means, squares, sums: together });
    for (let t = 0; t < periods; t++) periodMeans[t] += together[t];
  }
  for (let t = 0; t < periods; t++) periodMeans[t] /= units;
  const within = pairwiseSum(squares);
  let taken = 0;
  for (let t = 0; t < periods; t++) taken += units * periodMeans[t] ** 2;
  for (let u = 0; u < units; u++) closeUnit(column, source, { u, means, periodMeans, squares });
  for (let u = 0; u < units; u++) means[u] += source.centre;
  const counts = new Float64Array(units).fill(periods);
  return { levels: { counts, means, squares: within, taken }, squares: pairwiseSum(squares) };
}

/** Means of units, sums of squares around them, and sums of what they leave by period. */
function openUnits(
  { from, centre }: ColumnSource,
  { first, last, periods }: { readonly first: number; readonly last: number; readonly periods: number },
  {
    means,
    squares,
    sums,
  }: { readonly means: Float64Array; readonly squares: Float64Array; readonly sums: Float64Array },
): void {
  for (let u = first, at = first * periods; u < last; u++, at += periods) {
    let sum = 0;
    for (let t = 0; t < periods; t++) sum += from[at + t] - centre;
    const mean = sum / periods;
    let rest = 0;
    for (let t = 0; t < periods; t++) rest += from[at + t] - centre - mean;
    const own = mean + rest / periods;
    let squared = 0;
    for (let t = 0; t < periods; t++) {
      const value = from[at + t] - centre - own;
      squared += value * value;
      sums[t] += value;
    }
    means[u] = own;
    squares[u] = squared;
  }
}

function closeUnit(
  column: Float64Array,
  { from, centre }: ColumnSource,
  {
    u,
    means,
    periodMeans,
    squares,
  }: {
    readonly u: number;
    readonly means: Float64Array;
    readonly periodMeans: Float64Array;
    readonly squares: Float64Array;
  },
): void {
  const periods = periodMeans.length;
  const at = u * periods;
  const mean = means[u];
  let sum = 0;
  for (let t = 0; t < periods; t++) {
    const value = from[at + t] - centre - mean - periodMeans[t];
    column[at + t] = value;
    sum += value;
  }
  const rest = sum / periods;
  let squared = 0;
  for (let t = 0; t < periods; t++) {
    const value = column[at + t] - rest;
    column[at + t] = value;
    squared += value * value;
  }
  squares[u] = squared;
}
