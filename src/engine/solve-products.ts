import type { Dialect } from '../data/sql/dialect.ts';
import type { StudyError } from '../error/study-error.ts';
import type { Matrix } from '../math/matrix.ts';
import { multiply, multiplyVector, zeros } from '../math/matrix.ts';
import { invertUpper, solveUpper, solveUpperTransposed } from '../math/triangular.ts';
import { numberAt } from '../table/cell-at.ts';
import type { Passes } from './contract.ts';
import type { NetTable } from './net-table.ts';
import { orthogonalColumns, triangleOf } from './orthogonal-columns.ts';
import { sumsOver } from './row-slices.ts';
import { type ScoreGroups, type ScoreProducts, scoreProducts } from './score-products.ts';
import { weightedSum, weightedValue } from './weighted.ts';

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
  /** Of the groups that were asked for, with the leading columns first. */
  readonly scores: ScoreProducts | null;
}

/** Newton steps at most; one more is the accuracy that is told. */
const corrections = 2;
/** A step after which scores and residuals are those of the last: as a share of the residuals, which it moves by no more. */
const settled = 1e-12;

/**
 * min |y - x b| from the products of the net columns, corrected by what the residuals show where the rows are. A column is dropped
 * where the earlier ones leave no more of it than its floor, as in memory. Scores of one grouping are summed on the way.
 * @param floors of the regressors. @throws collinear where none is left
 */
export function* solveProducts(
  net: NetTable,
  products: Matrix,
  floors: readonly number[],
  {
    nobs,
    onNothing,
    dialect,
    lead,
    group,
  }: {
    readonly nobs: number;
    readonly onNothing: () => StudyError;
    readonly dialect: Dialect;
    /** Columns of the scores before the regressors, as SQL. */
    readonly lead: readonly string[];
    readonly group: ScoreGroups | null;
  },
): Passes<SolvedProducts> {
  const { number } = net;
  const p = products.ncol;
  const { kept, used, rows, factor } = yield* orthogonalColumns(
    net,
    products,
    floors.map((floor, j) => ({ place: j + 1, floor })),
  );
  if (p > 1 && kept.length === 0) throw onNothing();
  const k = kept.length;
  const r = triangleOf(factor);
  const projections = new Float64Array(k);
  const coefficients = new Float64Array(k);
  let moved: Float64Array = solveUpperTransposed(
    r,
    rows.map((row) => row[0] ?? 0),
  );
  let ssr = 0;
  let step = 0;
  let scores: ScoreProducts | null = null;
  const residualOf = (): string => {
    const explained = used.map((one, j) => ` - ${number(coefficients[j] ?? 0)} * ${one.sql}`);
    return `(${net.columns[0]}${explained.join('')})`;
  };
  const inverse = invertUpper(r);
  for (let round = 0; round <= corrections; round++) {
    const change = solveUpper(r, moved);
    // The last one is the accuracy that is reported.
    if (round > 0) step = Math.max(0, ...change.map((value, j) => Math.abs(value) / errorOf(inverse, j, ssr / nobs)));
    if (round === corrections) break;
    for (let j = 0; j < k; j++) {
      coefficients[j] = (coefficients[j] ?? 0) + (change[j] ?? 0);
      projections[j] = (projections[j] ?? 0) + (moved[j] ?? 0);
    }
    if (round > 0 && step <= settled * Math.sqrt(nobs)) break;
    const residual = residualOf();
    const sums = yield* residualSums(
      net,
      [...lead, ...used.map(({ sql }) => sql)].map((column) => `${column} * ${residual}`),
      `${residual} * ${residual}`,
      { dialect, group },
    );
    ({ ssr, scores } = sums);
    moved = solveUpperTransposed(r, sums.gradient.subarray(lead.length));
    if (k === 0) break;
  }
  const back = backTransform(
    used.map(({ loads }) => loads),
    k,
  );
  return {
    ...{ kept: kept.map((j) => j - 1), projections, ssr, step, inverse, scores, residual: residualOf() },
    used: used.map(({ sql }) => sql),
    coefficients: multiplyVector(back, coefficients),
    transform: multiply(back, inverse),
  };
}

/** Sums of the scores and of the squares of the residuals; by groups, where these are wanted. */
function* residualSums(
  net: NetTable,
  scores: readonly string[],
  squares: string,
  { dialect, group }: { readonly dialect: Dialect; readonly group: ScoreGroups | null },
) {
  const weighted = (value: string): string => weightedValue(net.weight, value);
  if (group !== null) {
    const found = yield* scoreProducts({ ...net, dialect }, scores.map(weighted), group, weighted(squares));
    return { gradient: found.sums, ssr: found.squares, scores: found };
  }
  const sums = scores.map((score, j) => `${weightedSum(net.weight, score)} AS g${j}`);
  const all = [...sums, `${weightedSum(net.weight, squares)} AS ssr`].join(', ');
  const found = yield* sumsOver('residuals', net.tables, (table) => `SELECT ${all} FROM ${table}`);
  return {
    gradient: Float64Array.from(scores, (_, j) => numberAt(found, `g${j}`)),
    ssr: numberAt(found, 'ssr'),
    scores: null,
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
