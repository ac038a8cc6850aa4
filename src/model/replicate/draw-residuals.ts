import type { RandomStream } from '../../math/random/philox.ts';
import type { Factor } from '../../table/factor.ts';

/**
 * How residuals are drawn: whole units of them with replacement (`unit-block`), or each unit's multiplied by one weight of mean
 * 0 and variance 1 (`wild-…`), so that whatever goes together within a unit stays together.
 */
export type Draw = 'unit-block' | WildDraw;
export type WildDraw = 'wild-rademacher' | 'wild-webb';

export interface ResidualDraw {
  /** Units of the rows. */
  readonly units: Factor;
  /** Row of each cell, `unit * periods + period`; null where the panel is not balanced. */
  readonly cells: Int32Array | null;
  readonly draw: Draw;
  /** What is drawn, n values. */
  readonly residuals: Float64Array;
}

/** Draws residuals into a column: a function, since whole units are laid out once. */
export function drawer({
  units,
  cells,
  draw,
  residuals,
}: ResidualDraw): (random: RandomStream, e: Float64Array) => void {
  if (draw === 'unit-block') {
    const rows = cells as Int32Array; // drawn by cells only when there are some
    const periods = rows.length / units.count;
    const byUnit = Float64Array.from(rows, (row) => residuals[row]);
    return (random, e) => {
      for (let u = 0, to = 0; u < units.count; u++) {
        const from = random.integer(units.count) * periods;
        for (let t = 0; t < periods; t++) e[rows[to++]] = byUnit[from + t];
      }
    };
  }
  const weights = new Float64Array(units.count);
  return (random, e) => {
    for (let u = 0; u < weights.length; u++) {
      weights[u] = draw === 'wild-webb' ? webb[random.integer(6)] : 2 * random.integer(2) - 1;
    }
    for (let i = 0; i < e.length; i++) e[i] = residuals[i] * weights[units.codes[i]];
  };
}

/** Webb's (2014) six points: mean 0, variance 1. */
const webb = [-Math.sqrt(1.5), -1, -Math.sqrt(0.5), Math.sqrt(0.5), 1, Math.sqrt(1.5)];

/** Row of each unit and period; null unless every unit has every period once. */
export function balancedCells(units: Factor, periods: Factor): Int32Array | null {
  const n = units.codes.length;
  if (units.count * periods.count !== n) return null;
  const cells = new Int32Array(n).fill(-1);
  for (let i = 0; i < n; i++) {
    const cell = units.codes[i] * periods.count + periods.codes[i];
    if (cells[cell] >= 0) return null;
    cells[cell] = i;
  }
  return cells;
}
