/** A number as a linear function of cells: its miss, and what a cell's change adds to it. */
export interface LinearMiss {
  readonly miss: number;
  readonly weights: Float64Array;
}

/** A cell's neighbours among the values that it can have. */
export interface Rounding {
  readonly round: (value: number) => number;
  readonly next: (value: number, direction: 1 | -1) => number;
}

/** Misses below this need no change. */
const enough = 0.3;
const mostChanges = 400;

/**
 * Changes single cells of a rounded variable to a neighbouring value, always the one that brings the misses down most, until
 * they are small or no change helps.
 * @param cells those that may change
 */
export function settleRounded(
  rounded: Float64Array,
  misses: readonly LinearMiss[],
  cells: Int32Array,
  { next }: Rounding,
): Float64Array {
  const out = rounded.slice();
  const now = misses.map(({ miss }) => miss);
  const squares = new Float64Array(out.length);
  const [up, down] = [new Float64Array(out.length), new Float64Array(out.length)];
  const look = (cell: number): void => {
    up[cell] = next(out[cell], 1) - out[cell];
    down[cell] = next(out[cell], -1) - out[cell];
  };
  for (const cell of cells) {
    look(cell);
    for (const { weights } of misses) squares[cell] += weights[cell] * weights[cell];
  }
  const slope = new Float64Array(out.length);
  for (let change = 0; change < mostChanges && now.some((miss) => Math.abs(miss) > enough); change++) {
    slope.fill(0);
    misses.forEach(({ weights }, r) => {
      const factor = 2 * now[r];
      for (let p = 0; p < cells.length; p++) slope[cells[p]] += factor * weights[cells[p]];
    });
    let [most, best, by] = [-1e-9, -1, 0];
    for (let p = 0; p < cells.length; p++) {
      const cell = cells[p];
      const [more, less] = [up[cell], down[cell]];
      const withMore = slope[cell] * more + squares[cell] * more * more;
      const withLess = slope[cell] * less + squares[cell] * less * less;
      if (withMore < most) [most, best, by] = [withMore, cell, more];
      if (withLess < most) [most, best, by] = [withLess, cell, less];
    }
    if (best < 0) break;
    out[best] += by;
    look(best);
    misses.forEach(({ weights }, r) => {
      now[r] += weights[best] * by;
    });
  }
  return out;
}
