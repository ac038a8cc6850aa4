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
  const n = cells.length;
  const table = new Float64Array(misses.length * n);
  misses.forEach(({ weights }, r) => {
    for (let p = 0; p < n; p++) table[r * n + p] = weights[cells[p]];
  });
  const slope = new Float64Array(n);
  for (let change = 0; change < mostChanges && now.some((miss) => Math.abs(miss) > enough); change++) {
    slopesOf(now, table, slope);
    let [most, best, by] = [-1e-9, -1, 0];
    for (let p = 0; p < n; p++) {
      const cell = cells[p];
      const more = up[cell];
      const less = down[cell];
      const withMore = slope[p] * more + squares[cell] * more * more;
      const withLess = slope[p] * less + squares[cell] * less * less;
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

/** How the sum of squared misses changes with each cell; four rows of the table (misses × cells) at once. */
function slopesOf(misses: readonly number[], table: Float64Array, slope: Float64Array): void {
  const n = slope.length;
  const whole = misses.length - (misses.length % 4);
  slope.fill(0);
  for (let r = 0; r < whole; r += 4) {
    const [f0, f1, f2, f3] = [2 * misses[r], 2 * misses[r + 1], 2 * misses[r + 2], 2 * misses[r + 3]];
    const [a, b, c, d] = [r * n, (r + 1) * n, (r + 2) * n, (r + 3) * n];
    for (let p = 0; p < n; p++)
      slope[p] = slope[p] + f0 * table[a + p] + f1 * table[b + p] + f2 * table[c + p] + f3 * table[d + p];
  }
  for (let r = whole; r < misses.length; r++) {
    const factor = 2 * misses[r];
    for (let p = 0; p < n; p++) slope[p] += factor * table[r * n + p];
  }
}
