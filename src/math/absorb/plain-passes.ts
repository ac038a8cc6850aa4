import { pairwiseSum } from '../pairwise-sum.ts';
import type { ColumnSource } from './contract.ts';
import type { LevelKernel } from './level-kernel.ts';
import type { SchurSystem } from './schur-system.ts';
import { scratchOf } from './schur-system.ts';

/**
 * Passes over the rows of a system without weights and slopes. A column is read where it stands, level by level of the eliminated
 * group, and written once, net of everything: memory costs more than the sums. Levels are taken in parts of so many rows, one
 * column after the other, so that codes are read from the cache for all columns but the first.
 */
const partLength = 1024;

/** A column as the eliminated group left it. */
export interface OpenedColumn extends ColumnSource {
  /** Means of `from` less `centre` in every eliminated level. */
  readonly means: Float64Array;
  /** Sum of squares around them. */
  readonly squares: number;
  /** D' times what the means leave. */
  readonly right: Float64Array;
}

/** Whether sums need neither weights nor slopes. */
export function isUnweighted({ blocks, weights }: SchurSystem): boolean {
  return weights === null && blocks.every(({ slope }) => slope === null);
}

/**
 * Means of every eliminated level, taken twice for what rounding leaves, and the gathered rest: reads the columns once.
 * @param kernel the same compiled, for several columns at once; null where there is none.
 */
export function openColumns(
  system: SchurSystem,
  sources: readonly ColumnSource[],
  kernel: LevelKernel | null,
): readonly OpenedColumn[] {
  if (kernel !== null && sources.length > 1) {
    const all = kernel.open(sources);
    return all.map(({ squared, ...one }, c) => ({ ...sources[c], ...one, squares: pairwiseSum(squared) }));
  }
  const bounds = partBounds(system);
  const scratch = scratchOf(system, 1);
  const all = sources.map((source) => ({
    ...source,
    means: new Float64Array(system.totals.length),
    squared: new Float64Array(bounds.length - 1),
    right: new Float64Array(system.size),
  }));
  for (let p = 1; p < bounds.length; p++) {
    const part = { first: bounds[p - 1], last: bounds[p], scratch };
    for (const one of all) one.squared[p - 1] = openPart(system, one, part);
  }
  return all.map(({ squared, ...one }) => ({ ...one, squares: pairwiseSum(squared) }));
}

/** A range of eliminated levels, and a number for every row of the longest. */
interface Part {
  readonly first: number;
  readonly last: number;
  readonly scratch: Float64Array;
}

/** Bounds of the parts of the levels, one behind the other. */
export function partBounds({ totals, nrow }: Pick<SchurSystem, 'totals' | 'nrow'>): readonly number[] {
  const levels = totals.length;
  const together = Math.max(1, Math.floor((partLength * levels) / Math.max(1, nrow)));
  const bounds = [0];
  while (bounds[bounds.length - 1] < levels) bounds.push(Math.min(levels, bounds[bounds.length - 1] + together));
  return bounds;
}

function openPart(system: SchurSystem, column: Omit<OpenedColumn, 'squares'>, { first, last, scratch }: Part): number {
  const { starts, isSorted, blocks } = system;
  const order = isSorted ? null : system.order;
  const { from, centre, means, right } = column;
  const { positions } = blocks[0];
  let squares = 0;
  for (let g = first; g < last; g++) {
    const start = starts[g];
    const length = starts[g + 1] - start;
    let sum = 0;
    for (let k = 0; k < length; k++) {
      const value = from[order === null ? start + k : order[start + k]] - centre;
      scratch[k] = value;
      sum += value;
    }
    const mean = sum / length;
    let rest = 0;
    for (let k = 0; k < length; k++) {
      const value = scratch[k] - mean;
      scratch[k] = value;
      rest += value;
    }
    rest /= length;
    means[g] = mean + rest;
    for (let k = 0; k < length; k++) {
      const value = scratch[k] - rest;
      scratch[k] = value;
      squares += value * value;
      right[positions[start + k]] += value;
    }
    for (let b = 1; b < blocks.length; b++) {
      const other = blocks[b].positions;
      for (let k = 0; k < length; k++) right[other[start + k]] += scratch[k];
    }
  }
  return squares;
}

/** An opened column, the unknowns to take off it, and where the rest is written. */
export interface ClosingColumn extends OpenedColumn {
  readonly unknowns: Float64Array;
  /** n values, sorted; may be `from` itself where rows are sorted. */
  readonly into: Float64Array;
  /** Becomes D' times the values. */
  readonly left: Float64Array;
}

/**
 * Writes the columns net of the eliminated means and of D times their unknowns, in one pass.
 * @returns the sum of squares of each.
 */
export function closeColumns(
  system: SchurSystem,
  columns: readonly ClosingColumn[],
  kernel: LevelKernel | null,
): readonly number[] {
  const bounds = partBounds(system);
  const scratch = scratchOf(system, 1);
  const squares = columns.map(() => new Float64Array(bounds.length - 1));
  if (kernel !== null && columns.length > 1) {
    kernel.close(columns.map((column, c) => ({ ...column, squared: squares[c] })));
    return squares.map((own) => pairwiseSum(own));
  }
  for (const { left } of columns) left.fill(0);
  for (let p = 1; p < bounds.length; p++) {
    const part = { first: bounds[p - 1], last: bounds[p], scratch };
    columns.forEach((column, c) => {
      squares[c][p - 1] = closePart(system, column, part);
    });
  }
  return squares.map((own) => pairwiseSum(own));
}

function closePart(
  system: SchurSystem,
  { from, centre, means, unknowns, into, left }: ClosingColumn,
  { first, last, scratch }: Part,
): number {
  const { starts, isSorted, blocks } = system;
  const order = isSorted ? null : system.order;
  const { positions } = blocks[0];
  let squares = 0;
  for (let g = first; g < last; g++) {
    const start = starts[g];
    const length = starts[g + 1] - start;
    const mean = means[g];
    for (let k = 0; k < length; k++) {
      const s = start + k;
      scratch[k] = from[order === null ? s : order[s]] - centre - mean - unknowns[positions[s]];
    }
    for (let b = 1; b < blocks.length; b++) {
      const other = blocks[b].positions;
      for (let k = 0; k < length; k++) scratch[k] -= unknowns[other[start + k]];
    }
    let sum = 0;
    for (let k = 0; k < length; k++) sum += scratch[k];
    const average = sum / length;
    for (let k = 0; k < length; k++) {
      const value = scratch[k] - average;
      into[start + k] = value;
      squares += value * value;
      left[positions[start + k]] += value;
    }
    for (let b = 1; b < blocks.length; b++) {
      const other = blocks[b].positions;
      for (let k = 0; k < length; k++) left[other[start + k]] += into[start + k];
    }
  }
  return squares;
}

/** Means in every eliminated level of D times the unknowns. */
export function levelMeans({ starts, totals, blocks }: SchurSystem, unknowns: Float64Array): Float64Array {
  const out = new Float64Array(totals.length);
  for (const { positions } of blocks) {
    for (let g = 0; g < out.length; g++) {
      const end = starts[g + 1];
      let sum = 0;
      for (let s = starts[g]; s < end; s++) sum += unknowns[positions[s]];
      out[g] += sum / totals[g];
    }
  }
  return out;
}
