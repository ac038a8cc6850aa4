import type { Matrix } from '../math/matrix.ts';
import { zeros } from '../math/matrix.ts';
import { numberAt } from '../table/cell-at.ts';
import type { ColumnTable } from '../table/column.ts';
import { type Passes, read } from './contract.ts';

/** Columns net of effects and mean, as SQL over a table, the outcome first; weights. */
export interface NetTable {
  readonly table: string;
  readonly columns: readonly string[];
  readonly weight: string;
  /** Further columns of the table. */
  readonly along: readonly string[];
  readonly number: (value: number) => string;
}

/** Products of the columns, the outcome's first: p x p. */
export function* productsOf({ table, columns, weight }: NetTable): Passes<Matrix> {
  const p = columns.length;
  const sums = pairsOf(p).map(([a, b]) => `sum(${weight} * ${columns[a]} * ${columns[b]}) AS q${a}_${b}`);
  const found = yield* read('products', `SELECT ${sums.join(', ')} FROM ${table}`);
  return symmetric(found, p, 'q');
}

/** Places of the upper triangle. */
export function pairsOf(p: number): readonly Pair[] {
  return Array.from({ length: p }, (_, a) => Array.from({ length: p - a }, (__, k): Pair => [a, a + k])).flat();
}

type Pair = readonly [number, number];

/** Puts numbers of a result into a symmetric matrix. */
export function setPairs(out: Matrix, found: ColumnTable, pairs: readonly Pair[], name: string): void {
  for (const [a, b] of pairs) {
    const value = numberAt(found, `${name}${a}_${b}`);
    out.data[a + b * out.nrow] = value;
    out.data[b + a * out.nrow] = value;
  }
}

export function symmetric(found: ColumnTable, p: number, name: string): Matrix {
  const out = zeros(p, p);
  setPairs(out, found, pairsOf(p), name);
  return out;
}
