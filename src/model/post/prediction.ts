import { columnView } from '../../math/matrix.ts';
import { interceptName } from '../estimate/constant.ts';
import type { Fit, GivesRows } from '../fit.ts';
import { rowsOf } from '../fit-rows.ts';

/** n values each. */
export interface Prediction {
  /** x b with the fixed effects: y - residual. */
  readonly fitted: Float64Array;
  /** y less fitted, without weights. */
  readonly residuals: Float64Array;
}

const use = { kind: 'prediction' } as const;

/** Fitted values and residuals on the rows of the sample. @throws rows-needed */
export function predictionOf(fit: Fit): Prediction {
  const rows = rowsOf(fit, use);
  const residuals = plainResiduals(rows);
  return { residuals, fitted: rows.design.y.map((value, i) => value - residuals[i]) };
}

/** u: the fit's residuals without the root of the weight. */
function plainResiduals({ residuals, design }: GivesRows): Float64Array {
  const { weights } = design;
  return weights === null ? residuals : residuals.map((value, i) => value / Math.sqrt(weights[i]));
}

/** x b on the rows of the sample, a constant that is a parameter with it, fixed effects without. @throws rows-needed */
export function linearPart(fit: Fit): Float64Array {
  const { names, coefficients } = fit;
  const { design } = rowsOf(fit, use);
  const out = new Float64Array(design.y.length);
  names.forEach((name, k) => {
    if (name === interceptName && design.hasConstant) {
      for (let i = 0; i < out.length; i++) out[i] += coefficients[k];
      return;
    }
    const j = design.terms.indexOf(name);
    if (j < 0) return;
    const column = columnView(design.x, j);
    for (let i = 0; i < out.length; i++) out[i] += coefficients[k] * column[i];
  });
  return out;
}

/** y - x b - u: the sum of the fixed effects on every row. @throws rows-needed */
export function effectsPart(fit: Fit): Float64Array {
  const xb = linearPart(fit);
  const rows = rowsOf(fit, use);
  const residuals = plainResiduals(rows);
  return rows.design.y.map((value, i) => value - xb[i] - residuals[i]);
}
