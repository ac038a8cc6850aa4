import type { StudyError } from '../error/study-error.ts';
import type { Matrix } from '../math/matrix.ts';
import { multiply, multiplyVector, zeros } from '../math/matrix.ts';
import { invertUpper, solveUpper, solveUpperTransposed } from '../math/triangular.ts';
import { numberAt } from '../table/cell-at.ts';
import type { ColumnTable } from '../table/column.ts';
import { type Passes, read } from './contract.ts';

/** Columns net of effects and mean, as SQL over a table, the outcome first; weights. */
export interface NetTable {
  readonly table: string;
  readonly columns: readonly string[];
  readonly weight: string;
  readonly number: (value: number) => string;
}

/** Least squares from products: coefficients of the columns that were kept. */
export interface SolvedProducts {
  /** Places of the regressors that were kept, from 0. */
  readonly kept: readonly number[];
  readonly coefficients: Float64Array;
  /** k x k: coefficients = transform projections, with the regressors = basis transform^-1. */
  readonly transform: Matrix;
  readonly projections: Float64Array;
  /** Sum of squares of the residuals. */
  readonly ssr: number;
  /** The largest last change of a coefficient, in its standard error under iid with n for the degrees of freedom. */
  readonly step: number;
  /** The residual, and the regressors as they were used, as SQL: these are basis inverse^-1. */
  readonly residual: string;
  readonly used: readonly string[];
  readonly inverse: Matrix;
}

/** A column that keeps less than this share of its squares beside earlier ones is made orthogonal where the rows are. */
const wellConditioned = 1e-3;
const corrections = 2;

/** Products of the columns, the outcome's first: p x p. */
export function* productsOf({ table, columns, weight }: NetTable): Passes<Matrix> {
  const p = columns.length;
  const sums = pairsOf(p).map(([a, b]) => `sum(${weight} * ${columns[a]} * ${columns[b]}) AS q${a}_${b}`);
  const found = yield* read('products', `SELECT ${sums.join(', ')} FROM ${table}`);
  return symmetric(found, p, 'q');
}

function pairsOf(p: number): readonly (readonly [number, number])[] {
  return Array.from({ length: p }, (_, a) => Array.from({ length: p - a }, (__, k) => [a, a + k] as const)).flat();
}

export function symmetric(found: ColumnTable, p: number, name: string): Matrix {
  const out = zeros(p, p);
  for (const [a, b] of pairsOf(p)) {
    const value = numberAt(found, `${name}${a}_${b}`);
    out.data[a + b * p] = value;
    out.data[b + a * p] = value;
  }
  return out;
}

/**
 * min |y - x b| from the products of the net columns, corrected by what the residuals show where the rows are. A column is dropped
 * where the earlier ones leave no more of it than its floor, as in memory; one near to that is made orthogonal to them there first,
 * since products tell only half the digits.
 * @param floors of the regressors. @throws collinear where none is left
 */
export function* solveProducts(
  net: NetTable,
  products: Matrix,
  floors: readonly number[],
  { nobs, onNothing }: { readonly nobs: number; readonly onNothing: () => StudyError },
): Passes<SolvedProducts> {
  const { number } = net;
  const p = products.ncol;
  const kept: number[] = [];
  /** Kept columns as they are used, and what each takes of earlier ones: z = x - sum of loads. */
  const used: { readonly sql: string; readonly loads: Float64Array }[] = [];
  /** Products of the used columns with every column, p each. */
  const rows: Float64Array[] = [];
  const factor: Float64Array[] = [];
  for (let j = 1; j < p; j++) {
    const own = products.data[j * (p + 1)] ?? 0;
    let sql = net.columns[j] ?? '';
    let row = products.data.slice(j * p, (j + 1) * p);
    let loads = new Float64Array(kept.length);
    let above = solveTransposed(
      factor,
      rows.map((one) => one[j] ?? 0),
    );
    let rest = own - above.reduce((sum, value) => sum + value * value, 0);
    const floor = floors[j - 1] ?? 0;
    if (!(rest > wellConditioned * own)) {
      if (!(own > floor * floor)) continue;
      for (let round = 0; round < corrections; round++) {
        const step = backSolve(factor, above);
        loads = loads.map((value, i) => value + (step[i] ?? 0));
        sql = `(${net.columns[j]} - (${used.map((one, i) => `${number(loads[i] ?? 0)} * ${one.sql}`).join(' + ')}))`;
        const sums = net.columns.map((column, c) => `sum(${net.weight} * ${sql} * ${c === j ? sql : column}) AS q${c}`);
        const left = used.map((one, i) => `sum(${net.weight} * ${sql} * ${one.sql}) AS u${i}`);
        const found = yield* read('collinear', `SELECT ${[...sums, ...left].join(', ')} FROM ${net.table}`);
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
    kept.push(j - 1);
    used.push({ sql, loads });
    rows.push(row);
  }
  if (p > 1 && kept.length === 0) throw onNothing();
  const k = kept.length;
  const r = zeros(k, k);
  factor.forEach((column, j) => {
    column.forEach((value, i) => {
      r.data[i + j * k] = value;
    });
  });
  const projections = new Float64Array(k);
  const coefficients = new Float64Array(k);
  let moved: Float64Array = solveUpperTransposed(
    r,
    rows.map((row) => row[0] ?? 0),
  );
  let ssr = 0;
  let step = 0;
  const residualOf = (): string => {
    const explained = used.map((one, j) => ` - ${number(coefficients[j] ?? 0)} * ${one.sql}`);
    return `(${net.columns[0]}${explained.join('')})`;
  };
  const inverse = invertUpper(r);
  for (let round = 0; round <= corrections; round++) {
    const change = solveUpper(r, moved);
    if (round < corrections) {
      for (let j = 0; j < k; j++) {
        coefficients[j] = (coefficients[j] ?? 0) + (change[j] ?? 0);
        projections[j] = (projections[j] ?? 0) + (moved[j] ?? 0);
      }
    } else {
      // The last one is the accuracy that is reported.
      step = Math.max(0, ...change.map((value, j) => Math.abs(value) / errorOf(inverse, j, ssr / nobs)));
      break;
    }
    const residual = residualOf();
    const sums = used.map((one, j) => `sum(${net.weight} * ${one.sql} * ${residual}) AS g${j}`);
    const found = yield* read(
      'residuals',
      `SELECT ${[...sums, `sum(${net.weight} * ${residual} * ${residual}) AS ssr`].join(', ')} FROM ${net.table}`,
    );
    ssr = numberAt(found, 'ssr');
    moved = solveUpperTransposed(
      r,
      used.map((_, j) => numberAt(found, `g${j}`)),
    );
    if (k === 0) break;
  }
  const back = backTransform(
    used.map(({ loads }) => loads),
    k,
  );
  return {
    ...{ kept, projections, ssr, step, inverse, residual: residualOf() },
    used: used.map(({ sql }) => sql),
    coefficients: multiplyVector(back, coefficients),
    transform: multiply(back, inverse),
  };
}

function errorOf(inverse: Matrix, j: number, variance: number): number {
  let sum = 0;
  for (let c = 0; c < inverse.ncol; c++) sum += (inverse.data[j + c * inverse.nrow] ?? 0) ** 2;
  const error = Math.sqrt(sum * variance);
  return error > 0 ? error : Number.POSITIVE_INFINITY;
}

/** With z = x - (earlier z) loads, x b = z c where b = back c. */
function backTransform(loads: readonly Float64Array[], k: number): Matrix {
  // z_j = x_j - sum_i loads_ij z_i: the columns of z in terms of x.
  const out = zeros(k, k);
  for (let j = 0; j < k; j++) {
    out.data[j * (k + 1)] = 1;
    loads[j]?.forEach((load, i) => {
      for (let row = 0; row < k; row++)
        out.data[row + j * k] = (out.data[row + j * k] ?? 0) - load * (out.data[row + i * k] ?? 0);
    });
  }
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
