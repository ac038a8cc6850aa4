import type { Condition } from './conditioned-draw.ts';
import type { MarginalTarget } from './marginal.ts';
import { dotIn, type Part } from './part.ts';

/** A miss of mean or sd that no printed digit shows. */
const momentTolerance = 1e-4;

/** Mean and standard deviation of the part's cells as conditions on a variable. */
export function marginalConditions(target: MarginalTarget, part: Part): Condition[] {
  const { runs, length } = part;
  const cells = part.cities.length * (part.to - part.from);
  const average = new Float64Array(length);
  for (let r = 0; r < runs.length; r += 2) average.fill(1 / cells, runs[r], runs[r + 1]);
  const centred = (x: Float64Array): Float64Array => {
    const mean = dotIn(average, x, part);
    const out = new Float64Array(length);
    for (let r = 0; r < runs.length; r += 2) for (let i = runs[r]; i < runs[r + 1]; i++) out[i] = x[i] - mean;
    return out;
  };
  const root = Math.sqrt(cells - 1);
  return [
    { kind: 'linear', runs, weights: average, value: target.mean, tolerance: momentTolerance },
    { kind: 'length', runs, map: centred, value: target.sd * root, tolerance: momentTolerance * root },
  ];
}

/**
 * Bounds of a variable's cells: its printed ends, on each of which the cell that is nearest stays. With `split` the cells
 * below the middle one stay below the printed median and the others above it.
 */
export function marginalBounds(
  values: Float64Array,
  target: MarginalTarget,
  { runs, length }: Part,
  split: boolean,
): { readonly low: Float64Array; readonly high: Float64Array } {
  const low = new Float64Array(length).fill(Number.NEGATIVE_INFINITY);
  const high = new Float64Array(length).fill(Number.POSITIVE_INFINITY);
  const cells: number[] = [];
  for (let r = 0; r < runs.length; r += 2) for (let i = runs[r]; i < runs[r + 1]; i++) cells.push(i);
  cells.sort((a, b) => values[a] - values[b]);
  const middle = cells.length >> 1;
  cells.forEach((cell, rank) => {
    low[cell] = split && rank >= middle ? target.median : target.min;
    high[cell] = split && rank <= middle ? target.median : target.max;
  });
  low[cells[cells.length - 1]] = target.max;
  high[cells[0]] = target.min;
  return { low, high };
}

/** A value that no cell may come near from above, so that a threshold there is seen: one cell lies on it. */
export interface ClearedThreshold {
  readonly value: number;
  /** How far above it the next cell lies. */
  readonly gap: number;
}

/** The same bounds with the cells kept on their side of a threshold. */
export function boundsBesideThreshold(
  bounds: { readonly low: Float64Array; readonly high: Float64Array },
  values: Float64Array,
  { value, gap }: ClearedThreshold,
  { runs }: Part,
): { readonly low: Float64Array; readonly high: Float64Array } {
  const low = bounds.low.slice();
  const high = bounds.high.slice();
  let nearest = -1;
  for (let r = 0; r < runs.length; r += 2) {
    for (let i = runs[r]; i < runs[r + 1]; i++) {
      if (values[i] > value) low[i] = Math.max(low[i], Math.min(high[i], value + gap));
      else {
        high[i] = Math.min(high[i], value);
        if (nearest < 0 || values[i] > values[nearest]) nearest = i;
      }
    }
  }
  if (nearest >= 0) low[nearest] = value;
  return { low, high };
}
