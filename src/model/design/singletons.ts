import type { ColumnTable } from '../../table/column.ts';
import { columnOf } from '../../table/expression/evaluate.ts';
import type { Factor } from '../../table/factor.ts';
import { levelText } from './level-labels.ts';

/**
 * Rows that are alone in a level of some factor, found again and again as each removal leaves others alone (Correia 2015).
 * @returns n codes: 0, or the place of the factor (from 1) in whose level the row was alone when it was found.
 */
export function singletonRows(factors: readonly Factor[]): Uint8Array {
  const n = factors.length === 0 ? 0 : factors[0].codes.length;
  const aloneIn = new Uint8Array(n);
  const sizes = factors.map((factor) => {
    const counts = new Int32Array(factor.count);
    const { codes } = factor;
    for (let i = 0; i < codes.length; i++) counts[codes[i]] += 1;
    return counts;
  });
  let found = sizes.some((counts) => counts.includes(1));
  while (found) {
    found = false;
    for (let f = 0; f < factors.length; f++) {
      const { codes } = factors[f];
      for (let i = 0; i < n; i++) {
        if (aloneIn[i] !== 0 || sizes[f][codes[i]] !== 1) continue;
        aloneIn[i] = f + 1;
        found = true;
        for (let other = 0; other < factors.length; other++) sizes[other][factors[other].codes[i]] -= 1;
      }
    }
  }
  return aloneIn;
}

/** Most levels that are named of one effect. */
export const namedLevels = 5;

/** The levels of an effect in which rows are alone: the first of them, and how many there are. */
export function namedAlone(effect: string, named: readonly string[], count: number): string {
  return `${effect} (${named.join(', ')}${count > named.length ? `, +${count - named.length}` : ''})`;
}

export interface SingletonPlaces {
  readonly table: ColumnTable;
  /** Row of the table of every row of `aloneIn`. */
  readonly rows: Int32Array;
  readonly where: string;
  readonly effects: readonly { readonly name: string; readonly variables: readonly string[] }[];
}

/** The levels in which rows are alone, effect by effect, as `city (12, 40)`; of many the first five, then `+N`. */
export function singletonLevels(aloneIn: Uint8Array, { table, rows, where, effects }: SingletonPlaces): string[] {
  return effects.flatMap(({ name, variables }, f) => {
    const columns = variables.map((variable) => columnOf(table, variable, where));
    const named: string[] = [];
    let count = 0;
    for (let i = 0; i < aloneIn.length; i++) {
      if (aloneIn[i] !== f + 1) continue;
      count += 1;
      if (named.length < namedLevels) named.push(levelText(columns, rows[i]));
    }
    return count === 0 ? [] : [namedAlone(name, named, count)];
  });
}
