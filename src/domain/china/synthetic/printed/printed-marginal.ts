import type { MarginalTarget } from '../panel/marginal.ts';

/** Keeps a variable within its printed ends and on its printed median while it moves. */
export interface MarginalKeeper {
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** Puts the cells in order: the middle one on the median, half of the others on either side. */
  readonly keepMedian: (x: Float64Array) => void;
}

/**
 * @param cells those that the table describes; the smallest of them stays on the printed minimum, the largest on the maximum
 */
export function marginalKeeper(x: Float64Array, target: MarginalTarget, cells: Int32Array): MarginalKeeper {
  const low = new Float64Array(x.length).fill(target.min);
  const high = new Float64Array(x.length).fill(target.max);
  let least = cells[0];
  let most = cells[0];
  for (const cell of cells) {
    if (x[cell] < x[least]) least = cell;
    if (x[cell] >= x[most]) most = cell;
  }
  high[least] = target.min;
  low[most] = target.max;
  return { low, high, keepMedian: (values) => putMedian(values, target.median, cells, low, high) };
}

/** An even number of cells has two middle ones: both are put on the median. */
function putMedian(x: Float64Array, median: number, cells: Int32Array, low: Float64Array, high: Float64Array): void {
  const n = cells.length;
  const below: number[] = [];
  const above: number[] = [];
  for (const cell of cells) {
    if (x[cell] < median) below.push(cell);
    else if (x[cell] > median) above.push(cell);
  }
  const most = (n - 1) >> 1;
  const move = (side: number[]): void => {
    if (side.length <= most) return;
    side.sort((a, b) => Math.abs(x[a] - median) - Math.abs(x[b] - median));
    let left = side.length - most;
    for (const cell of side) {
      if (left === 0) break;
      if (low[cell] > median || high[cell] < median) continue;
      x[cell] = median;
      left--;
    }
  };
  move(below);
  move(above);
}
