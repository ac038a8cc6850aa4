import { numberAt } from '../table/cell-at.ts';
import { type ColumnTable, columnNamed } from '../table/column.ts';
import { type Passes, read } from './contract.ts';

/** Levels whose sets fit into the whole numbers of a double. */
export const mostInMask = 52;
/** Sets of levels that come here. */
const mostMasks = 100_000;

/** Units by the set of levels that they meet, none of them twice. */
export interface LevelSets {
  /** The levels of each set as bits. */
  readonly masks: Float64Array;
  readonly units: Float64Array;
  /** Of every column the means of the units, summed. */
  readonly sums: readonly Float64Array[];
}

/**
 * The sets of levels that units have, from a table of units with `mask`, `total` and the means m0, m1, …; null where a unit meets a
 * level twice, or there are too many sets.
 */
export function* levelSets(table: string, columns: number): Passes<LevelSets | null> {
  const sums = Array.from({ length: columns }, (_, j) => `sum(m${j}) AS s${j}`);
  const selected = ['mask', 'total AS n', 'count(*) AS units', ...sums].join(', ');
  const found = yield* read('pairs', `SELECT ${selected} FROM ${table} GROUP BY mask, total LIMIT ${mostMasks}`);
  const masks = valuesOf(found, 'mask');
  // A set of fewer levels than rows meets one of them twice.
  if (found.nrow === mostMasks || !masks.every((mask, row) => levelsOf(mask).length === numberAt(found, 'n', row)))
    return null;
  return {
    masks,
    units: valuesOf(found, 'units'),
    sums: Array.from({ length: columns }, (_, j) => valuesOf(found, `s${j}`)),
  };
}

/** The levels in a set. */
export function levelsOf(mask: number): readonly number[] {
  const levels: number[] = [];
  for (let rest = mask, level = 0; rest > 0; level++) {
    if (rest % 2 === 1) levels.push(level);
    rest = Math.floor(rest / 2);
  }
  return levels;
}

/** What the units of each level have of a column, by the sums of their means. */
export function byLevel({ masks }: LevelSets, sums: Float64Array, count: number): Float64Array {
  const out = new Float64Array(count);
  masks.forEach((mask, row) => {
    for (const level of levelsOf(mask)) out[level] = (out[level] ?? 0) + (sums[row] ?? 0);
  });
  return out;
}

/** The mean of a column of the levels over each set. */
export function meanOfSets({ masks }: LevelSets, values: Float64Array): Float64Array {
  return masks.map((mask) => {
    const levels = levelsOf(mask);
    return levels.reduce((sum, level) => sum + (values[level] ?? 0), 0) / levels.length;
  });
}

export function valuesOf(rows: ColumnTable, name: string): Float64Array {
  const column = columnNamed(rows, name);
  return column.kind === 'number' ? column.values : new Float64Array();
}
