import type { Absorber } from '../../../math/absorb/absorber.ts';
import type { AbsorbGroup } from '../../../math/absorb/contract.ts';
import type { Factor } from '../../../table/factor.ts';
import type { Design, FixedEffect } from '../../contract.ts';

/** The effects that cross units as columns, row by row: what stands in the columns that are not zero there. */
export interface CrossLevels {
  readonly count: number;
  /** n + 1 places in `columns` and `values`. */
  readonly starts: Int32Array;
  readonly columns: Int32Array;
  readonly values: Float64Array;
}

/** A column a level, and one more a level for every slope. */
export function crossLevels(
  { y }: Pick<Design, 'y'>,
  effects: readonly Pick<FixedEffect, 'codes' | 'count' | 'slopes'>[],
): CrossLevels {
  const n = y.length;
  const perRow = effects.reduce((sum, { slopes }) => sum + 1 + slopes.length, 0);
  const columns = new Int32Array(n * perRow);
  const values = new Float64Array(n * perRow);
  let offset = 0;
  let place = 0;
  for (const { codes, count, slopes } of effects) {
    for (const slope of [null, ...slopes]) {
      for (let i = 0; i < n; i++) {
        columns[i * perRow + place] = offset + codes[i];
        values[i * perRow + place] = slope === null ? 1 : slope[i];
      }
      offset += count;
      place += 1;
    }
  }
  return { count: offset, starts: Int32Array.from({ length: n + 1 }, (_, i) => i * perRow), columns, values };
}

/**
 * Products of the level columns with each other, net of the effects within units, each unit's own: `add` is told column a <= b.
 * One effect within units without slopes: D'WD - sum over its levels of (D'w)(D'w)' / sum of w. Others: the columns themselves, net.
 */
export function levelProducts(
  levels: CrossLevels,
  rows: Int32Array,
  {
    within,
    absorber,
    roots,
    units,
  }: {
    readonly within: readonly AbsorbGroup[];
    readonly absorber: Absorber;
    readonly roots: Float64Array | null;
    readonly units: Factor;
  },
  add: (unit: number, a: number, b: number, value: number) => void,
): void {
  if (within.length > 1 || within.some(({ slopes }) => slopes.length > 0)) {
    addNetColumns(levels, rows, { absorber, roots, units }, add);
    return;
  }
  const squareOf = (i: number): number => (roots === null ? 1 : roots[i] * roots[i]);
  rows.forEach((row, i) => {
    for (let p = levels.starts[row]; p < levels.starts[row + 1]; p++) {
      for (let q = levels.starts[row]; q < levels.starts[row + 1]; q++) {
        if (levels.columns[p] > levels.columns[q]) continue;
        add(units.codes[i], levels.columns[p], levels.columns[q], squareOf(i) * levels.values[p] * levels.values[q]);
      }
    }
  });
  const [effect] = within;
  if (effect === undefined) return;
  const rowsOf = Array.from({ length: effect.count }, (): number[] => []);
  for (let i = 0; i < rows.length; i++) rowsOf[effect.codes[i]].push(i);
  for (const own of rowsOf) {
    const sums = new Map<number, number>();
    let total = 0;
    for (const i of own) {
      total += squareOf(i);
      for (let p = levels.starts[rows[i]]; p < levels.starts[rows[i] + 1]; p++) {
        const column = levels.columns[p];
        sums.set(column, (sums.get(column) ?? 0) + squareOf(i) * levels.values[p]);
      }
    }
    const unit = units.codes[own[0]];
    for (const [a, left] of sums) {
      for (const [b, right] of sums) if (a <= b) add(unit, a, b, (-left * right) / total);
    }
  }
}

function addNetColumns(
  levels: CrossLevels,
  rows: Int32Array,
  {
    absorber,
    roots,
    units,
  }: { readonly absorber: Absorber; readonly roots: Float64Array | null; readonly units: Factor },
  add: (unit: number, a: number, b: number, value: number) => void,
): void {
  const columns = Array.from({ length: levels.count }, () => new Float64Array(rows.length));
  rows.forEach((row, i) => {
    for (let p = levels.starts[row]; p < levels.starts[row + 1]; p++) columns[levels.columns[p]][i] += levels.values[p];
  });
  absorber.absorbAllInto(columns);
  for (let i = 0; i < rows.length; i++) {
    const weight = roots === null ? 1 : roots[i] * roots[i];
    for (let b = 0; b < columns.length; b++) {
      if (columns[b][i] === 0) continue;
      for (let a = 0; a <= b; a++) {
        if (columns[a][i] !== 0) add(units.codes[i], a, b, weight * columns[a][i] * columns[b][i]);
      }
    }
  }
}
