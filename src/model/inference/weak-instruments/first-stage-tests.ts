import { orthogonalize } from '../../../math/gram-schmidt.ts';
import { solveLeastSquares } from '../../../math/least-squares.ts';
import type { Matrix } from '../../../math/matrix.ts';
import { addScaledInto, columnView, matrixOfColumns, multiply, transpose } from '../../../math/matrix.ts';
import { pairwiseDot, sumOfSquares } from '../../../math/pairwise-sum.ts';
import { invertUpper } from '../../../math/triangular.ts';
import { residualOff } from '../../estimate/instrumental-variables/partial-out.ts';
import type { PartialledOut } from '../../fit.ts';
import type { Moments } from './moments.ts';
import { projections } from './moments.ts';
import type { IvDegrees, WaldTest } from './wald-on-instruments.ts';
import { leftOver, waldStatistic, waldTest } from './wald-on-instruments.ts';

/** What a first stage says about the strength of the instruments for one endogenous regressor. */
export interface FirstStageTests {
  readonly endogenous: string;
  /** Excluded instruments jointly zero. */
  readonly f: WaldTest;
  readonly partialR2: number;
  /** Of Shea (1997). */
  readonly sheaR2: number;
  /** Sanderson and Windmeijer (2016): the other endogenous regressors taken out; equal to `f` where there is one. */
  readonly sandersonWindmeijer: WaldTest;
  /** Angrist and Pischke (2009): their projections taken out. */
  readonly angristPischke: WaldTest;
}

export function firstStageTests(
  parts: PartialledOut,
  moments: Moments,
  degrees: IvDegrees,
): readonly FirstStageTests[] {
  const { d, q, endogenous } = parts;
  const l1 = q.ncol;
  const k1 = d.ncol;
  const projected = matrixOfColumns(
    d.nrow,
    endogenous.map((_, j) => projectionOn(q, columnView(d, j))),
  );
  const shea = sheaR2(d, projected);
  return endogenous.map((name, j) => {
    const column = columnView(d, j);
    const own = projections(q, column);
    const conditional = conditionalColumn(d, projected, j);
    const left = l1 - k1 + 1;
    return {
      endogenous: name,
      f: waldTest(waldStatistic(q, column, moments), l1, degrees),
      partialR2: pairwiseDot(own, own) / sumOfSquares(column),
      sheaR2: shea[j],
      sandersonWindmeijer: waldTest(waldStatistic(q, conditional, moments), left, degrees),
      angristPischke: waldTest(waldStatistic(q, conditional, moments, leftOver(q, column)), left, degrees),
    };
  });
}

function projectionOn(q: Matrix, column: Float64Array): Float64Array {
  const out = Float64Array.from(column);
  addScaledInto(out, residualOff(q, column), -1);
  return out;
}

/** d_j less its 2SLS fit on the other endogenous regressors. */
function conditionalColumn(d: Matrix, projected: Matrix, j: number): Float64Array {
  const others = Array.from({ length: d.ncol }, (_, c) => c).filter((c) => c !== j);
  const out = Float64Array.from(columnView(d, j));
  if (others.length === 0) return out;
  const factors = orthogonalize(
    matrixOfColumns(
      d.nrow,
      others.map((c) => columnView(projected, c)),
    ),
    new Float64Array(others.length),
  );
  const { coefficients } = solveLeastSquares(factors, out);
  others.forEach((c, k) => {
    addScaledInto(out, columnView(d, c), -coefficients[k]);
  });
  return out;
}

/** [(D'D)^-1]_jj / [(Dhat'Dhat)^-1]_jj, the constant, exogenous regressors and effects taken out. */
function sheaR2(d: Matrix, projected: Matrix): Float64Array {
  const inverseDiagonal = (x: Matrix): Float64Array => {
    const { r } = orthogonalize(x, new Float64Array(x.ncol));
    const inverse = invertUpper(r);
    const gram = multiply(inverse, transpose(inverse));
    return Float64Array.from({ length: x.ncol }, (_, j) => gram.data[j * (x.ncol + 1)]);
  };
  const plain = inverseDiagonal(d);
  const instrumented = inverseDiagonal(projected);
  return plain.map((value, j) => value / instrumented[j]);
}
