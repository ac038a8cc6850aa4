import type { Absorber } from '../../math/absorb/absorber.ts';
import { groupMeans, groupWeights } from '../../math/absorb/group-means.ts';
import type { SchurSolver } from '../../math/absorb/schur-solver.ts';
import { addBlockInto, eliminateInto, gatherInto, permute, spreadInto } from '../../math/absorb/schur-system.ts';
import { columnView } from '../../math/matrix.ts';
import { sumOfSquares } from '../../math/pairwise-sum.ts';
import type { Design } from '../contract.ts';
import { unitEffectOf } from '../design/unit-effect.ts';
import type { OtherEffects } from './constant.ts';

/**
 * The part that belongs to fixed effects other than the unit's of values that are a sum of effects.
 * Determined up to a constant in every connected component.
 * @param valuesOf makes the values, where they are needed.
 * @param known their coefficients on the dummies of the absorber's system, if absorption left them; else they are solved for.
 */
export function otherEffectsPart(
  valuesOf: () => Float64Array,
  design: Design,
  { absorber, known }: { readonly absorber: Absorber; readonly known: Float64Array | null },
): Float64Array {
  const unit = unitEffectOf(design);
  const n = design.y.length;
  const out = new Float64Array(n);
  if (absorber.method === 'balanced-two-way') {
    // Every level of the other effect meets every unit once: its means differ by the effect alone.
    const { codes, count } = design.effects[1 - unit];
    const means = groupMeans(valuesOf(), codes, groupWeights(codes, count, null), null);
    for (let i = 0; i < n; i++) out[i] = means[codes[i]];
    return out;
  }
  const solver = absorber.solver();
  if (solver === null) return out;
  const { system } = solver;
  const unknowns = known ?? solvedUnknowns(valuesOf(), solver);
  const part = system.isSorted ? out : new Float64Array(n);
  for (const block of system.blocks) {
    if (block.group !== unit || block.slope !== null) addBlockInto(block, unknowns, part);
  }
  if (part !== out) for (let s = 0; s < n; s++) out[system.order[s]] = part[s];
  if (system.eliminated === unit) return out;
  // The eliminated group is one of the others: what the blocks leave of the values is its effect.
  const all = new Float64Array(n);
  spreadInto(system, unknowns, all);
  const values = valuesOf();
  const rest = new Float64Array(n);
  for (let s = 0; s < n; s++) rest[system.order[s]] = values[system.order[s]] - all[s];
  const { codes, count } = design.effects[system.eliminated];
  const means = groupMeans(rest, codes, groupWeights(codes, count, design.weights), design.weights);
  for (let i = 0; i < n; i++) out[i] += means[codes[i]];
  return out;
}

function solvedUnknowns(values: Float64Array, solver: SchurSolver): Float64Array {
  const { system } = solver;
  const sorted = permute(values, system.order);
  eliminateInto(system, sorted);
  const right = new Float64Array(system.size);
  gatherInto(system, sorted, right);
  return solver.solve(right, Math.sqrt(sumOfSquares(right))) ?? right.fill(0);
}

/** A column's coefficients on the dummies of the absorber's system; null for a closed form. */
interface AbsorbedUnknowns {
  readonly unknowns: Float64Array | null;
}

/** The dummies' coefficients of y - x b from those of the columns; null where absorption left none. */
export function remainingUnknowns(
  y: AbsorbedUnknowns,
  x: readonly AbsorbedUnknowns[],
  coefficients: Float64Array,
): Float64Array | null {
  if (y.unknowns === null) return null;
  const out = y.unknowns.slice();
  x.forEach(({ unknowns }, j) => {
    if (unknowns !== null) for (let i = 0; i < out.length; i++) out[i] -= coefficients[j] * unknowns[i];
  });
  return out;
}

/**
 * The effects other than the unit's as regressors with their first level as base, as `xtreg y x i.t, fe` has them: the
 * vector h for which h' (y - x b) is the mean of their part. With M the unit's demeaning, D the other dummies, d their means
 * less 1 at each base: D' M D g = d, h = M D g.
 * @returns null where that mean is not estimable (effects not connected) or where there are slopes.
 */
export function otherEffectsMean(design: Design, absorber: Absorber, kept: readonly number[]): OtherEffects | null {
  const unit = unitEffectOf(design);
  if (design.effects.some((effect) => effect.slopes.length > 0)) return null;
  const vector = meanVector(design, absorber, unit);
  if (vector === null) return null;
  const { weights, y, x } = design;
  const weighted = weights === null ? vector : vector.map((value, i) => value * weights[i]);
  const onColumn = (column: Float64Array): number => {
    let sum = 0;
    for (let i = 0; i < column.length; i++) sum += weighted[i] * column[i];
    return sum;
  };
  return {
    vector: weights === null ? vector : vector.map((value, i) => value * Math.sqrt(weights[i])),
    onOutcome: onColumn(y),
    onRegressors: kept.map((j) => onColumn(columnView(x, j))),
  };
}

function meanVector(design: Design, absorber: Absorber, unit: number): Float64Array | null {
  if (absorber.method === 'balanced-two-way') {
    // The mean of the other effect less its base is ybar less the mean at the base.
    const { codes, count } = design.effects[1 - unit];
    const n = codes.length;
    return Float64Array.from(codes, (code) => (code === 0 ? 1 / n - count / n : 1 / n));
  }
  const solver = absorber.solver();
  return solver === null ? null : meanFunctional(design, solver, unit);
}

/**
 * h of the model of all effects: the functional "mean of the other effects' part, bases at 0" applied to y. With c the
 * coefficients of the functional on the dummies of all groups (0 on the unit's), h = D_all g with D_all' W D_all g = c.
 */
function meanFunctional(design: Design, solver: SchurSolver, unit: number): Float64Array | null {
  const { system } = solver;
  const { effects, weights } = design;
  const n = system.nrow;
  const targets = effects.map((effect, e) => {
    const target = new Float64Array(effect.count);
    if (e === unit) return target;
    const totals = groupWeights(effect.codes, effect.count, weights);
    const all = totals.reduce((a, b) => a + b, 0);
    for (let level = 0; level < effect.count; level++) target[level] = totals[level] / all;
    target[0] -= 1;
    return target;
  });
  // Eliminate the largest group from the normal equations: right = c_blocks - D' W (c_e / w_e spread over its rows).
  const eliminatedTarget = targets[system.eliminated];
  const levelValue = eliminatedTarget.map((value, level) => value / system.totals[level]);
  const spread = new Float64Array(n);
  for (let level = 0; level < levelValue.length; level++) {
    spread.fill(levelValue[level], system.starts[level], system.starts[level + 1]);
  }
  const right = new Float64Array(system.size);
  gatherInto(system, spread.map(Math.abs), right);
  const size = Math.sqrt(sumOfSquares(right) + targets.reduce((sum, target) => sum + sumOfSquares(target), 0));
  gatherInto(system, spread, right);
  for (const block of system.blocks) {
    for (let level = 0; level < block.count; level++) {
      right[block.first + level] = targets[block.group][level] - right[block.first + level];
    }
  }
  const unknowns = solver.solve(right, size);
  if (unknowns === null) return null;
  const sorted = new Float64Array(n);
  spreadInto(system, unknowns, sorted);
  eliminateInto(system, sorted);
  const out = new Float64Array(n);
  for (let s = 0; s < n; s++) out[system.order[s]] = sorted[s] + spread[s];
  return out;
}
