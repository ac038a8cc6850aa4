import type { Matrix } from '../math/matrix.ts';
import { zeros } from '../math/matrix.ts';
import { numberAt } from '../table/cell-at.ts';
import type { ColumnTable } from '../table/column.ts';
import type { Passes } from './contract.ts';
import { sumsOver } from './row-slices.ts';
import { type RowWeight, weightedSum } from './weighted.ts';

/** Columns net of effects and mean, as SQL over a table, the outcome first; weights. */
export interface NetTable {
  /** What is selected from: parts that are all rows together. */
  readonly tables: readonly string[];
  /** Column of which a level lies in one part; null: there is one part. */
  readonly slicedBy: string | null;
  readonly columns: readonly string[];
  readonly weight: RowWeight;
  /** Further columns of the table. */
  readonly along: readonly string[];
  readonly number: (value: number) => string;
}

/** All rows of it at once. */
export function allRowsOf({ tables }: Pick<NetTable, 'tables'>): string {
  const [only = ''] = tables;
  return tables.length === 1
    ? only
    : `(${tables.map((table) => `SELECT * FROM ${table}`).join(' UNION ALL ')}) AS kaya_net`;
}

/** Products of the columns, the outcome's first: p x p. */
export function* productsOf({ tables, columns, weight }: NetTable): Passes<Matrix> {
  const p = columns.length;
  const sums = pairsOf(p).map(([a, b]) => `${weightedSum(weight, `${columns[a]} * ${columns[b]}`)} AS q${a}_${b}`);
  const found = yield* sumsOver('products', tables, (table) => `SELECT ${sums.join(', ')} FROM ${table}`);
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
