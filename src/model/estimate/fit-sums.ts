import type { ColumnLevels } from '../../math/absorb/absorb-block.ts';
import type { Absorber } from '../../math/absorb/absorber.ts';
import { groupMeans, groupWeights, squaresWithin } from '../../math/absorb/group-means.ts';
import { levelMeans } from '../../math/absorb/plain-passes.ts';
import { addScaledInto, columnView } from '../../math/matrix.ts';
import { deviationProduct, mean, pairwiseSum, sumOfSquares } from '../../math/pairwise-sum.ts';
import type { Factor } from '../../table/factor.ts';
import type { Design } from '../contract.ts';
import { unitEffectOf } from '../design/unit-effect.ts';
import type { FitSums } from '../fit.ts';
import { weightedMean } from './centre.ts';
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
  /** What the first group took of outcome and kept regressors; left out where absorption did not sum it. */
  readonly levels?: { readonly y: ColumnLevels; readonly x: readonly ColumnLevels[] };
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
  const counts = groupWeights(unit.codes, unit.count, null);
  const unitTotals = design.weights === null ? counts : groupWeights(unit.codes, unit.count, design.weights);
  const weightedMeans = groupMeans(design.y, unit.codes, unitTotals, design.weights);
  return {
    unit,
    counts,
    outcome: centred(design.y),
    means: centred(design.weights === null ? weightedMeans : groupMeans(design.y, unit.codes, counts, null)),
    withinUnit: squaresWithin(design.y, unit.codes, weightedMeans, design.weights),
  };
}

/** Sums of squares behind the R2 family, and the squared correlations of Stata's xtreg, fe. */
export function fitSums(
  input: SumsInput,
  outcomeOf: () => OutcomeSums | null = () => outcomeSums(input.design),
): FitSums {
  const { design, refined, withinTotal, total } = input;
  const ssr = sumOfSquares(refined.residuals);
  const byLevel = unitLevelSums(input, ssr);
  const outcomeMean = (): number => weightedMean(design.y, design.weights);
  if (byLevel !== null) return { ssr, total, mean: outcomeMean, within: withinTotal, ...byLevel };
  const outcome = outcomeOf();
  if (outcome === null) {
    return { ssr, total, mean: outcomeMean, within: null, withinUnit: null, xtregBetween: null, xtregOverall: null };
  }
  const { unit, counts, withinUnit } = outcome;
  const fitted = linearPart(input);
  const floor = lostInRounding * Math.max(sumOfSquares(fitted), sumOfSquares(design.y));
  return {
    ssr,
    total,
    mean: outcomeMean,
    within: withinTotal,
    withinUnit,
    xtregBetween: correlationSquared(centred(groupMeans(fitted, unit.codes, counts, null)), outcome.means, floor),
    xtregOverall: correlationSquared(centred(fitted), outcome.outcome, floor),
  };
}

/**
 * The sums of the unit from what absorption kept of its levels, without another look at the rows. With f = x b + the other
 * effects, y less its unit means is f less its unit means plus the residuals, which are orthogonal to it: within units, f'f = f'y =
 * what the other effects took of y, and what x b explains of the rest. Null where the unit's means were not the first to go.
 */
function unitLevelSums(
  { design, absorber, refined, withinTotal, unknowns, levels }: SumsInput,
  ssr: number,
): Pick<FitSums, 'withinUnit' | 'xtregBetween' | 'xtregOverall'> | null {
  if (levels === undefined || absorber.first !== unitEffectOf(design)) return null;
  const { y, x } = levels;
  const { counts } = y;
  // Closed forms have the same mean of the other effects in every unit: it moves no correlation.
  const isClosed = absorber.method === 'balanced-two-way';
  const solver = isClosed ? null : absorber.solver();
  if (!isClosed && (solver === null || unknowns == null)) return null;
  const fitted =
    solver === null || unknowns == null ? new Float64Array(counts.length) : levelMeans(solver.system, unknowns);
  const own = refined.coefficients.length - x.length;
  x.forEach(({ means }, k) => {
    addScaledInto(fitted, means, refined.coefficients[own + k]);
  });
  const within = y.taken + Math.max(0, withinTotal - ssr);
  const f = weightedSums(fitted, fitted, counts);
  const g = weightedSums(y.means, y.means, counts);
  const cross = weightedSums(fitted, y.means, counts).around + within;
  const floor = lostInRounding * Math.max(f.raw + within, g.raw + y.squares);
  const [fAround, yAround] = [f.around + within, g.around + y.squares];
  const isFlat = (around: number, raw: number): boolean => around === 0 || around <= 1e-24 * raw;
  const isEmpty = isFlat(fAround, f.raw + within) || isFlat(yAround, g.raw + y.squares) || fAround <= floor;
  return {
    withinUnit: y.squares,
    xtregBetween: correlationSquared(centred(fitted), centred(y.means), floor),
    xtregOverall: isEmpty ? null : (cross * cross) / (fAround * yAround),
  };
}

/** Products of two columns of level means, around zero and around their means, over all rows. */
function weightedSums(
  a: Float64Array,
  b: Float64Array,
  counts: Float64Array,
): { readonly raw: number; readonly around: number } {
  const aMean = weightedMean(a, counts);
  const bMean = weightedMean(b, counts);
  const raw = new Float64Array(a.length);
  const around = new Float64Array(a.length);
  for (let g = 0; g < a.length; g++) {
    raw[g] = counts[g] * a[g] * b[g];
    around[g] = counts[g] * (a[g] - aMean) * (b[g] - bMean);
  }
  return { raw: pairwiseSum(raw), around: pairwiseSum(around) };
}

/** x b plus the effects other than the unit's: what xtreg, fe calls the linear prediction, up to a constant. */
function linearPart({ design, absorber, kept, refined, unknowns }: SumsInput): Float64Array {
  const addFittedInto = (target: Float64Array, scale: number): void => {
    kept.forEach((j, k) => {
      addScaledInto(target, columnView(design.x, j), scale * refined.coefficients[k]);
    });
  };
  const effects = (): Float64Array => {
    const out = design.y.slice();
    addFittedInto(out, -1);
    for (let i = 0; i < out.length; i++) {
      out[i] -= refined.residuals[i] / (design.weights === null ? 1 : Math.sqrt(design.weights[i]));
    }
    return out;
  };
  const part = otherEffectsPart(effects, design, { absorber, known: unknowns ?? null });
  addFittedInto(part, 1);
  return part;
}

/** Squares around the mean, as a share of those of the numbers behind them, that say nothing. */
const lostInRounding = 1e-26;

/** Null where either side does not vary. */
export function squaredCorrelation(a: Float64Array, b: Float64Array): number | null {
  return correlationSquared(centred(a), centred(b), 0);
}

/** Values, their mean and the sum of squares around it. */
interface Centred {
  readonly values: Float64Array;
  readonly mean: number;
  readonly squares: number;
  /** Nothing but rounding of the values. */
  readonly isConstant: boolean;
}

function centred(values: Float64Array): Centred {
  const centre = mean(values);
  const squares = deviationProduct(values, centre, values, centre);
  return { values, mean: centre, squares, isConstant: squares === 0 || squares <= 1e-24 * sumOfSquares(values) };
}

/** @param floor sum of squares of `a` that is rounding. */
function correlationSquared(a: Centred, b: Centred, floor: number): number | null {
  if (a.isConstant || b.isConstant || a.squares <= floor) return null;
  const cross = deviationProduct(a.values, a.mean, b.values, b.mean);
  return (cross * cross) / (a.squares * b.squares);
}
