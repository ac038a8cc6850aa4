import { at } from '../../../error/at.ts';
import { orthogonalize } from '../../../math/gram-schmidt.ts';
import { solveLeastSquares } from '../../../math/least-squares.ts';
import type { Matrix } from '../../../math/matrix.ts';
import { columnView, dot, matrixOfColumns } from '../../../math/matrix.ts';
import { sumOfSquares } from '../../../math/pairwise-sum.ts';
import { interceptName } from '../../estimate/constant.ts';
import type { Fit } from '../../fit.ts';
import { rowsOf } from '../../fit-rows.ts';

/**
 * The columns of a model net of its fixed effects and constant (the root of the weight on them) in the coordinates of an orthonormal
 * basis: k + 1 numbers a column, with the same products as the columns. Whatever regression of one on others is then small.
 */
export interface Crossed {
  /** The regressors that were kept. */
  readonly terms: readonly string[];
  /** One a term. */
  readonly regressors: readonly Float64Array[];
  readonly outcome: Float64Array;
  /** Sum of squares around the mean, the fixed effects in it. */
  readonly total: number;
  /** N - K, the fixed effects counted. */
  readonly df: number;
}

/** Of one column on others. */
export interface SmallRegression {
  readonly coefficients: Float64Array;
  /** Residual sum of squares. */
  readonly ssr: number;
}

/** @throws rows-needed */
export function crossedOf(fit: Fit): Crossed {
  const { regressors, residuals, design } = rowsOf(fit, { kind: 'joint' });
  const terms = fit.names.filter((name) => name !== interceptName);
  const slopes = fit.coefficients.subarray(fit.coefficients.length - terms.length);
  const size = terms.length + 1;
  const { q, r } = orthogonalize(regressors, new Float64Array(terms.length));
  const outcome = new Float64Array(size);
  const columns = terms.map((_, j) => {
    const column = new Float64Array(size);
    column.set(columnView(r, j));
    for (let i = 0; i < size; i++) outcome[i] += slopes[j] * column[i];
    return column;
  });
  // What the regressors leave of the residuals is rounding; it stays in the last coordinate.
  for (let j = 0; j < q.ncol; j++) outcome[j] += dot(columnView(q, j), residuals);
  outcome[size - 1] = Math.sqrt(sumOfSquares(residuals));
  const constants = design.hasConstant ? 1 : 0;
  return {
    ...{ terms, regressors: columns, outcome, total: fit.sums.total },
    df: fit.nobs - fit.slopeCount - fit.absorbedRank - constants,
  };
}

/** `target` on the columns; one that the earlier ones explain has no coefficient of its own and is 0. */
export function regress(target: Float64Array, columns: readonly Float64Array[]): SmallRegression {
  const x: Matrix = matrixOfColumns(target.length, columns);
  const floors = columns.map((column) => dependent * Math.sqrt(sumOfSquares(column)));
  const factors = orthogonalize(x, floors);
  const solved = solveLeastSquares(factors, target);
  const coefficients = new Float64Array(columns.length);
  factors.kept.forEach((j, k) => {
    coefficients[j] = solved.coefficients[k];
  });
  return { coefficients, ssr: sumOfSquares(solved.residuals) };
}

/** Share of its length that a column must keep beside the others: the fit has kept them all by its own rule. */
const dependent = 1e-11;

/** All columns but one. */
export function without<T>(list: readonly T[], j: number): readonly T[] {
  return list.filter((_, k) => k !== j);
}

export function termAt({ regressors }: Crossed, j: number): Float64Array {
  return at(regressors, j);
}

/** `i(year)` for `year::2004`, `i(year, x)` for `year::2004:x`; any other term is its own family. */
export function familyName(term: string): string {
  const found = /^(.+?)::[^:]*(?::(.+))?$/.exec(term);
  if (found === null) return term;
  return found[2] === undefined ? `i(${at(found, 1)})` : `i(${at(found, 1)}, ${found[2]})`;
}
