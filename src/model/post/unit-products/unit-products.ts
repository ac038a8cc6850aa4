import type { Factor } from '../../../table/factor.ts';
import { isNestedIn } from '../../../table/factor.ts';
import type { Design, FixedEffect } from '../../contract.ts';
import type { CrossLevels } from './level-products.ts';

/*
 * Products of columns unit by unit, from which a model on any selection of units follows without the rows being looked at again. Effects
 * that lie within units are taken out of the columns before: a unit that is drawn twice is two units. Those that cross units (periods)
 * are columns beside the others, which every selection eliminates anew (Frisch and Waugh 1933; Schur complement).
 */

/** The fixed effects of a model by how they lie to its units. */
export interface EffectsByUnit {
  /** Every level lies in one unit. */
  readonly nested: readonly FixedEffect[];
  /** The others but those that the first already hold; the constant is one of one level. */
  readonly crossing: readonly Pick<FixedEffect, 'codes' | 'count' | 'slopes'>[];
}

/** Tells the effects within units from those that cross them. */
export function effectsByUnit({ effects, hasConstant, y }: Design, units: Factor): EffectsByUnit {
  const nested = effects.filter((effect) => isNestedIn(effect, units));
  const crossing = effects.filter(
    (effect) =>
      !nested.includes(effect) && !(nested.length > 0 && effect.slopes.length === 0 && isNestedIn(units, effect)),
  );
  const constant = { codes: new Int32Array(y.length), count: 1, slopes: [] };
  return { nested, crossing: hasConstant ? [...crossing, constant] : crossing };
}

/** Numbers of a unit without the products of levels: m columns (upper triangle), and each of `levels` with the m. */
export function productWidth(columns: number, levels: number): number {
  return (columns * (columns + 1)) / 2 + levels * columns;
}

/**
 * Products of the columns (upper triangle by column), then of each level with the columns: `width` numbers a unit.
 * @param columns m columns of the rows, net of the effects within units, times the roots of the weights.
 * @param rows places of the rows in the sample that `levels` is of; `units` and `roots` have their length.
 */
export function productsByUnit(
  columns: readonly Float64Array[],
  rows: Int32Array,
  {
    levels,
    units,
    roots,
    width,
  }: {
    readonly levels: CrossLevels;
    readonly units: Factor;
    readonly roots: Float64Array | null;
    readonly width: number;
  },
): Float64Array {
  const m = columns.length;
  const products = new Float64Array(units.count * width);
  for (let i = 0; i < rows.length; i++) {
    let at = units.codes[i] * width;
    for (let b = 0; b < m; b++) for (let a = 0; a <= b; a++) products[at++] += columns[a][i] * columns[b][i];
    for (let place = levels.starts[rows[i]]; place < levels.starts[rows[i] + 1]; place++) {
      const value = levels.values[place] * (roots === null ? 1 : roots[i]);
      const to = at + levels.columns[place] * m;
      for (let a = 0; a < m; a++) products[to + a] += value * columns[a][i];
    }
  }
  return products;
}
