import type { Absorber } from '../../math/absorb/absorber.ts';
import { demeanInto, groupMeans, groupWeights } from '../../math/absorb/group-means.ts';
import { addScaledInto, columnView } from '../../math/matrix.ts';
import { sumOfSquares } from '../../math/pairwise-sum.ts';
import type { Factor } from '../../table/factor.ts';
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
  /** The dummies' coefficients of y - x b, as absorption left them; null or left out: solved for. */
  readonly unknowns?: Float64Array | null;
}

/** What the sums need of the outcome alone: the same for every model of it on one sample. */
export interface OutcomeSums {
  readonly unit: Factor;
  /** Rows of every unit. */
  readonly counts: Float64Array;
  /** y, and its means by unit. */
  readonly outcome: Centred;
  readonly means: Centred;
  readonly withinUnit: number;
}

/** Null without fixed effects. */
export function outcomeSums(design: Design): OutcomeSums | null {
  if (design.effects.length === 0) return null;
  const unit = design.effects[unitEffectOf(design)];
  const unitTotals = groupWeights(unit.codes, unit.count, design.weights);
  const withinUnit = design.y.slice();
  centreInto(withinUnit, design.weights);
  demeanInto(withinUnit, unit.codes, unitTotals, design.weights);
  if (design.weights !== null)
    for (let i = 0; i < withinUnit.length; i++) withinUnit[i] *= Math.sqrt(design.weights[i]);
  const counts = groupWeights(unit.codes, unit.count, null);
  return {
    unit,
    counts,
    outcome: centred(design.y),
    means: centred(groupMeans(design.y, unit.codes, counts, null)),
    withinUnit: sumOfSquares(withinUnit),
  };
}

/** Sums of squares behind the R2 family, and the squared correlations of Stata's xtreg, fe. */
export function fitSums(input: SumsInput, outcome: OutcomeSums | null = outcomeSums(input.design)): FitSums {
  const { design, refined, withinTotal, total } = input;
  const ssr = sumOfSquares(refined.residuals);
  if (outcome === null) {
    return { ssr, total, within: null, withinUnit: null, xtregBetween: null, xtregOverall: null };
  }
  const { unit, counts, withinUnit } = outcome;
  const fitted = linearPart(input);
  const floor = lostInRounding * Math.max(sumOfSquares(fitted), sumOfSquares(design.y));
  return {
    ssr,
    total,
    within: withinTotal,
    withinUnit,
    xtregBetween: correlationSquared(centred(groupMeans(fitted, unit.codes, counts, null)), outcome.means, floor),
    xtregOverall: correlationSquared(centred(fitted), outcome.outcome, floor),
  };
}

/** x b plus the effects other than the unit's: what xtreg, fe calls the linear prediction, up to a constant. */
function linearPart({ design, absorber, kept, refined, unknowns }: SumsInput): Float64Array {
  const n = design.y.length;
  const xb = new Float64Array(n);
  kept.forEach((j, k) => {
    addScaledInto(xb, columnView(design.x, j), refined.coefficients[k]);
  });
  const effects = (): Float64Array => {
    const out = new Float64Array(n);
    for (let i = 0; i < n; i++) {
      const root = design.weights === null ? 1 : Math.sqrt(design.weights[i]);
      out[i] = design.y[i] - xb[i] - refined.residuals[i] / root;
    }
    return out;
  };
  const other = otherEffectsPart(effects, design, { absorber, known: unknowns ?? null });
  addScaledInto(other, xb, 1);
  return other;
}

/** Squares around the mean, as a share of those of the numbers behind them, that say nothing. */
const lostInRounding = 1e-26;

/** Null where either side does not vary. */
export function squaredCorrelation(a: Float64Array, b: Float64Array): number | null {
  return correlationSquared(centred(a), centred(b), 0);
}

/** Values less their mean, and their sum of squares. */
interface Centred {
  readonly values: Float64Array;
  readonly squares: number;
  /** Nothing but rounding of the values. */
  readonly isConstant: boolean;
}

function centred(raw: Float64Array): Centred {
  const values = raw.slice();
  centreInto(values, null);
  const squares = sumOfSquares(values);
  return { values, squares, isConstant: squares === 0 || squares <= 1e-24 * sumOfSquares(raw) };
}

/** @param floor sum of squares of `a` that is rounding. */
function correlationSquared(a: Centred, b: Centred, floor: number): number | null {
  if (a.isConstant || b.isConstant || a.squares <= floor) return null;
  let cross = 0;
  for (let i = 0; i < a.values.length; i++) cross += a.values[i] * b.values[i];
  return (cross * cross) / (a.squares * b.squares);
}
