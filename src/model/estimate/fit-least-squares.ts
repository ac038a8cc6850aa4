import type { Diagnostic } from '../../error/diagnostic.ts';
import { StudyError } from '../../error/study-error.ts';
import type { ColumnLevels } from '../../math/absorb/absorb-block.ts';
import type { Absorber, AbsorbOptions } from '../../math/absorb/absorber.ts';
import { absorbedRank, buildAbsorber, defaultAbsorbOptions } from '../../math/absorb/absorber.ts';
import type { AbsorptionReport } from '../../math/absorb/contract.ts';
import { orthogonalize } from '../../math/gram-schmidt.ts';
import { lazily } from '../../math/lazy.ts';
import { solveLeastSquares } from '../../math/least-squares.ts';
import type { Matrix } from '../../math/matrix.ts';
import { columnView, zeros } from '../../math/matrix.ts';
import { momentsOf } from '../../math/moments.ts';
import { orthonormalBasis, solveNormalEquations } from '../../math/normal-equations.ts';
import { sumOfSquares } from '../../math/pairwise-sum.ts';
import { invertUpper } from '../../math/triangular.ts';
import type { Design, ModelDesign } from '../contract.ts';
import { requireScale } from '../design/scale.ts';
import type { Fit, GivesRows } from '../fit.ts';
import { sampleOf } from '../fit-rows.ts';
import { centreInto, weightedMean } from './centre.ts';
import type { Solved } from './constant.ts';
import { constantRow, refinedSize, refineWithConstant, withConstant } from './constant.ts';
import { fitSums } from './fit-sums.ts';
import { exactFitWarnings, namedColumns } from './fit-warnings.ts';
import { nothingLeft } from './nothing-left.ts';
import { remainingUnknowns } from './other-effects.ts';

/**
 * Ordinary least squares of y on x net of fixed effects, y = x b + sum of effects + u (Frisch and Waugh 1933; Lovell 1963).
 * Every column is projected off the effects, then x~ = q r by Gram-Schmidt, taken twice where needed, b = r^-1 q' y~.
 *
 * A column is dropped when the earlier ones and the fixed effects leave less of it than `collinearTolerance` of its norm
 * after absorption, or than the absorption's own precision of its norm around the mean: first kept.
 */

/** Share of a column's norm that must be its own. R's qr uses 1e-7, fixest 1e-5 (1e-10 on squares). */
const collinearTolerance = 1e-10;
/** Share of a column's norm around its mean that absorption leaves by rounding: closed forms, and iterations. */
const closedNoise = 1e-12;
const iterativeNoise = 1e-9;
/** What a column of size |x| cannot tell from a constant. */
const representable = 4 * Number.EPSILON;

/** @throws too-few-rows, collinear (no regressor is left), no-within-variation, not-converged. */
export function fitLeastSquares(design: Design, options: AbsorbOptions = defaultAbsorbOptions): Fit {
  return fitAbsorbed(design, absorbDesign(design, options));
}

/** Outcome and regressors of a design net of its fixed effects, the root of the weight on them. */
export interface AbsorbedDesign {
  readonly absorber: Absorber;
  readonly y: AbsorbedColumn;
  /** n x k, column-major. */
  readonly x: Matrix;
  /** One for each column of x, whose values are views into it. */
  readonly columns: readonly AbsorbedColumn[];
}

/** A column net of the fixed effects. */
export interface AbsorbedColumn {
  readonly values: Float64Array;
  /** Norm around the mean (around zero where the model has none) before absorption. */
  readonly centred: number;
  readonly raw: number;
  /** Norm at or below which the column counts as a combination of the effects and of earlier columns. */
  readonly floor: number;
  /** Norm at or below which absorption has left only rounding. */
  readonly noise: number;
  readonly report: AbsorptionReport | null;
  /** Coefficients on the dummies of the absorber's system; null without one. */
  readonly unknowns: Float64Array | null;
  /** What the first group took of the column; null where that was not summed on the way. */
  readonly levels: ColumnLevels | null;
  /** Sum of squares of the values. */
  readonly squares: number;
}

/** @throws out-of-scale, not-converged */
export function absorbDesign(design: Design, options: AbsorbOptions = defaultAbsorbOptions): AbsorbedDesign {
  requireScale(design);
  const n = design.y.length;
  const absorber = buildAbsorber(n, design.effects, design.weights, options);
  const x = zeros(n, design.x.ncol);
  const viewsOf = (matrix: Matrix): Float64Array[] =>
    Array.from({ length: matrix.ncol }, (_, j) => columnView(matrix, j));
  const sources = [design.y, ...viewsOf(design.x)];
  const [y, ...columns] = absorbColumnsInto([new Float64Array(n), ...viewsOf(x)], design, absorber, sources);
  return { absorber, y, x, columns };
}

/** The fit of a design whose columns are absorbed. @throws too-few-rows, collinear, no-within-variation. */
export function fitAbsorbed(design: Design, absorbed: AbsorbedDesign): Fit {
  const { where, effects } = design;
  const { absorber, columns } = absorbed;
  const n = design.y.length;
  const withinTotal = absorbed.y.squares;
  requireWithinVariation(design, absorbed.y, withinTotal, n);
  const solved = solveByProducts(design, absorbed) ?? solveByBasis(design, absorbed);
  const { kept } = solved;
  const terms = kept.map((j) => design.terms[j]);
  const collinear = design.terms.filter((_, j) => !kept.includes(j));
  const rank = absorbedRank(absorber, effects);
  const parameters = terms.length + rank.rank + (design.hasConstant ? 1 : 0);
  if (n <= parameters) throw new StudyError('too-few-rows', { where, nobs: n, parameters });
  const { coefficients, residuals } = solved;
  const own = coefficients.subarray(coefficients.length - terms.length);
  const x = kept.map((j) => columns[j]);
  const absorption = combinedReport([absorbed.y, ...columns], absorber);
  return {
    design,
    nobs: n,
    names: solved.names,
    coefficients,
    transform: solved.transform,
    projections: solved.projections,
    collinear,
    slopeCount: terms.length,
    absorbedRank: rank.rank,
    isRankExact: rank.isExact,
    absorption,
    sums: fitSums({
      ...{ design, absorber, kept, refined: { coefficients, residuals }, withinTotal },
      total: absorbed.y.centred ** 2,
      unknowns: remainingUnknowns(absorbed.y, x, own),
      ...levelsOf(absorbed.y, x),
    }),
    diagnostics: [
      ...design.diagnostics,
      ...collinearDiagnostics(collinear),
      ...exactFitWarnings(design, absorbed.y, residuals, namedColumns(design.terms, columns)),
    ],
    gives: givenRows(design, solved, absorption.method === 'balanced-two-way'),
  };
}

/** What the first group took of outcome and regressors, where absorption summed it. */
export function levelsOf(
  y: AbsorbedColumn,
  x: readonly AbsorbedColumn[],
): { readonly levels?: { readonly y: ColumnLevels; readonly x: readonly ColumnLevels[] } } {
  const all = x.flatMap(({ levels }) => (levels === null ? [] : [levels]));
  return y.levels === null || all.length < x.length ? {} : { levels: { y: y.levels, x: all } };
}

type SolvedRows = Omit<Solved, 'basis'> & {
  readonly kept: readonly number[];
  readonly regressors: Matrix;
  readonly basis: () => Matrix;
  /** Set where the basis is made of the regressors when it is asked for: regressors = basis triangle. */
  readonly triangle: Matrix | null;
};

/**
 * Long columns of which each keeps enough of its length beside the others, from their products. Null for others, among them all
 * that may be collinear, and for models with a constant, whose basis has a column more.
 */
function solveByProducts(design: Design, { y, x, columns }: AbsorbedDesign): SolvedRows | null {
  if (design.hasConstant || x.ncol === 0 || x.data.length <= refinedSize) return null;
  const solution = solveNormalEquations(x, y.values, {
    floors: columns.map((column) => column.floor),
    squares: [...columns, y].map((column) => column.squares),
  });
  if (solution === null) return null;
  const { coefficients, residuals, projections, r } = solution;
  return {
    ...{ coefficients, residuals, projections, regressors: x, triangle: r, names: design.terms },
    kept: design.terms.map((_, j) => j),
    transform: invertUpper(r),
    basis: lazily(() => orthonormalBasis(x, r)),
  };
}

/** Columns made orthogonal one after the other; those that the earlier ones explain are dropped. @throws collinear */
function solveByBasis(design: Design, absorbed: AbsorbedDesign): SolvedRows {
  const { weights } = design;
  const { x, columns } = absorbed;
  const y = absorbed.y.values;
  const factors = orthogonalize(
    x,
    columns.map((column) => column.floor),
  );
  const { kept } = factors;
  const names = kept.map((j) => design.terms[j]);
  if (design.terms.length > 0 && names.length === 0) {
    throw nothingLeft(design);
  }
  const plain = { ...solveLeastSquares(factors, y), basis: factors.q, transform: invertUpper(factors.r), names };
  const means = design.hasConstant ? kept.map((j) => weightedMean(columnView(design.x, j), weights)) : [];
  const solved = design.hasConstant
    ? withConstant(plain, constantRow({ design, means, yMean: weightedMean(design.y, weights), other: null }))
    : plain;
  const regressors = keptColumns(x, kept);
  const refined = refineWithConstant({ design, kept, regressors, y, factors, means, solved });
  return { ...solved, ...refined, kept, regressors, basis: () => solved.basis, triangle: null };
}

/** The rows of the fit, the basis made when asked for where that is long. */
function givenRows(
  design: Design,
  { residuals, regressors, basis, triangle }: SolvedRows,
  isFullGrid: boolean,
): GivesRows {
  const known = { kind: 'rows', design, sample: sampleOf(design), residuals, regressors, isFullGrid } as const;
  if (triangle === null) return { ...known, basis: basis() };
  return {
    ...known,
    triangle,
    get basis() {
      return basis();
    },
  };
}

/** @throws no-within-variation where absorption leaves nothing of the outcome. */
export function requireWithinVariation(
  { effects, where, depvar }: Pick<ModelDesign, 'effects' | 'where' | 'depvar'>,
  y: Pick<AbsorbedColumn, 'noise'>,
  withinTotal: number,
  rows: number,
): void {
  if (effects.length === 0 || Math.sqrt(withinTotal) > y.noise) return;
  const finest = effects.reduce((most, effect) => (effect.count > most.count ? effect : most));
  const isFine = finest.count > rows / 2;
  throw new StudyError('no-within-variation', {
    where,
    name: depvar,
    finest: isFine ? { name: finest.name, levels: finest.count, rows } : null,
  });
}

/**
 * Projects columns off the mean and the effects and puts the root of the weight on them.
 * @param columns become what is left of the sources; these may be the same arrays, as they are where they are left out.
 * @throws not-converged
 */
export function absorbColumnsInto(
  columns: readonly Float64Array[],
  design: Design,
  absorber: Absorber,
  sources: readonly Float64Array[] = columns,
): readonly AbsorbedColumn[] {
  const { weights, effects } = design;
  const isPlain = weights === null && effects.length > 0;
  const norms = columns.map((values, c) => {
    if (isPlain) return momentsOf(sources[c]);
    if (values !== sources[c]) values.set(sources[c]);
    const raw = Math.sqrt(weightedSquares(values, weights));
    if (design.hasConstant || effects.length > 0) centreInto(values, weights);
    return { mean: 0, raw, centred: Math.sqrt(weightedSquares(values, weights)) };
  });
  const moves = columns.map((values, c) => ({ from: isPlain ? sources[c] : values, centre: norms[c].mean }));
  const parts = effects.length > 0 ? absorber.absorbAllInto(columns, moves) : null;
  return columns.map((values, c) => {
    const { raw, centred } = norms[c];
    const report = parts?.[c].report ?? null;
    if (report !== null && report.reached > 100 * report.tolerance && report.tolerance > 0) {
      const { iterations, tolerance, reached } = report;
      throw new StudyError('not-converged', { where: design.where, iterations, tolerance, reached });
    }
    if (weights !== null) for (let i = 0; i < values.length; i++) values[i] *= Math.sqrt(weights[i]);
    const squares = (weights === null ? parts?.[c].squares : null) ?? sumOfSquares(values);
    const isIterative = report !== null && report.tolerance > 0;
    const { noise, floor } = floorsOf({ raw, centred, squares, isIterative });
    const { unknowns, levels } = parts?.[c] ?? { unknowns: null, levels: null };
    return { values, centred, raw, floor, noise, report, unknowns, levels, squares };
  });
}

/**
 * Norms at or below which a column counts as rounding of the absorption, and as a combination of earlier columns.
 * @param squares of the column net of effects and mean; `raw` and `centred` are its norms before, around zero and the mean.
 */
export function floorsOf(column: {
  readonly raw: number;
  readonly centred: number;
  readonly squares: number;
  readonly isIterative: boolean;
}): { readonly noise: number; readonly floor: number } {
  const share = column.isIterative ? iterativeNoise : closedNoise;
  const noise = Math.max(share * column.centred, representable * column.raw);
  return { noise, floor: Math.max(collinearTolerance * Math.sqrt(column.squares), noise) };
}

function weightedSquares(column: Float64Array, weights: Float64Array | null): number {
  if (weights === null) return sumOfSquares(column);
  let sum = 0;
  for (let i = 0; i < column.length; i++) sum += weights[i] * column[i] * column[i];
  return sum;
}

function keptColumns(x: Matrix, kept: readonly number[]): Matrix {
  if (kept.length === x.ncol) return x;
  const out = zeros(x.nrow, kept.length);
  kept.forEach((j, k) => {
    out.data.set(columnView(x, j), k * x.nrow);
  });
  return out;
}

/** What absorbing these columns took together. */
export function combinedReport(columns: readonly AbsorbedColumn[], absorber: Absorber): AbsorptionReport {
  let combined: AbsorptionReport = { method: absorber.method, iterations: 0, tolerance: 0, reached: 0 };
  for (const { report } of columns) {
    if (report === null) continue;
    combined = {
      method: report.method,
      iterations: Math.max(combined.iterations, report.iterations),
      tolerance: report.tolerance,
      reached: Math.max(combined.reached, report.reached),
    };
  }
  return combined;
}

export function collinearDiagnostics(terms: readonly string[]): readonly Diagnostic[] {
  return terms.length === 0 ? [] : [{ code: 'collinear-dropped', severity: 'warning', detail: { terms } }];
}
