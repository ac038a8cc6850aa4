import type { Matrix } from '../../../math/matrix.ts';
import { columnView, matrixOfColumns } from '../../../math/matrix.ts';
import type { Design } from '../../contract.ts';
import { weightedMean } from '../../estimate/centre.ts';
import { interceptName } from '../../estimate/constant.ts';
import { fitLeastSquares } from '../../estimate/fit-least-squares.ts';
import type { Fit, GivesRows } from '../../fit.ts';
import type { VarianceInflation } from '../../result/diagnosis.ts';

/**
 * Variance inflation of every regressor, 1 / (1 - R2_j) = S_j (X'X)^-1_jj with S_j the squares of x_j (Marquardt 1970; Stata's `estat vif`).
 * With fixed effects: of x net of the effects; of x as it is beside a constant; and of x as it is beside the dummies of the effects.
 * Without a constant the squares are around zero (`estat vif, uncentered`).
 */
export function varianceInflation(fit: Fit, { design, regressors }: GivesRows): readonly VarianceInflation[] {
  const terms = fit.names.filter((name) => name !== interceptName);
  const columns = terms.map((term) => columnView(design.x, design.terms.indexOf(term)));
  const inverse = inverseSquares(fit, terms);
  if (design.effects.length === 0) {
    return terms.map((term, j) => {
      const squares = squaresOf(columns[j], design.weights, design.hasConstant);
      return { term, vif: squares * inverse[j], pooled: null, with_dummies: null };
    });
  }
  const pooled = inverseSquares(pooledFit(design, terms, columns), terms);
  return terms.map((term, j) => {
    const squares = squaresOf(columns[j], design.weights, true);
    return {
      term,
      vif: squaresOf(columnView(regressors, j), null, false) * inverse[j],
      pooled: squares * pooled[j],
      with_dummies: squares * inverse[j],
    };
  });
}

function pooledFit(design: Design, terms: readonly string[], columns: readonly Float64Array[]): Fit {
  const x: Matrix = matrixOfColumns(design.y.length, columns);
  return fitLeastSquares({ ...design, terms, x, effects: [], hasConstant: true });
}

/** Diagonal of (X'X)^-1 of the terms. */
function inverseSquares({ transform, names }: Fit, terms: readonly string[]): readonly number[] {
  return terms.map((term) => {
    const row = names.indexOf(term);
    let sum = 0;
    for (let c = 0; c < transform.ncol; c++) sum += transform.data[row + c * transform.nrow] ** 2;
    return sum;
  });
}

function squaresOf(values: Float64Array, weights: Float64Array | null, isCentred: boolean): number {
  const mean = isCentred ? weightedMean(values, weights) : 0;
  return values.reduce((sum, value, i) => sum + (weights === null ? 1 : weights[i]) * (value - mean) ** 2, 0);
}
