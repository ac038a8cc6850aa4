import type { Diagnostic } from '../error/diagnostic.ts';
import { orthogonalize } from '../math/gram-schmidt.ts';
import { solveLeastSquares } from '../math/least-squares.ts';
import type { Matrix } from '../math/matrix.ts';
import { columnView, matrixOfColumns, multiply, transpose, unitMatrix, zeros } from '../math/matrix.ts';
import { sumOfSquares } from '../math/pairwise-sum.ts';
import { invertUpper } from '../math/triangular.ts';
import { withConstantRow } from '../model/estimate/constant.ts';
import { collinearDiagnostics } from '../model/estimate/fit-least-squares.ts';
import { exactFitWarnings, outcomeRepeats } from '../model/estimate/fit-warnings.ts';
import {
  coreBeside,
  instrumentDiagnostics,
  residualsOf,
} from '../model/estimate/instrumental-variables/fit-instrumental.ts';
import type { InstrumentedColumns } from '../model/estimate/instrumental-variables/partial-out.ts';
import { estimateKClass, projectRegressors } from '../model/estimate/instrumental-variables/project.ts';
import type { FirstStage, Fit, GivesSums } from '../model/fit.ts';
import { numberAt } from '../table/cell-at.ts';
import { type ColumnSpace, columnSpace } from './column-space.ts';
import type { Passes } from './contract.ts';
import { absorptionOf, accuracyNotes, type NetDesign, otherEffectsOf, sumsOfFit } from './net-design.ts';
import { sumsOver } from './row-slices.ts';
import { scoreGroups } from './score-products.ts';
import { spaceProducts } from './space-products.ts';
import { type RowWeight, weightedSum } from './weighted.ts';

/** What a column must keep beside earlier ones to be a direction of its own: far below what any test calls nothing. */
const leastDirection = 1e-13;

/**
 * 2SLS and the k-class in the coordinates of all net columns, as in memory on their rows. Scores come as the products of the sums of two
 * directions: every test of the instruments is made of these.
 * @throws instrument-shortage, collinear, too-few-rows
 */
export function* instrumentedByEngine(
  given: NetDesign,
  instruments: NonNullable<NetDesign['instruments']>,
): Passes<Fit> {
  const { model, wanted, sample, design, columns, moments, netted, net, floors, rank } = given;
  const { number } = net;
  const k = design.terms.length;
  const k1 = instruments.endogenousCount;
  const places = columns.map((_, j) => j);
  const order = [...places.slice(1 + k1, 1 + k), ...places.slice(1 + k), ...places.slice(1, 1 + k1), 0];
  const mean = netted?.mean ?? null;
  const otherNorm = mean === null ? 0 : Math.sqrt(mean.square);
  const hasUnit = design.hasConstant || given.printsConstant;
  const lead = [
    ...(hasUnit ? [{ column: null, sql: number(1 / Math.sqrt(given.totalWeight)) }] : []),
    ...(mean === null ? [] : [{ column: 'h', sql: `${number(otherNorm > 0 ? 1 / otherNorm : 0)} * h` }]),
  ];
  const space = yield* columnSpace(net, given.products, order.map(leastOf(given)), lead);
  const at = (j: number): Float64Array => columnView(space.coordinates, j);
  const from = (first: number, end: number): Matrix => matrixOfColumns(space.size, places.slice(first, end).map(at));
  const leading = (place: number): Float64Array => columnView(unitMatrix(space.size), place);
  const problem: InstrumentedColumns = {
    ...{ design, instruments, rank, nobs: sample.nobs, y: at(0), x: from(1, 1 + k), z: from(1 + k, columns.length) },
    floors: {
      x: floors.slice(1, 1 + k).map(({ floor }) => floor),
      z: floors.slice(1 + k).map(({ floor }) => floor),
    },
    unit: design.hasConstant ? leading(0) : null,
  };
  const projected = projectRegressors(problem);
  const { kept, regressors, parts } = projected;
  const { estimate, kappa, lambda } = estimateKClass(problem, projected, wanted.estimator);
  const residuals = residualsOf(problem.y, regressors, estimate.coefficients);
  const ssr = sumOfSquares(residuals);
  const sums = yield* sumsOfFit(given, { kept: projected.order, coefficients: estimate.coefficients, ssr });
  const step = yield* remaining(space, net.weight, number, {
    ...{ order: projected.order, ...estimate },
    variance: ssr / sample.nobs,
  });
  const isInner = (direction: number): boolean => {
    const origin = space.origins[direction] ?? null;
    return origin !== null && (origin < 1 + k1 || origin > k);
  };
  const spaced = yield* spaceProducts(space, scoreGroups(wanted, sample), net.weight, model.dialect, isInner);

  const weightSum = given.totalWeight;
  const meanOf = (j: number): number => moments[j]?.mean ?? 0;
  const gives = (basis: Matrix, own: Float64Array): GivesSums => ({
    kind: 'sums',
    sample: { kind: 'outside', where: model.where, panel: model.panel, groupCount: spaced.groupCount },
    ...{ counts: given.counts, totalWeight: model.weights === null ? null : weightSum, sums: () => null },
    products: (key) => spaced.spread(key, basis, [own]),
    spread: spaced.spread,
  });
  const firstStage = (j: number): FirstStage => {
    const own = [...kept.instruments.map((c) => 1 + k + c), ...kept.exogenous.map((c) => 1 + c)];
    const stage = matrixOfColumns(space.size, own.map(at));
    const factors = orthogonalize(stage, new Float64Array(own.length));
    const solved = solveLeastSquares(factors, at(1 + j));
    const plain = {
      names: own.map((c) => columns[c]?.name ?? ''),
      ...{ coefficients: solved.coefficients, projections: solved.projections, transform: invertUpper(factors.r) },
    };
    const row = { means: own.map(meanOf), yMean: meanOf(1 + j), other: null };
    const { names, coefficients, transform } = design.hasConstant
      ? withConstantRow(plain, row, { weightSum, otherNorm: 0 })
      : plain;
    const basis = design.hasConstant ? beside([leading(0)], factors.q) : factors.q;
    return {
      ...{ design, nobs: sample.nobs, names, coefficients, transform, slopeCount: own.length, absorbedRank: rank },
      sums: { ssr: sumOfSquares(solved.residuals) },
      gives: gives(basis, solved.residuals),
    };
  };
  const terms = projected.order.map((j) => design.terms[j] ?? '');
  const plain = { names: terms, ...estimate };
  const row = { means: projected.order.map((j) => meanOf(1 + j)), yMean: meanOf(0) };
  const withMean = design.hasConstant
    ? withConstantRow(plain, { ...row, other: null }, { weightSum, otherNorm: 0 })
    : { names: terms, ...solutionOf(estimate) };
  const named = columns.slice(1).map(({ name }, j) => ({ name, values: at(1 + j) }));
  const outcome = { ...given.outcome, values: problem.y };
  const repeats = outcomeRepeats(design.depvar, outcome, named);
  const exact = repeats.length > 0 ? repeats : exactFitWarnings(design, outcome, residuals, []);
  const used = [0, ...projected.order.map((j) => 1 + j), ...kept.instruments.map((c) => 1 + k + c)];
  const diagnostics: Diagnostic[] = [
    ...design.diagnostics,
    ...collinearDiagnostics(kept.collinear),
    ...instrumentDiagnostics(kept.droppedInstruments),
    ...exact,
    ...(exact.length > 0 ? [] : accuracyNotes(given, used)),
  ];
  const classicalCore = coreBeside(estimate.classicalCore, design.hasConstant ? 1 : 0);
  const basis = design.hasConstant ? beside([leading(0)], estimate.basis) : estimate.basis;
  const fit: Fit = {
    ...{ design, nobs: sample.nobs, ...withMean, collinear: kept.collinear, slopeCount: terms.length },
    ...{ absorbedRank: rank, isRankExact: given.isRankExact, absorption: absorptionOf(given), sums, diagnostics },
    gives: gives(basis, residuals),
    instrumented: {
      ...{ estimator: wanted.estimator.id, number: wanted.estimator.number, kappa, lambda, parts, residuals },
      ...{ classicalCore, scoreResiduals: null, firstStages: kept.endogenous.map(firstStage) },
    },
    engine: { name: model.dialect.id, version: '', passes: 0, step },
  };
  if (!given.printsConstant) return fit;
  if (design.effects.length >= 2 && mean === null) return { ...fit, withXtregConstant: () => null };
  const other = otherEffectsOf(given, projected.order);
  const wider = withConstantRow(plain, { ...row, other }, { weightSum, otherNorm });
  const leads = mean === null ? [leading(0)] : [leading(0), leading(1)];
  const wide = gives(beside(leads, estimate.basis), residuals);
  return { ...fit, withXtregConstant: () => ({ ...fit, ...wider, gives: wide }) };
}

/** What a column of the design must keep: nothing that absorption leaves as rounding is a direction. */
function leastOf({ products, floors }: NetDesign) {
  return (place: number) => {
    const norm = Math.sqrt(products.data[place * (products.ncol + 1)] ?? 0);
    const isNoise = norm <= (floors[place]?.noise ?? 0);
    return { place, floor: isNoise ? Number.POSITIVE_INFINITY : leastDirection * norm };
  };
}

function solutionOf({ coefficients, transform, projections }: Pick<Fit, 'coefficients' | 'transform' | 'projections'>) {
  return { coefficients, transform, projections };
}

/** Columns in front of others. */
function beside(lead: readonly Float64Array[], q: Matrix): Matrix {
  const out = zeros(q.nrow, lead.length + q.ncol);
  lead.forEach((column, j) => {
    columnView(out, j).set(column);
  });
  out.data.set(q.data, lead.length * q.nrow);
  return out;
}

/** The step of the coefficients that the residuals of the rows ask for, the largest, in standard errors under iid. */
function* remaining(
  { tables, columns, directions, size }: ColumnSpace,
  weight: RowWeight,
  number: (value: number) => string,
  fit: {
    readonly order: readonly number[];
    readonly coefficients: Float64Array;
    readonly basis: Matrix;
    readonly transform: Matrix;
    readonly classicalCore: Matrix | null;
    readonly variance: number;
  },
): Passes<number> {
  const explained = fit.order.map((j, c) => ` - ${number(fit.coefficients[c] ?? 0)} * ${columns[1 + j]}`);
  const residual = `(${columns[0]}${explained.join('')})`;
  const sums = directions.map((direction, a) => `${weightedSum(weight, `${direction} * ${residual}`)} AS g${a}`);
  const found = yield* sumsOver('residuals', tables, (table) => `SELECT ${sums.join(', ')} FROM ${table}`);
  const left: Matrix = {
    ...{ nrow: size, ncol: 1 },
    data: Float64Array.from({ length: size }, (_, a) => numberAt(found, `g${a}`)),
  };
  const change = multiply(fit.transform, multiply(transpose(fit.basis), left)).data;
  const own = multiply(fit.transform, fit.classicalCore ?? unitMatrix(fit.transform.ncol));
  const spread = multiply(own, transpose(fit.transform));
  return Math.max(
    0,
    ...change.map((value, j) => {
      const error = Math.sqrt((spread.data[j * (spread.nrow + 1)] ?? 0) * fit.variance);
      return error > 0 ? Math.abs(value) / error : 0;
    }),
  );
}
