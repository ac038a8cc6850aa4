import { crossProduct } from '../../math/cross-product.ts';
import type { Matrix } from '../../math/matrix.ts';
import { columnView, multiply, zeros } from '../../math/matrix.ts';
import { invertUpper } from '../../math/triangular.ts';
import type { Factor } from '../../table/factor.ts';
import type { Groups, Influence, RowScores } from '../fit.ts';
import { rowsNeeded } from '../fit-rows.ts';
import type { ScoreRows, Scores } from './method.ts';

/** The scores basis_i u_i of estimates, n x r, or what is had of them. */
export function scoresOf({ design: { where }, gives }: Influence): Scores {
  switch (gives.kind) {
    case 'rows': {
      const { sums } = gives;
      const rows = rowsIn(gives);
      if (sums === undefined) return { where, rows };
      return { where, rows, sums: ({ name, codes, count }) => (codes === null ? null : sums(name, { codes, count })) };
    }
    case 'sums': {
      const { products } = gives;
      const known = { where, rows: null, sums: ({ name }: Groups) => gives.sums(name) };
      if (products === undefined) return known;
      return { ...known, products: (groups) => products(groups === null ? null : groups.name) };
    }
    case 'estimates':
      return { where, rows: null };
  }
}

/** Scores of columns q (n x m) and residuals v (n values each). */
export function productScores(
  where: string,
  q: Matrix,
  v: readonly Float64Array[],
): Scores & { readonly rows: ScoreRows } {
  let written: Matrix | null = null;
  const write = (): Matrix => {
    written ??= scaledRows(q, v);
    return written;
  };
  return { where, rows: { q, v, written: write } };
}

/** Of a fit's rows, whose basis may be made when it is asked for. */
function rowsIn(gives: RowScores): ScoreRows {
  const { regressors, triangle } = gives;
  return {
    get q() {
      return gives.basis;
    },
    get v() {
      return [gives.residuals];
    },
    written: () => scaledRows(gives.basis, [gives.residuals]),
    ...(regressors === undefined || triangle === undefined ? {} : { from: { regressors, triangle } }),
  };
}

/** The rows of scores. @throws rows-needed */
export function rowsOfScores({ where, rows }: Scores, vcov: string): ScoreRows {
  if (rows === null) throw rowsNeeded(where, { kind: 'covariance', vcov });
  return rows;
}

/** sum_i s_i s_i': rows that go together with themselves alone. @throws rows-needed */
export function rowMeat(scores: Scores, vcov: string): Matrix {
  const known = scores.products?.(null) ?? null;
  if (known !== null) return known;
  return crossProduct(rowsOfScores(scores, vcov).written());
}

/** sum_g S_g S_g' with S_g the sum of the scores in group g: known by the groups' name, else of `scoreSums`. @throws rows-needed */
export function groupMeat(scores: Scores, groups: Groups, vcov: string): Matrix {
  return scores.products?.(groups) ?? crossProduct(scoreSums(scores, groups, vcov));
}

/** Sums of the scores in each group, count x m: those that are known by the groups' name, else from the rows. @throws rows-needed */
export function scoreSums(scores: Scores, groups: Groups, vcov: string): Matrix {
  const known = scores.sums?.(groups) ?? null;
  if (known !== null) return known;
  const { codes, count } = groups;
  if (codes === null) throw rowsNeeded(scores.where, { kind: 'covariance', vcov });
  return rowSums(rowsOfScores(scores, vcov), { codes, count });
}

/**
 * Sums of the rows' scores in each group, count x m, without writing the scores out; from the regressors where the basis is still
 * to be made of them, as the sums of x_i u_i times the inverse of the triangle.
 */
export function rowSums(rows: ScoreRows, factor: Factor): Matrix {
  const { from, v } = rows;
  if (from !== undefined) return multiply(scaledGroupSums(from.regressors, v[0], factor), invertUpper(from.triangle));
  if (v.length === 1) return scaledGroupSums(rows.q, v[0], factor);
  return sideBySide(v.map((one) => scaledGroupSums(rows.q, one, factor)));
}

function sideBySide(parts: readonly Matrix[]): Matrix {
  const out = zeros(
    parts[0].nrow,
    parts.reduce((sum, part) => sum + part.ncol, 0),
  );
  let at = 0;
  for (const { data } of parts) {
    out.data.set(data, at);
    at += data.length;
  }
  return out;
}

/** The rows of `a` times `v_i` of each v in turn, side by side: n x (a.ncol v.length). */
export function scaledRows(a: Matrix, v: readonly Float64Array[]): Matrix {
  const out = zeros(a.nrow, a.ncol * v.length);
  v.forEach((scales, c) => {
    for (let j = 0; j < a.ncol; j++) {
      const source = columnView(a, j);
      const target = columnView(out, c * a.ncol + j);
      for (let i = 0; i < target.length; i++) target[i] = source[i] * scales[i];
    }
  });
  return out;
}

/** Rows whose codes and residuals stay in the cache for all columns. */
const partLength = 2048;

function scaledGroupSums(a: Matrix, scales: Float64Array, { codes, count }: Factor): Matrix {
  const out = zeros(count, a.ncol);
  const sum = areAscending(codes) ? sumRuns : sumScattered;
  for (let start = 0; start < codes.length; start += partLength) {
    const end = Math.min(codes.length, start + partLength);
    for (let j = 0; j < a.ncol; j++) sum(columnView(a, j), scales, codes, { target: columnView(out, j), start, end });
  }
  return out;
}

interface SumRange {
  readonly target: Float64Array;
  readonly start: number;
  readonly end: number;
}

function areAscending(codes: Int32Array): boolean {
  for (let i = 1; i < codes.length; i++) if (codes[i] < codes[i - 1]) return false;
  return true;
}

function sumScattered(
  source: Float64Array,
  scales: Float64Array,
  codes: Int32Array,
  { target, start, end }: SumRange,
): void {
  for (let i = start; i < end; i++) target[codes[i]] += source[i] * scales[i];
}

/** Rows of one group follow each other: their sum need not go through memory. */
function sumRuns(
  source: Float64Array,
  scales: Float64Array,
  codes: Int32Array,
  { target, start, end }: SumRange,
): void {
  let code = codes[start];
  let sum = target[code];
  for (let i = start; i < end; i++) {
    if (codes[i] !== code) {
      target[code] = sum;
      code = codes[i];
      sum = target[code];
    }
    sum += source[i] * scales[i];
  }
  target[code] = sum;
}

/** Sums of the rows of `scores` in each group: count x r. */
export function groupSums(scores: Matrix, factor: Factor): Matrix {
  const out = zeros(factor.count, scores.ncol);
  for (let j = 0; j < scores.ncol; j++) {
    const source = columnView(scores, j);
    const target = columnView(out, j);
    for (let i = 0; i < source.length; i++) target[factor.codes[i]] += source[i];
  }
  return out;
}
