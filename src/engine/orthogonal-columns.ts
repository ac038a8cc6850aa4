import type { Matrix } from '../math/matrix.ts';
import { zeros } from '../math/matrix.ts';
import { numberAt } from '../table/cell-at.ts';
import type { Passes } from './contract.ts';
import type { NetTable } from './net-table.ts';
import { sumsOver } from './row-slices.ts';
import { weightedSum } from './weighted.ts';

/** Columns that carry something of their own, one after the other. */
export interface OrthogonalColumns {
  /** Their places among the columns of the table. */
  readonly kept: readonly number[];
  /** As they are used, and what each takes of earlier ones: z = x - sum of loads. */
  readonly used: readonly { readonly sql: string; readonly loads: Float64Array }[];
  /** Products of the used columns with every column, p each. */
  readonly rows: readonly Float64Array[];
  /** Columns of the triangle: used = orthonormal triangle. */
  readonly factor: readonly Float64Array[];
}

/** A column that keeps less than this share of its squares beside earlier ones is made orthogonal where the rows are. */
const wellConditioned = 1e-3;
const corrections = 2;

/**
 * Columns in their order from their products; one is dropped where the earlier ones leave no more of it than its floor. One near to that
 * is made orthogonal to them where the rows are, since products tell only half the digits.
 */
export function* orthogonalColumns(
  net: NetTable,
  products: Matrix,
  order: readonly { readonly place: number; readonly floor: number }[],
): Passes<OrthogonalColumns> {
  const { number } = net;
  const p = products.ncol;
  const kept: number[] = [];
  const used: { readonly sql: string; readonly loads: Float64Array }[] = [];
  const rows: Float64Array[] = [];
  const factor: Float64Array[] = [];
  for (const { place: j, floor } of order) {
    const own = products.data[j * (p + 1)] ?? 0;
    let sql = net.columns[j] ?? '';
    let row = products.data.slice(j * p, (j + 1) * p);
    let loads = new Float64Array(kept.length);
    let above = solveTransposed(
      factor,
      rows.map((one) => one[j] ?? 0),
    );
    let rest = own - above.reduce((sum, value) => sum + value * value, 0);
    if (!(rest > wellConditioned * own)) {
      if (!(own > floor * floor)) continue;
      for (let round = 0; round < corrections; round++) {
        const step = backSolve(factor, above);
        loads = loads.map((value, i) => value + (step[i] ?? 0));
        sql = `(${net.columns[j]} - (${used.map((one, i) => `${number(loads[i] ?? 0)} * ${one.sql}`).join(' + ')}))`;
        const sums = net.columns.map(
          (column, c) => `${weightedSum(net.weight, `${sql} * ${c === j ? sql : column}`)} AS q${c}`,
        );
        const left = used.map((one, i) => `${weightedSum(net.weight, `${sql} * ${one.sql}`)} AS u${i}`);
        const found = yield* sumsOver(
          'collinear',
          net.tables,
          (table) => `SELECT ${[...sums, ...left].join(', ')} FROM ${table}`,
        );
        row = Float64Array.from({ length: p }, (_, c) => numberAt(found, `q${c}`));
        rest = row[j] ?? 0;
        above = solveTransposed(
          factor,
          used.map((_, i) => numberAt(found, `u${i}`)),
        );
      }
    }
    if (!(Math.sqrt(Math.max(0, rest)) > floor)) continue;
    factor.push(Float64Array.from([...above, Math.sqrt(rest)]));
    kept.push(j);
    used.push({ sql, loads });
    rows.push(row);
  }
  return { kept, used, rows, factor };
}

/** The upper triangle of its columns. */
export function triangleOf(factor: readonly Float64Array[]): Matrix {
  const k = factor.length;
  const out = zeros(k, k);
  factor.forEach((column, j) => {
    column.forEach((value, i) => {
      out.data[i + j * k] = value;
    });
  });
  return out;
}

/** r' x = b for the columns of an upper triangle. */
function solveTransposed(factor: readonly Float64Array[], b: readonly number[]): Float64Array {
  const out = new Float64Array(factor.length);
  factor.forEach((column, j) => {
    let value = b[j] ?? 0;
    for (let i = 0; i < j; i++) value -= (column[i] ?? 0) * (out[i] ?? 0);
    out[j] = value / (column[j] ?? 1);
  });
  return out;
}

/** r x = b for the columns of an upper triangle. */
function backSolve(factor: readonly Float64Array[], b: Float64Array): Float64Array {
  const out = new Float64Array(factor.length);
  for (let j = factor.length - 1; j >= 0; j--) {
    let value = b[j] ?? 0;
    for (let i = j + 1; i < factor.length; i++) value -= (factor[i]?.[j] ?? 0) * (out[i] ?? 0);
    out[j] = value / (factor[j]?.[j] ?? 1);
  }
  return out;
}
