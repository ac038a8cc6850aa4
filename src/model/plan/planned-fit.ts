import { lazily } from '../../math/lazy.ts';
import type { Matrix } from '../../math/matrix.ts';
import { addScaledInto, columnView, matrixOfColumns, zeros } from '../../math/matrix.ts';
import type { Design } from '../contract.ts';
import { withConstantRow } from '../estimate/constant.ts';
import { collinearDiagnostics, combinedReport } from '../estimate/fit-least-squares.ts';
import type { OutcomeSums } from '../estimate/fit-sums.ts';
import { fitSums } from '../estimate/fit-sums.ts';
import { remainingUnknowns } from '../estimate/other-effects.ts';
import type { Clustering, Fit, GivesRows } from '../fit.ts';
import { sampleOf } from '../fit-rows.ts';
import type { Frame } from './frame.ts';
import { rotatedScores, scoresOf } from './group-products.ts';
import type { ReducedOutcome, ReducedProblem } from './reduced-problem.ts';
import type { SubsetSolution } from './solve-subset.ts';

/** A model solved in p coordinates, with what its group shares. */
export interface PlannedModel {
  readonly problem: ReducedProblem;
  /** The model's design; its columns may be made when asked for. */
  readonly design: Design;
  readonly outcome: ReducedOutcome;
  readonly solution: SubsetSolution;
  /** Kept columns, in the model's order. */
  readonly kept: readonly number[];
  readonly collinear: readonly string[];
  /** What the sums of squares need of the outcome. */
  readonly outcomeSums: OutcomeSums | null;
  readonly frame: Frame;
  readonly xtregFrame: () => Frame | null;
  readonly clustering: (name: string, make: () => Clustering) => Clustering;
}

/**
 * The fit of a planned model: everything small is there; residuals, basis and regressors, n rows each, are made when a method
 * asks for them, and the sums of scores by cluster come from the group's cross-products.
 */
export function plannedFit(model: PlannedModel): Fit {
  const { problem, design, kept, collinear, frame, outcome, solution } = model;
  const { rank, names, columns, absorber } = problem;
  const involved = [outcome.index, ...design.terms.map((term) => indexOf(problem, term))];
  const terms = kept.map((j) => names[j]);
  const small = estimatesIn(model, frame, terms);
  const absorption = combinedReport(
    involved.map((j) => columns[j]),
    absorber,
  );
  const isFullGrid = absorption.method === 'balanced-two-way';
  const gives = givenRows(model, frame, isFullGrid);
  const sums = fitSums(
    {
      design: { ...problem.union, y: design.y, x: problem.raw },
      absorber,
      kept,
      refined: { coefficients: solution.coefficients, residuals: design.effects.length > 0 ? gives.residuals : noRows },
      withinTotal: outcome.squares,
      total: columns[outcome.index].centred ** 2,
      unknowns: remainingUnknowns(
        columns[outcome.index],
        kept.map((j) => columns[j]),
        solution.coefficients,
      ),
    },
    () => model.outcomeSums,
  );
  const fixed = {
    design,
    nobs: problem.raw.nrow,
    collinear,
    slopeCount: kept.length,
    absorbedRank: rank.rank,
    isRankExact: rank.isExact,
    absorption,
    sums: { ...sums, ssr: solution.ssr },
    diagnostics: [...design.diagnostics, ...collinearDiagnostics(collinear)],
  };
  const withXtregConstant = lazily((): Fit | null => {
    const wider = model.xtregFrame();
    if (wider === null) return null;
    return {
      ...fixed,
      ...estimatesIn(model, wider, terms),
      gives: givenRows(model, wider, isFullGrid),
      withXtregConstant,
    };
  });
  return { ...fixed, ...small, gives, withXtregConstant };
}

const noRows = new Float64Array(0);

export function indexOf(problem: ReducedProblem, name: string): number {
  return problem.indexOf.get(name) as number; // every column of a member is in its group
}

type Estimates = Pick<Fit, 'names' | 'coefficients' | 'transform' | 'projections'>;

/** Names, estimates and transform, with the constant where the frame has one. */
function estimatesIn({ kept, outcome, solution }: PlannedModel, frame: Frame, terms: readonly string[]): Estimates {
  const { coefficients, transform, projections } = solution;
  const bare = { names: terms, coefficients, transform, projections };
  const { constant } = frame;
  if (constant === null) return bare;
  const { onColumn, means } = constant;
  const other =
    onColumn === null
      ? null
      : { vector: frame.columns[1], onOutcome: onColumn(outcome.index), onRegressors: kept.map(onColumn) };
  return withConstantRow(bare, { means: kept.map(means), yMean: means(outcome.index), other }, constant);
}

/**
 * Arrays of n rows, made at the first request, and the sums of the scores by cluster in the products of the group. The
 * clusters of a variable are made once for the models of a group.
 */
function givenRows(model: PlannedModel, frame: Frame, isFullGrid: boolean): GivesRows {
  const { problem, design, outcome, solution, kept } = model;
  const n = problem.raw.nrow;
  const residuals = lazily(() => {
    const out = outcome.e.slice();
    solution.rest.forEach((scale, a) => {
      addScaledInto(out, columnView(problem.q, a), scale);
    });
    return out;
  });
  const basis = lazily(() => basisOf(problem, frame, solution.u));
  const regressors = lazily(() =>
    matrixOfColumns(
      n,
      kept.map((j) => columnView(problem.absorbed, j)),
    ),
  );
  return {
    kind: 'rows',
    design,
    sample: sampleOf(design, model.clustering),
    isFullGrid,
    sums: (key, groups) => {
      const products = frame.products(key, groups);
      if (products === null) return null;
      const sums = frame.sums(key, groups, outcome.index, outcome.e);
      return rotatedScores(scoresOf(products, sums, solution.rest), solution.u);
    },
    get basis() {
      return basis();
    },
    get residuals() {
      return residuals();
    },
    get regressors() {
      return regressors();
    },
  };
}

function basisOf({ q }: ReducedProblem, frame: Frame, u: Matrix): Matrix {
  const before = frame.columns.length - q.ncol;
  const out = zeros(q.nrow, before + u.ncol);
  for (let c = 0; c < before; c++) columnView(out, c).set(frame.columns[c]);
  for (let j = 0; j < u.ncol; j++) {
    const target = columnView(out, before + j);
    for (let a = 0; a < u.nrow; a++) {
      const scale = u.data[a + j * u.nrow];
      if (scale !== 0) addScaledInto(target, columnView(q, a), scale);
    }
  }
  return out;
}
