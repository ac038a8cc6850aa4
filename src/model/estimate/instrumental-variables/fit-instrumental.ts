import type { Diagnostic } from '../../../error/diagnostic.ts';
import { StudyError } from '../../../error/study-error.ts';
import type { AbsorbOptions } from '../../../math/absorb/absorber.ts';
import { absorbedRank, defaultAbsorbOptions } from '../../../math/absorb/absorber.ts';
import type { Matrix } from '../../../math/matrix.ts';
import { addScaledInto, columnView, matrixOfColumns, zeros } from '../../../math/matrix.ts';
import { sumOfSquares } from '../../../math/pairwise-sum.ts';
import type { Design, InstrumentColumns } from '../../contract.ts';
import type { Fit } from '../../fit.ts';
import { sampleOf } from '../../fit-rows.ts';
import { weightedMean } from '../centre.ts';
import { constantRow, withConstant } from '../constant.ts';
import {
  absorbDesign,
  collinearDiagnostics,
  combinedReport,
  fitAbsorbed,
  requireWithinVariation,
} from '../fit-least-squares.ts';
import { fitSums } from '../fit-sums.ts';
import { exactFitWarnings, namedColumns, outcomeRepeats } from '../fit-warnings.ts';
import { continuouslyUpdated } from './continuously-updated.ts';
import type { LinearEstimate } from './estimators.ts';
import { gmm } from './estimators.ts';
import type { EstimatorChoice } from './options.ts';
import type { AbsorbedInstruments, InstrumentedColumns, KeptColumns } from './partial-out.ts';
import { absorbInstruments, unitColumn } from './partial-out.ts';
import { estimateKClass, projectRegressors } from './project.ts';

/**
 * y = D b1 + X b2 + sum of effects + u with instruments Z for D. Everything is projected off the effects; Xhat is the
 * projection of [D, X] on [Z, X], and 2SLS is b = (Xhat'Xhat)^-1 Xhat'y (Theil 1953; Basmann 1957), residuals y - [D, X] b.
 * Then b - beta = transform basis' u with a basis of Xhat: every covariance of the core applies. LIML, Fuller and the
 * k-class, two-step GMM and CUE are in `estimators.ts` and `continuously-updated.ts`.
 */

/** Covariance of moments from their n x L scores: by the covariance that was asked for, without any factor. */
export type MomentSpread = (fit: Fit) => (q: Matrix, residuals: Float64Array) => Matrix;

export interface InstrumentalOptions {
  readonly choice: EstimatorChoice;
  /** What GMM and CUE weight by. */
  readonly spread: MomentSpread;
  readonly absorb?: AbsorbOptions;
}

/** A design that has instruments. */
type InstrumentedDesign = Design & { readonly instruments: InstrumentColumns };

/** @throws instrument-shortage, collinear, too-few-rows, no-within-variation, not-converged. */
export function fitInstrumental(design: InstrumentedDesign, options: InstrumentalOptions): Fit {
  const { where, weights, effects, instruments } = design;
  const plain = absorbDesign(design, options.absorb ?? defaultAbsorbOptions);
  const absorbed = absorbInstruments(design, instruments, plain);
  const { absorber, x } = absorbed;
  const n = design.y.length;
  const y = absorbed.y.values;
  const withinTotal = sumOfSquares(y);
  requireWithinVariation(design, absorbed.y, withinTotal, n);
  const rank = absorbedRank(absorber, effects);
  const columns: InstrumentedColumns = {
    ...{ design, instruments, nobs: n, rank: rank.rank, y, x, z: absorbed.z },
    floors: { x: absorbed.columns.map(({ floor }) => floor), z: absorbed.zColumns.map(({ floor }) => floor) },
    unit: design.hasConstant ? unitColumn(n, weights) : null,
  };
  const projected = projectRegressors(columns);
  const { kept, order, parts, regressors } = projected;
  const means = order.map((j) => weightedMean(columnView(design.x, j), weights));
  const yMean = weightedMean(design.y, weights);
  const names = order.map((j) => design.terms[j]);
  const finish = (estimate: LinearEstimate): Solution => {
    const residuals = residualsOf(y, regressors, estimate.coefficients);
    const own = { ...estimate, residuals, names };
    const solved = design.hasConstant ? withConstant(own, constantRow({ design, means, yMean, other: null })) : own;
    return { ...solved, classicalCore: coreBeside(estimate.classicalCore, design.hasConstant ? 1 : 0) };
  };
  const isGmm = options.choice.id === 'gmm' || options.choice.id === 'cue';
  const { estimate: first, kappa, lambda } = estimateKClass(columns, projected, options.choice);
  const firstStep = finish(first);
  const firstStages = kept.endogenous.map((j) => firstStage(design, absorbed, kept, j));
  const repeats = outcomeRepeats(design.depvar, absorbed.y, [
    ...namedColumns(design.terms, absorbed.columns),
    ...namedColumns(instruments.names, absorbed.zColumns),
  ]);
  const warnings = repeats.length > 0 ? repeats : exactFitWarnings(design, absorbed.y, firstStep.residuals, []);
  const absorption = combinedReport([absorbed.y, ...absorbed.columns, ...absorbed.zColumns], absorber);
  const sample = sampleOf(design);
  const base = (solution: Solution): Fit => ({
    design,
    nobs: n,
    names: solution.names,
    coefficients: solution.coefficients,
    transform: solution.transform,
    projections: solution.projections,
    collinear: kept.collinear,
    slopeCount: order.length,
    absorbedRank: rank.rank,
    isRankExact: rank.isExact,
    absorption,
    sums: fitSums({ design, absorber, kept: order, refined: solution, withinTotal, total: absorbed.y.centred ** 2 }),
    diagnostics: [
      ...design.diagnostics,
      ...collinearDiagnostics(kept.collinear),
      ...instrumentDiagnostics(kept.droppedInstruments),
      ...warnings,
    ],
    gives: {
      ...{ kind: 'rows', design, sample, regressors },
      basis: solution.basis,
      residuals: solution.residuals,
      isFullGrid: absorption.method === 'balanced-two-way',
    },
    instrumented: {
      estimator: options.choice.id,
      number: options.choice.number,
      kappa,
      lambda,
      parts,
      residuals: solution.residuals,
      classicalCore: solution === firstStep ? firstStep.classicalCore : null,
      scoreResiduals: isGmm ? (options.choice.id === 'cue' ? solution.residuals : firstStep.residuals) : null,
      firstStages,
    },
  });
  if (!isGmm) return base(firstStep);
  const starting = base(firstStep);
  const q = joined(parts.exogenous, parts.q);
  const wide = design.hasConstant ? joined(parts.exogenous, regressors, 1) : regressors;
  const spreadOf = options.spread(starting);
  const spread = (residuals: Float64Array): Matrix => spreadOf(q, residuals);
  const twoStep = gmm(wide, q, y, spread(firstStep.residuals));
  if (twoStep === null) throw new StudyError('collinear', { where, terms: parts.instruments });
  const estimate =
    options.choice.id === 'gmm' ? twoStep : continuouslyUpdated({ x: wide, q, y, spread, start: twoStep, where });
  return base(design.hasConstant ? fromCentred(estimate, { y, wide, names, means, yMean, design }) : finish(estimate));
}

interface Solution {
  readonly names: readonly string[];
  readonly coefficients: Float64Array;
  readonly basis: Matrix;
  readonly transform: Matrix;
  readonly residuals: Float64Array;
  readonly projections: Float64Array | null;
  readonly classicalCore: Matrix | null;
}

export function residualsOf(y: Float64Array, x: Matrix, coefficients: Float64Array): Float64Array {
  const out = Float64Array.from(y);
  for (let j = 0; j < x.ncol; j++) addScaledInto(out, columnView(x, j), -coefficients[j]);
  return out;
}

/** Estimates on centred columns with the constant's direction first, turned into those of the raw ones. */
function fromCentred(
  estimate: LinearEstimate,
  input: {
    readonly y: Float64Array;
    readonly wide: Matrix;
    readonly names: readonly string[];
    readonly means: readonly number[];
    readonly yMean: number;
    readonly design: Design;
  },
): Solution {
  const { y, wide, names, means, yMean, design } = input;
  const p = wide.ncol;
  const total = design.weights === null ? y.length : design.weights.reduce((sum, weight) => sum + weight, 0);
  const toConstant = (values: (j: number) => number): number =>
    values(0) / Math.sqrt(total) - means.reduce((sum, mean, j) => sum + mean * values(j + 1), 0);
  const coefficients = Float64Array.from(estimate.coefficients);
  coefficients[0] = yMean + toConstant((j) => estimate.coefficients[j]);
  const transform: Matrix = { ...estimate.transform, data: Float64Array.from(estimate.transform.data) };
  for (let c = 0; c < transform.ncol; c++) {
    transform.data[c * p] = toConstant((j) => estimate.transform.data[j + c * p]);
  }
  return {
    names: ['(Intercept)', ...names],
    coefficients,
    basis: estimate.basis,
    transform,
    residuals: residualsOf(y, wide, estimate.coefficients),
    projections: withMean(estimate.projections, Math.sqrt(total) * yMean),
    classicalCore: null,
  };
}

/** Coordinates with the mean that centring took out of the first, the constant's. */
function withMean(projections: Float64Array | null, mean: number): Float64Array | null {
  return projections === null ? null : projections.map((value, j) => (j === 0 ? value + mean : value));
}

/** A core with `count` unit directions in front: those of a constant. */
export function coreBeside(core: Matrix | null, count: number): Matrix | null {
  if (core === null || count === 0) return core;
  const k = core.ncol;
  const out = zeros(k + count, k + count);
  for (let i = 0; i < count; i++) out.data[i * (k + count + 1)] = 1;
  for (let j = 0; j < k; j++) columnView(out, count + j).set(columnView(core, j), count);
  return out;
}

/** The least squares fit of an endogenous regressor on instruments and exogenous regressors. */
function firstStage(design: InstrumentedDesign, absorbed: AbsorbedInstruments, kept: KeptColumns, j: number): Fit {
  const { instruments, ...rest } = design;
  const take = (x: Matrix, z: Matrix): Matrix =>
    matrixOfColumns(design.y.length, [
      ...kept.instruments.map((c) => columnView(z, c)),
      ...kept.exogenous.map((c) => columnView(x, c)),
    ]);
  const own: Design = {
    ...rest,
    depvar: design.terms[j],
    y: columnView(design.x, j),
    terms: [...kept.instruments.map((c) => instruments.names[c]), ...kept.exogenous.map((c) => design.terms[c])],
    x: take(design.x, instruments.z),
    diagnostics: [],
  };
  const x = take(absorbed.x, absorbed.z);
  const columns = [
    ...kept.instruments.map((c) => absorbed.zColumns[c]),
    ...kept.exogenous.map((c) => absorbed.columns[c]),
  ].map((column, c) => ({ ...column, values: columnView(x, c), floor: 0 }));
  return fitAbsorbed(own, { absorber: absorbed.absorber, y: absorbed.columns[j], x, columns });
}

/** Columns of `a` (only the first `count`), then those of `b`. */
function joined(a: Matrix, b: Matrix, count = a.ncol): Matrix {
  const out = zeros(a.nrow, count + b.ncol);
  out.data.set(a.data.subarray(0, count * a.nrow));
  out.data.set(b.data, count * a.nrow);
  return out;
}

export function instrumentDiagnostics(names: readonly string[]): readonly Diagnostic[] {
  return names.length === 0 ? [] : [{ code: 'instruments-dropped', severity: 'warning', detail: { terms: names } }];
}
