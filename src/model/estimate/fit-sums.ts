import type { Absorber } from '../../math/absorb/absorber.ts';
import { demeanInto, groupMeans, groupWeights } from '../../math/absorb/group-means.ts';
import { columnView } from '../../math/matrix.ts';
import { sumOfSquares } from '../../math/pairwise-sum.ts';
import type { Design, FitSums } from '../contract.ts';
import { unitEffectOf } from '../design/unit-effect.ts';
import { centreInto } from './centre.ts';
import { otherEffectsPart } from './other-effects.ts';

interface SumsInput {
  readonly design: Design;
  readonly absorber: Absorber;
  readonly kept: readonly number[];
  readonly refined: { readonly coefficients: Float64Array; readonly residuals: Float64Array };
  readonly withinTotal: number;
  readonly total: number;
}

/** Sums of squares behind the R2 family, and the squared correlations of Stata's xtreg, fe. */
export function fitSums(input: SumsInput): FitSums {
  const { design, refined, withinTotal, total } = input;
  const ssr = sumOfSquares(refined.residuals);
  if (design.effects.length === 0) {
    return { ssr, total, within: null, withinUnit: null, xtregBetween: null, xtregOverall: null };
  }
  const unit = design.effects[unitEffectOf(design)];
  const unitTotals = groupWeights(unit.codes, unit.count, design.weights);
  const withinUnit = Float64Array.from(design.y);
  centreInto(withinUnit, design.weights);
  demeanInto(withinUnit, unit.codes, unitTotals, design.weights);
  if (design.weights !== null)
    for (let i = 0; i < withinUnit.length; i++) withinUnit[i] *= Math.sqrt(design.weights[i]);
  const fitted = linearPart(input);
  const counts = groupWeights(unit.codes, unit.count, null);
  return {
    ssr,
    total,
    within: withinTotal,
    withinUnit: sumOfSquares(withinUnit),
    xtregBetween: squaredCorrelation(
      groupMeans(fitted, unit.codes, counts, null),
      groupMeans(design.y, unit.codes, counts, null),
    ),
    xtregOverall: squaredCorrelation(fitted, design.y),
  };
}

/** x b plus the effects other than the unit's: what xtreg, fe calls the linear prediction, up to a constant. */
function linearPart({ design, absorber, kept, refined }: SumsInput): Float64Array {
  const n = design.y.length;
  const xb = new Float64Array(n);
  kept.forEach((j, k) => {
    const column = columnView(design.x, j);
    for (let i = 0; i < n; i++) xb[i] += refined.coefficients[k] * column[i];
  });
  const effects = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const root = design.weights === null ? 1 : Math.sqrt(design.weights[i]);
    effects[i] = design.y[i] - xb[i] - refined.residuals[i] / root;
  }
  const other = otherEffectsPart(effects, design, absorber);
  for (let i = 0; i < n; i++) xb[i] += other[i];
  return xb;
}

/** Null where either side does not vary. */
export function squaredCorrelation(a: Float64Array, b: Float64Array): number | null {
  const left = Float64Array.from(a);
  const right = Float64Array.from(b);
  centreInto(left, null);
  centreInto(right, null);
  const leftSquares = sumOfSquares(left);
  const rightSquares = sumOfSquares(right);
  const vanishes = leftSquares <= 1e-24 * sumOfSquares(a) || rightSquares <= 1e-24 * sumOfSquares(b);
  if (vanishes || leftSquares === 0 || rightSquares === 0) return null;
  let cross = 0;
  for (let i = 0; i < left.length; i++) cross += left[i] * right[i];
  return (cross * cross) / (leftSquares * rightSquares);
}
