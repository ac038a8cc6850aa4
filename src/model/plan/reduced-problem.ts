import type { AbsorbedRank, Absorber, AbsorbOptions } from '../../math/absorb/absorber.ts';
import { absorbedRank } from '../../math/absorb/absorber.ts';
import { orthogonalize } from '../../math/gram-schmidt.ts';
import { lazily } from '../../math/lazy.ts';
import type { Matrix } from '../../math/matrix.ts';
import { columnView, matrixOfColumns, zeros } from '../../math/matrix.ts';
import { pairwiseDot, sumOfSquares } from '../../math/pairwise-sum.ts';
import type { Design } from '../contract.ts';
import type { DesignInput, FixedSample, SampleDesign } from '../design/build-design.ts';
import { fixSample, outcomeValues, placeOf } from '../design/build-design.ts';
import type { TermPart } from '../design/terms.ts';
import { productColumns, rememberingEvaluator } from '../design/terms.ts';
import type { AbsorbedColumn } from '../estimate/fit-least-squares.ts';
import { absorbDesign } from '../estimate/fit-least-squares.ts';
import type { FormulaFactor, ModelFormula } from '../formula/ast.ts';
import { productKey } from '../formula/bases.ts';
import { printFactor } from '../formula/print.ts';

/**
 * Least squares of any subset of columns on n rows, made a problem of p rows. With x_j the absorbed regressors of all models,
 * X = Q R (Q n x p orthonormal) and y = Q c + e, every model of some columns S has min |y - X_S b|^2 = |e|^2 + min |c - R_S b|^2
 * with the same b. R is the triangular factor of the cross-products X'X, found without squaring X's condition.
 */
export interface ReducedProblem {
  readonly sample: SampleDesign;
  /** What each model lost on the way to the sample. */
  readonly accountOf: FixedSample['accountOf'];
  /** All columns as regressors of the first outcome. */
  readonly union: Design;
  readonly absorber: Absorber;
  readonly rank: AbsorbedRank;
  /** Names of all columns: outcomes first. */
  readonly names: readonly string[];
  readonly indexOf: ReadonlyMap<string, number>;
  /** n x m before absorption. */
  readonly raw: Matrix;
  /** n x m after it. */
  readonly absorbed: Matrix;
  readonly columns: readonly AbsorbedColumn[];
  /** Names of the columns that a product stands for, by its text. */
  readonly columnsOf: ReadonlyMap<string, readonly string[]>;
  /** n x p, orthonormal. */
  readonly q: Matrix;
  /** p x m: coordinates of every regressor in q; 0 for outcomes and for what q leaves out. */
  readonly r: Matrix;
  /** How a column stands to q: in its span and independent, nothing left after absorption, or dependent on others. */
  readonly roles: readonly ColumnRole[];
  /** Coordinates of the outcome with that index, found at the first request. */
  readonly outcome: (index: number) => ReducedOutcome;
}

export type ColumnRole = 'independent' | 'absorbed' | 'dependent' | 'outcome';

/** y = q c + e. */
export interface ReducedOutcome {
  readonly index: number;
  /** p coordinates. */
  readonly c: Float64Array;
  /** n residuals of the regression on all columns. */
  readonly e: Float64Array;
  readonly eSquares: number;
  /** Sum of squares after absorption. */
  readonly squares: number;
}

export type ReducedInput = Omit<DesignInput, 'formula'> & {
  /** At least one; all with the same sample, effects and weights. */
  readonly formulas: readonly ModelFormula[];
  readonly absorb?: AbsorbOptions;
};

/** @throws the codes of `buildDesign` and not-converged */
export function buildReducedProblem(input: ReducedInput): ReducedProblem {
  const { formulas, table, panel } = input;
  const [formula] = formulas;
  const where = placeOf({ formula, sample: input.sample });
  const evaluator = input.evaluator ?? rememberingEvaluator(table, panel);
  const partOf = (factor: FormulaFactor): TermPart => evaluator.part(factor, where);
  const outcomes = distinctBy(
    formulas.map((one) => one.outcome),
    printFactor,
  );
  const products = distinctBy(
    formulas.flatMap((one) => one.products),
    productKey,
  );
  const parts = [...outcomes.values(), ...[...products.values()].flat()].map(partOf);
  const { sample, accountOf } = fixSample({ ...input, formula }, parts);
  const { rows } = sample;
  const hasBase = formula.hasConstant || sample.effects.length > 0;

  const values = new Map<string, Float64Array>();
  for (const [name, outcome] of outcomes) values.set(name, outcomeValues(partOf(outcome), rows));
  const columnsOf = new Map<string, readonly string[]>();
  const regressors = new Set<string>();
  for (const [text, product] of products) {
    const own = productColumns(product.map(partOf), product, { table, rows, hasBase, where });
    columnsOf.set(
      text,
      own.map((column) => column.name),
    );
    for (const column of own) {
      regressors.add(column.name);
      if (!values.has(column.name)) values.set(column.name, column.values);
    }
  }
  const names = [...values.keys()];
  const raw = matrixOfColumns(rows.length, [...values.values()]);
  values.clear();
  const all: Design = {
    ...sample,
    formula,
    depvar: names[0],
    y: columnView(raw, 0),
    terms: names.slice(1),
    x: tail(raw),
  };
  const { absorber, y, x, columns } = absorbDesign(all, input.absorb);
  const absorbed = zeros(raw.nrow, raw.ncol);
  absorbed.data.set(y.values);
  absorbed.data.set(x.data, raw.nrow);
  const own = [y, ...columns].map((column, j) => ({ ...column, values: columnView(absorbed, j) }));
  const usable = names.flatMap((name, j) => (regressors.has(name) ? [j] : []));
  // Families look at some regressors at a time and never at all of them.
  const reduced = lazily(() => reducedColumns(absorbed, own, usable));
  return {
    sample,
    accountOf,
    union: { ...all, terms: names, x: raw },
    absorber,
    rank: absorbedRank(absorber, sample.effects),
    names,
    indexOf: new Map(names.map((name, j) => [name, j])),
    raw,
    absorbed,
    columnsOf,
    columns: own,
    get q() {
      return reduced().q;
    },
    get r() {
      return reduced().r;
    },
    get roles() {
      return reduced().roles;
    },
    outcome: (index) => reduced().outcome(index),
  };
}

/** The same problem with some of its regressors alone, in that order: span and roles do not depend on the others. */
export function reducedTo(problem: ReducedProblem, regressors: readonly number[]): ReducedProblem {
  const chosen = [...new Set(regressors)];
  const all = new Set([...problem.columnsOf.values()].flat());
  if (all.size === chosen.length) return problem;
  const { sample, accountOf, union, absorber, rank, names, indexOf, raw, absorbed, columns, columnsOf } = problem;
  return {
    ...{ sample, accountOf, union, absorber, rank, names, indexOf, raw, absorbed, columns, columnsOf },
    ...reducedColumns(absorbed, columns, chosen),
  };
}

function distinctBy<T>(items: readonly T[], textOf: (item: T) => string): ReadonlyMap<string, T> {
  const out = new Map<string, T>();
  for (const item of items) if (!out.has(textOf(item))) out.set(textOf(item), item);
  return out;
}

function tail(raw: Matrix): Matrix {
  return { nrow: raw.nrow, ncol: raw.ncol - 1, data: raw.data.subarray(raw.nrow) };
}

function reducedColumns(
  absorbed: Matrix,
  columns: readonly AbsorbedColumn[],
  regressors: readonly number[],
): Pick<ReducedProblem, 'q' | 'r' | 'roles' | 'outcome'> {
  const norms = columns.map((column) => Math.sqrt(sumOfSquares(column.values)));
  const usable = regressors.filter((j) => norms[j] > columns[j].floor);
  const usableColumns = matrixOfColumns(
    absorbed.nrow,
    usable.map((j) => columns[j].values),
  );
  const factors = orthogonalize(
    usableColumns,
    usable.map((j) => columns[j].floor),
  );
  const { q } = factors;
  const r = zeros(q.ncol, columns.length);
  const roles = columns.map((): ColumnRole => 'outcome');
  for (const j of regressors) roles[j] = 'absorbed';
  for (const at of factors.dropped) roles[usable[at]] = 'dependent';
  factors.kept.forEach((at, k) => {
    roles[usable[at]] = 'independent';
    r.data.set(columnView(factors.r, k), usable[at] * q.ncol);
  });
  const known = new Map<number, ReducedOutcome>();
  return {
    ...{ q, r, roles },
    outcome: (index) => {
      const found = known.get(index) ?? reduceOutcome(index, columns[index].values, q);
      known.set(index, found);
      return found;
    },
  };
}

/** Coordinates of an outcome in q, taken twice, and what they leave of it. */
function reduceOutcome(index: number, y: Float64Array, q: Matrix): ReducedOutcome {
  const e = y.slice();
  const c = new Float64Array(q.ncol);
  for (let pass = 0; pass < 2; pass++) {
    for (let j = 0; j < q.ncol; j++) {
      const column = columnView(q, j);
      const projection = pairwiseDot(column, e);
      c[j] += projection;
      for (let i = 0; i < e.length; i++) e[i] -= projection * column[i];
    }
  }
  return { index, c, e, eSquares: sumOfSquares(e), squares: sumOfSquares(y) };
}
