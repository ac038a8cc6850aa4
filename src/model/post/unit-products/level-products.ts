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

/** What the level columns are made net of, on some rows. */
export interface WithinUnits {
  /** Effects whose levels lie in one unit each. */
  readonly within: readonly AbsorbGroup[];
  readonly absorber: Absorber;
  /** Roots of the weights. */
  readonly roots: Float64Array | null;
  readonly units: Factor;
}

/**
 * Products of the level columns with each other, net of the effects within units, unit by unit: `take` is given the packed upper triangle
 * of one, which the next overwrites. One effect within units without slopes: D'WD - sum over its levels of (D'w)(D'w)' / sum of w.
 * Others: the columns themselves, net.
 * @param rows of the sample that the products are of; `within`, `roots` and `units` have their length.
 */
export function levelProducts(
  levels: CrossLevels,
  rows: Int32Array,
  net: WithinUnits,
  take: (unit: number, triangle: Float64Array) => void,
): void {
  const { within, units } = net;
  const isDense = within.length > 1 || within.some(({ slopes }) => slopes.length > 0);
  const addUnit = isDense ? denseProducts(levels, rows, net) : sparseProducts(levels, rows, net);
  const triangle = new Float64Array((levels.count * (levels.count + 1)) / 2);
  rowsByUnit(units).forEach((own, unit) => {
    triangle.fill(0);
    addUnit(own, triangle);
    take(unit, triangle);
  });
}

type AddUnit = (own: readonly number[], triangle: Float64Array) => void;

function sparseProducts(levels: CrossLevels, rows: Int32Array, { within, roots }: WithinUnits): AddUnit {
  const { starts, columns, values } = levels;
  const [effect] = within;
  const squareOf = (i: number): number => (roots === null ? 1 : roots[i] * roots[i]);
  return (own, triangle) => {
    const groups = new Map<number, { total: number; readonly sums: Map<number, number> }>();
    for (const i of own) {
      const square = squareOf(i);
      const [from, end] = [starts[rows[i]], starts[rows[i] + 1]];
      for (let p = from; p < end; p++) {
        for (let q = from; q < end; q++) {
          if (columns[p] <= columns[q]) triangle[place(columns[p], columns[q])] += square * values[p] * values[q];
        }
      }
      if (effect === undefined) continue;
      const group = groups.get(effect.codes[i]) ?? { total: 0, sums: new Map<number, number>() };
      groups.set(effect.codes[i], group);
      group.total += square;
      for (let p = from; p < end; p++) {
        group.sums.set(columns[p], (group.sums.get(columns[p]) ?? 0) + square * values[p]);
      }
    }
    for (const { total, sums } of groups.values()) {
      for (const [a, left] of sums) {
        for (const [b, right] of sums) if (a <= b) triangle[place(a, b)] -= (left * right) / total;
      }
    }
  };
}

function denseProducts(levels: CrossLevels, rows: Int32Array, { absorber, roots }: WithinUnits): AddUnit {
  const columns = Array.from({ length: levels.count }, () => new Float64Array(rows.length));
  rows.forEach((row, i) => {
    for (let p = levels.starts[row]; p < levels.starts[row + 1]; p++) columns[levels.columns[p]][i] += levels.values[p];
  });
  absorber.absorbAllInto(columns);
  return (own, triangle) => {
    for (const i of own) {
      const weight = roots === null ? 1 : roots[i] * roots[i];
      for (let b = 0; b < columns.length; b++) {
        if (columns[b][i] === 0) continue;
        for (let a = 0; a <= b; a++) triangle[place(a, b)] += weight * columns[a][i] * columns[b][i];
      }
    }
  };
}

/** Place of a <= b in a packed upper triangle. */
function place(a: number, b: number): number {
  return (b * (b + 1)) / 2 + a;
}

function rowsByUnit({ codes, count }: Factor): readonly (readonly number[])[] {
  const rows: number[][] = Array.from({ length: count }, () => []);
  codes.forEach((unit, i) => {
    rows[unit].push(i);
  });
  return rows;
}
