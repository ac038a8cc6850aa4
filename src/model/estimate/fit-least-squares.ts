import type { Diagnostic } from '../../error/diagnostic.ts';
import { StudyError } from '../../error/study-error.ts';
import type { Absorber, AbsorbOptions } from '../../math/absorb/absorber.ts';
import { absorbedRank, buildAbsorber, defaultAbsorbOptions } from '../../math/absorb/absorber.ts';
import type { AbsorptionReport } from '../../math/absorb/contract.ts';
import { orthogonalize } from '../../math/gram-schmidt.ts';
import { solveLeastSquares } from '../../math/least-squares.ts';
import type { Matrix } from '../../math/matrix.ts';
import { columnView, zeros } from '../../math/matrix.ts';
import { sumOfSquares } from '../../math/pairwise-sum.ts';
import { invertUpper } from '../../math/triangular.ts';
import type { Design, Fit } from '../contract.ts';
import { centreInto, weightedMean } from './centre.ts';
import { constantRow, refineWithConstant, withConstant } from './constant.ts';
import { fitSums } from './fit-sums.ts';
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
}

/** @throws not-converged */
export function absorbDesign(design: Design, options: AbsorbOptions = defaultAbsorbOptions): AbsorbedDesign {
  const absorber = buildAbsorber(design.y.length, design.effects, design.weights, options);
  const x: Matrix = { ...design.x, data: design.x.data.slice() };
  const own = [design.y.slice(), ...Array.from({ length: x.ncol }, (_, j) => columnView(x, j))];
  const [y, ...columns] = absorbColumnsInto(own, design, absorber);
  return { absorber, y, x, columns };
}

/** The fit of a design whose columns are absorbed. @throws too-few-rows, collinear, no-within-variation. */
export function fitAbsorbed(design: Design, absorbed: AbsorbedDesign): Fit {
  const { where, weights, effects } = design;
  const { absorber, x, columns } = absorbed;
  const n = design.y.length;
  const y = absorbed.y.values;
  const withinTotal = sumOfSquares(y);
  requireWithinVariation(design, absorbed.y, withinTotal);
  const floors = columns.map((column) => column.floor);
  const factors = orthogonalize(x, floors);
  const terms = factors.kept.map((j) => design.terms[j]);
  const collinear = factors.dropped.map((j) => design.terms[j]);
  if (design.terms.length > 0 && terms.length === 0) {
    throw new StudyError('collinear', { where, terms: design.terms });
  }
  const rank = absorbedRank(absorber, effects);
  const parameters = terms.length + rank.rank + (design.hasConstant ? 1 : 0);
  if (n <= parameters) throw new StudyError('too-few-rows', { where, nobs: n, parameters });

  const start = solveLeastSquares(factors, y);
  const transform = invertUpper(factors.r);
  const regressors = keptColumns(x, factors.kept);
  const plain = { ...start, basis: factors.q, transform, names: terms };
  const means = design.hasConstant ? factors.kept.map((j) => weightedMean(columnView(design.x, j), weights)) : [];
  const solved = design.hasConstant
    ? withConstant(plain, constantRow({ design, means, yMean: weightedMean(design.y, weights), other: null }))
    : plain;
  const refined = refineWithConstant({ design, kept: factors.kept, regressors, y, factors, means, solved });
  return {
    design,
    names: solved.names,
    coefficients: refined.coefficients,
    basis: solved.basis,
    transform: solved.transform,
    projections: solved.projections,
    residuals: refined.residuals,
    regressors,
    collinear,
    slopeCount: terms.length,
    absorbedRank: rank.rank,
    isRankExact: rank.isExact,
    absorption: combinedReport([absorbed.y, ...columns], absorber),
    sums: fitSums({
      ...{ design, absorber, kept: factors.kept, refined, withinTotal, total: absorbed.y.centred ** 2 },
      unknowns: remainingUnknowns(
        absorbed.y,
        factors.kept.map((j) => columns[j]),
        refined.coefficients.subarray(solved.names.length - terms.length),
      ),
    }),
    diagnostics: [...design.diagnostics, ...collinearDiagnostics(collinear)],
  };
}

/** @throws no-within-variation where absorption leaves nothing of the outcome. */
export function requireWithinVariation(
  { effects, where, depvar }: Pick<Design, 'effects' | 'where' | 'depvar'>,
  y: AbsorbedColumn,
  withinTotal: number,
): void {
  if (effects.length === 0 || Math.sqrt(withinTotal) > y.noise) return;
  const finest = effects.reduce((most, effect) => (effect.count > most.count ? effect : most));
  const rows = finest.codes.length;
  const isFine = finest.count > rows / 2;
  throw new StudyError('no-within-variation', {
    where,
    name: depvar,
    finest: isFine ? { name: finest.name, levels: finest.count, rows } : null,
  });
}

/** Projects columns off the mean and the effects and puts the root of the weight on them, in place. @throws not-converged */
export function absorbColumnsInto(
  columns: readonly Float64Array[],
  design: Design,
  absorber: Absorber,
): readonly AbsorbedColumn[] {
  const { weights, effects } = design;
  const norms = columns.map((values) => {
    const raw = Math.sqrt(weightedSquares(values, weights));
    if (design.hasConstant || effects.length > 0) centreInto(values, weights);
    return { raw, centred: Math.sqrt(weightedSquares(values, weights)) };
  });
  const parts = effects.length > 0 ? absorber.absorbAllInto(columns) : null;
  return columns.map((values, c) => {
    const { raw, centred } = norms[c];
    const report = parts?.[c].report ?? null;
    if (report !== null && report.reached > 100 * report.tolerance && report.tolerance > 0) {
      const { iterations, tolerance, reached } = report;
      throw new StudyError('not-converged', { where: design.where, iterations, tolerance, reached });
    }
    if (weights !== null) for (let i = 0; i < values.length; i++) values[i] *= Math.sqrt(weights[i]);
    const share = report !== null && report.tolerance > 0 ? iterativeNoise : closedNoise;
    const noise = Math.max(share * centred, representable * raw);
    const floor = Math.max(collinearTolerance * Math.sqrt(sumOfSquares(values)), noise);
    return { values, centred, raw, floor, noise, report, unknowns: parts?.[c].unknowns ?? null };
  });
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
