import type { Absorber } from '../../math/absorb/absorber.ts';
import { absorbedRank, buildAbsorber } from '../../math/absorb/absorber.ts';
import { groupMeans, groupWeights } from '../../math/absorb/group-means.ts';
import { addBlockInto, eliminateInto, gatherInto, permute, spreadInto } from '../../math/absorb/schur-system.ts';
import { sumOfSquares } from '../../math/pairwise-sum.ts';
import type { Design, FixedEffect } from '../contract.ts';
import type { Fit } from '../fit.ts';
import { rowsOf } from '../fit-rows.ts';
import type { EffectsSummary } from '../result/after-fit.ts';
import { connectedSets } from './connected-sets.ts';
import { effectsPart } from './prediction.ts';

/** The values of one fixed effect. */
export interface RecoveredEffect {
  readonly name: string;
  readonly effect: FixedEffect;
  /** One a level. */
  readonly values: Float64Array;
  /** Of each slope variable, one a level; 0 where it does not vary in the level. */
  readonly slopes: readonly Float64Array[];
}

export interface RecoveredEffects {
  readonly effects: readonly RecoveredEffect[];
  readonly summary: EffectsSummary;
}

/**
 * The fixed effects of a fit: values that add up to y - x b - u on every row. Of their free constants one a connected set and
 * effect is fixed by setting the first level there of every effect but the first to zero, as fixest's `fixef` does.
 * With two effects that makes the values unique (Abowd, Creecy and Kramarz 2002); with more it may not, which is said.
 * @returns null without fixed effects. @throws rows-needed
 */
export function recoverEffects(fit: Fit): RecoveredEffects | null {
  if (fit.design.effects.length === 0) return null;
  const { design } = rowsOf(fit, { kind: 'effects' });
  const { effects, weights } = design;
  const target = effectsPart(fit);
  const absorber = buildAbsorber(target.length, effects, weights);
  const found = someSolution(target, design, absorber);
  const sets = connectedSets(effects);
  const zeros = normalizeInto(found, sets);
  const levels = effects.reduce((sum, effect) => sum + effect.count, 0);
  const plain = effects.map((effect) => ({ ...effect, slopes: [] }));
  const rank = absorbedRank(absorber, effects);
  const slopeCount = effects.reduce((sum, effect) => sum + effect.count * effect.slopes.length, 0);
  const free = levels + slopeCount - rank.rank;
  return {
    effects: found,
    summary: {
      normalisation: 'first-level-zero',
      components: sets.count,
      is_unique: rank.isExact && free === sets.count * (plain.length - 1),
      max_error: largestError(target, found),
      effects: found.map(({ name, effect }, e) => ({ name, levels: effect.count, zeros: zeros[e] })),
    },
  };
}

/** Any values that add up to `target`, slopes in the units of their variable. */
function someSolution(target: Float64Array, { effects, weights }: Design, absorber: Absorber): RecoveredEffect[] {
  const solver = absorber.solver();
  const meansOf = (values: Float64Array, e: number): Float64Array => {
    const { codes, count } = effects[e];
    return groupMeans(values, codes, groupWeights(codes, count, weights), weights);
  };
  const bare = effects.map((effect) => ({
    name: effect.name,
    effect,
    values: new Float64Array(effect.count),
    slopes: effect.slopes.map(() => new Float64Array(effect.count)),
  }));
  if (solver === null) {
    bare[0].values.set(meansOf(target, 0));
    return bare;
  }
  const { system } = solver;
  const n = target.length;
  const sorted = permute(target, system.order);
  eliminateInto(system, sorted);
  const right = new Float64Array(system.size);
  gatherInto(system, sorted, right);
  const unknowns = solver.solve(right, Math.sqrt(sumOfSquares(right))) ?? right.fill(0);
  const all = new Float64Array(n);
  spreadInto(system, unknowns, all);
  const rest = new Float64Array(n);
  for (let s = 0; s < n; s++) rest[system.order[s]] = target[system.order[s]] - all[s];
  const slopesSeen = effects.map(() => 0);
  for (const block of system.blocks) {
    const own = bare[block.group];
    if (block.slope === null) {
      for (let level = 0; level < block.count; level++) own.values[level] += unknowns[block.first + level];
      continue;
    }
    const part = new Float64Array(n);
    addBlockInto(block, unknowns, part);
    const values = new Float64Array(n);
    for (let s = 0; s < n; s++) values[system.order[s]] = part[s];
    addSlope(own, slopesSeen[block.group], values, meansOf);
    slopesSeen[block.group] += 1;
  }
  const eliminated = meansOf(rest, system.eliminated);
  for (let level = 0; level < eliminated.length; level++) bare[system.eliminated].values[level] += eliminated[level];
  return bare;

  /** A slope's part is b (x - xbar) in every level: its b, and - b xbar to the level's value. */
  function addSlope(
    own: RecoveredEffect,
    which: number,
    part: Float64Array,
    levelMeans: (values: Float64Array, e: number) => Float64Array,
  ): void {
    const e = effects.indexOf(own.effect);
    const x = own.effect.slopes[which];
    const centres = levelMeans(x, e);
    const offsets = levelMeans(part, e);
    const furthest = new Float64Array(own.effect.count);
    for (let i = 0; i < n; i++) {
      const level = own.effect.codes[i];
      const distance = x[i] - centres[level];
      if (Math.abs(distance) <= Math.abs(furthest[level])) continue;
      furthest[level] = distance;
      own.slopes[which][level] = (part[i] - offsets[level]) / distance;
    }
    for (let level = 0; level < own.effect.count; level++) {
      own.values[level] += offsets[level] - own.slopes[which][level] * centres[level];
    }
  }
}

/** Moves constants to the first effect until the others' first levels in each set are zero. @returns zeros an effect. */
function normalizeInto(found: readonly RecoveredEffect[], sets: ReturnType<typeof connectedSets>): number[] {
  const shift = new Float64Array(sets.count);
  const zeros = found.map((own, e) => {
    if (e === 0) return 0;
    const setOf = sets.ofLevel[e];
    const first = new Int32Array(sets.count).fill(-1);
    for (let level = 0; level < setOf.length; level++) if (first[setOf[level]] < 0) first[setOf[level]] = level;
    const bases = Float64Array.from(first, (level) => own.values[level]);
    for (let level = 0; level < setOf.length; level++) own.values[level] -= bases[setOf[level]];
    for (let set = 0; set < sets.count; set++) shift[set] += bases[set];
    return sets.count;
  });
  const { values } = found[0];
  for (let level = 0; level < values.length; level++) values[level] += shift[sets.ofLevel[0][level]];
  return zeros;
}

/** The sum of all effects on every row. */
export function sumOfEffects(effects: readonly RecoveredEffect[], n: number): Float64Array {
  const out = new Float64Array(n);
  for (const { effect, values, slopes } of effects) {
    for (let i = 0; i < n; i++) out[i] += values[effect.codes[i]];
    slopes.forEach((slope, k) => {
      const x = effect.slopes[k];
      for (let i = 0; i < n; i++) out[i] += slope[effect.codes[i]] * x[i];
    });
  }
  return out;
}

function largestError(target: Float64Array, effects: readonly RecoveredEffect[]): number {
  const sum = sumOfEffects(effects, target.length);
  return target.reduce((most, value, i) => Math.max(most, Math.abs(value - sum[i])), 0);
}
