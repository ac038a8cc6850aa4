import type { RandomStream } from '../../math/random/philox.ts';

/** Rows of a sample of whole units, and which draw each came with: a unit drawn twice is two units. */
export interface DrawnUnits {
  readonly rows: readonly number[];
  /** 0 … units - 1 for every row. */
  readonly draws: readonly number[];
}

/** As many units as there are, with replacement. @param rowsOf the rows of each unit */
export function drawUnits(rowsOf: readonly (readonly number[])[], random: RandomStream): DrawnUnits {
  const rows: number[] = [];
  const draws: number[] = [];
  for (let u = 0; u < rowsOf.length; u++) {
    for (const row of rowsOf[random.integer(rowsOf.length)]) {
      rows.push(row);
      draws.push(u);
    }
  }
  return { rows, draws };
}
