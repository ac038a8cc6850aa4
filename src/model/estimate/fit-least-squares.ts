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

/**
 * Ordinary least squares of y on x net of fixed effects, y = x b + sum of effects + u (Frisch and Waugh 1933; Lovell 1963).
 * Every column is projected off the effects, then x~ = q r by Gram-Schmidt taken twice, b = r^-1 q' y~.
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
  const { where, weights, effects } = design;
  const n = design.y.length;
  const absorber = buildAbsorber(n, effects, weights, options);
  const reports: AbsorptionReport[] = [];
  const y = Float64Array.from(design.y);
  const x: Matrix = { ...design.x, data: Float64Array.from(design.x.data) };
  const floors = new Float64Array(x.ncol);
  const hasMean = design.hasConstant || effects.length > 0;
  const rawTotal = projectInto(y, design, absorber, reports, hasMean);
  for (let j = 0; j < x.ncol; j++) {
    const column = columnView(x, j);
    const sizes = projectInto(column, design, absorber, reports, hasMean);
    floors[j] = Math.max(collinearTolerance * Math.sqrt(sumOfSquares(column)), noiseFloor(sizes, absorber));
  }
  const withinTotal = sumOfSquares(y);
  if (effects.length > 0 && Math.sqrt(withinTotal) <= noiseFloor(rawTotal, absorber)) {
    throw new StudyError('no-within-variation', { where, name: design.depvar });
  }
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
    residuals: refined.residuals,
    regressors,
    collinear,
    slopeCount: terms.length,
    absorbedRank: rank.rank,
    isRankExact: rank.isExact,
    absorption: combinedReport(reports, absorber),
    sums: fitSums({ design, absorber, kept: factors.kept, refined, withinTotal, total: rawTotal.centred ** 2 }),
    diagnostics: [...design.diagnostics, ...collinearDiagnostics(collinear)],
  };
}

interface ColumnSizes {
  /** Norm around the mean (around zero where the model has none). */
  readonly centred: number;
  readonly raw: number;
}

/** Projects a column off the mean and the effects and puts the root of the weight on it, in place. */
function projectInto(
  column: Float64Array,
  design: Design,
  absorber: Absorber,
  reports: AbsorptionReport[],
  hasMean: boolean,
): ColumnSizes {
  const { weights } = design;
  const raw = Math.sqrt(weightedSquares(column, weights));
  if (hasMean) centreInto(column, weights);
  const centred = Math.sqrt(weightedSquares(column, weights));
  if (design.effects.length > 0) {
    const report = absorber.absorbInto(column);
    if (report.method === 'conjugate-gradient' && report.reached > 100 * report.tolerance) {
      const { iterations, tolerance, reached } = report;
      throw new StudyError('not-converged', { where: design.where, iterations, tolerance, reached });
    }
    reports.push(report);
  }
  if (weights !== null) for (let i = 0; i < column.length; i++) column[i] *= Math.sqrt(weights[i]);
  return { centred, raw };
}

function weightedSquares(column: Float64Array, weights: Float64Array | null): number {
  if (weights === null) return sumOfSquares(column);
  let sum = 0;
  for (let i = 0; i < column.length; i++) sum += weights[i] * column[i] * column[i];
  return sum;
}

function noiseFloor(sizes: ColumnSizes, absorber: Absorber): number {
  const noise = absorber.method === 'conjugate-gradient' ? iterativeNoise : closedNoise;
  return Math.max(noise * sizes.centred, representable * sizes.raw);
}

function keptColumns(x: Matrix, kept: readonly number[]): Matrix {
  if (kept.length === x.ncol) return x;
  const out = zeros(x.nrow, kept.length);
  kept.forEach((j, k) => {
    out.data.set(columnView(x, j), k * x.nrow);
  });
  return out;
}

function combinedReport(reports: readonly AbsorptionReport[], absorber: Absorber): AbsorptionReport {
  let combined: AbsorptionReport = { method: absorber.method, iterations: 0, tolerance: 0, reached: 0 };
  for (const report of reports) {
    combined = {
      method: report.method,
      iterations: Math.max(combined.iterations, report.iterations),
      tolerance: report.tolerance,
      reached: Math.max(combined.reached, report.reached),
    };
  }
  return combined;
}

function collinearDiagnostics(terms: readonly string[]): readonly Diagnostic[] {
  return terms.length === 0 ? [] : [{ code: 'collinear-dropped', severity: 'warning', detail: { terms } }];
}
