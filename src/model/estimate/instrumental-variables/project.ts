import { StudyError } from '../../../error/study-error.ts';
import { orthogonalize } from '../../../math/gram-schmidt.ts';
import type { Matrix } from '../../../math/matrix.ts';
import { addScaledInto, columnView, matrixOfColumns, zeros } from '../../../math/matrix.ts';
import { sumOfSquares } from '../../../math/pairwise-sum.ts';
import type { PartialledOut } from '../../fit.ts';
import type { LinearEstimate } from './estimators.ts';
import { kClass, limlLambda } from './estimators.ts';
import type { EstimatorChoice } from './options.ts';
import type { InstrumentedColumns, KeptColumns } from './partial-out.ts';
import { keptColumns, partialOut, residualOff, shortage } from './partial-out.ts';

/** Regressors, and their projections on the instruments. */
export interface ProjectedRegressors {
  readonly kept: KeptColumns;
  /** Places of the kept regressors in the design, the endogenous ones first. */
  readonly order: readonly number[];
  readonly parts: PartialledOut;
  /** The kept regressors. */
  readonly regressors: Matrix;
  /** Factors of their projections. */
  readonly factors: { readonly q: Matrix; readonly r: Matrix };
}

/** Instruments that hold less than this share of an endogenous regressor say nothing of it. */
const projectionFloor = 1e-10;

/** @throws instrument-shortage, collinear, too-few-rows */
export function projectRegressors(columns: InstrumentedColumns): ProjectedRegressors {
  const { design, nobs, rank, x } = columns;
  const kept = keptColumns(columns);
  const order = [...kept.endogenous, ...kept.exogenous];
  const parameters = order.length + rank + (design.hasConstant ? 1 : 0);
  const most = parameters - kept.endogenous.length + kept.instruments.length;
  if (nobs <= most) throw new StudyError('too-few-rows', { where: design.where, nobs, parameters: most });
  const parts = partialOut(columns, kept);
  const regressors = matrixOfColumns(
    x.nrow,
    order.map((j) => columnView(x, j)),
  );
  return { kept, order, parts, regressors, factors: projectedFactors(columns, kept, regressors, parts) };
}

/** The k-class of an estimator; of those that are none, 2SLS. */
export function estimateKClass(
  { y, nobs }: InstrumentedColumns,
  { parts, regressors, factors }: ProjectedRegressors,
  choice: EstimatorChoice,
): { readonly estimate: LinearEstimate; readonly kappa: number | null; readonly lambda: number | null } {
  const needsLambda = choice.id === 'liml' || choice.id === 'fuller';
  const lambda = needsLambda ? limlLambda(parts) : null;
  const kappa = kappaOf(choice, lambda, nobs - parts.instrumentCount);
  return { estimate: kClass(regressors, factors, y, kappa ?? 1), kappa, lambda };
}

function kappaOf({ id, number }: EstimatorChoice, lambda: number | null, dof: number): number | null {
  switch (id) {
    case '2sls':
      return 1;
    case 'liml':
      return lambda;
    case 'fuller':
      // `lambda` was found for it, and its number read with it.
      return (lambda as number) - (number as number) / dof;
    case 'kclass':
      return number;
    case 'gmm':
    case 'cue':
      return null;
  }
}

/** Factors of the projected regressors. @throws instrument-shortage where an endogenous one has no projection of its own. */
function projectedFactors(
  { design, instruments }: InstrumentedColumns,
  kept: KeptColumns,
  regressors: Matrix,
  { d, q }: PartialledOut,
): { readonly q: Matrix; readonly r: Matrix } {
  const k1 = kept.endogenous.length;
  const projected: Matrix = { ...regressors, data: Float64Array.from(regressors.data) };
  const floors = new Float64Array(regressors.ncol);
  const net = zeros(d.nrow, k1);
  for (let j = 0; j < k1; j++) {
    const left = residualOff(q, columnView(d, j));
    addScaledInto(columnView(projected, j), left, -1);
    net.data.set(columnView(d, j), j * d.nrow);
    addScaledInto(columnView(net, j), left, -1);
    floors[j] = projectionFloor * Math.sqrt(sumOfSquares(columnView(d, j)));
  }
  if (orthogonalize(net, floors.slice(0, k1)).kept.length < k1) throw shortage(design, kept, instruments, 'rank');
  return orthogonalize(projected, new Float64Array(regressors.ncol));
}
