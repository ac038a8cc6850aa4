import { redundantLevels } from '../../math/absorb/absorber.ts';
import { isNestedIn } from '../../table/factor.ts';
import type { Clustering, Fit, FixedEffect, SmallSampleRule } from '../contract.ts';
import { unitEffectOf } from '../design/unit-effect.ts';

/** Every parameter, the absorbed ones by their rank: N less this is `df_resid`. */
export function parameterCount(fit: Fit): number {
  return fit.slopeCount + (fit.design.hasConstant ? 1 : 0) + fit.absorbedRank;
}

/**
 * K of the correction (N-1)/(N-K), by whose convention `rule` is (conventions 2.1).
 * @param clusterings the clustering variables; empty for iid and HC.
 */
export function countedParameters(fit: Fit, rule: SmallSampleRule, clusterings: readonly Clustering[]): number {
  const { effects, hasConstant } = fit.design;
  const slopes = fit.slopeCount + (hasConstant ? 1 : 0);
  if (effects.length === 0) return slopes;
  const isNested = effects.map((effect) => clusterings.some((clustering) => isNestedIn(effect, clustering)));
  switch (rule.counting) {
    case 'fixest':
      return fixestCount(fit, rule, isNested);
    case 'reghdfe':
      return slopes + reghdfeAbsorbed(effects, isNested) + (isNested.includes(true) ? 1 : 0);
    case 'xtreg':
      return xtregCount(fit, clusterings, isNested);
    case 'plm':
      return slopes;
  }
}

/** Dummies and slopes of an effect. */
function sizeOf(effect: FixedEffect): number {
  return effect.count * (1 + effect.slopes.length);
}

/** All dummies, less one for every effect beyond the first: fixest does not look for further redundancy. */
export function fixestAbsorbed(effects: readonly FixedEffect[]): number {
  return effects.length === 0 ? 0 : effects.reduce((sum, effect) => sum + sizeOf(effect), 0) - (effects.length - 1);
}

/** fixest: nested effects give their levels back but for one each; slopes are parameters under every choice. */
function fixestCount(fit: Fit, rule: SmallSampleRule, isNested: readonly boolean[]): number {
  const { effects } = fit.design;
  const slopes = effects.reduce((sum, effect) => sum + effect.count * effect.slopes.length, 0);
  const least = fit.slopeCount + slopes;
  if (rule.fixefK === 'none') return least;
  const full = fit.slopeCount + fixestAbsorbed(effects);
  if (rule.fixefK === 'full') return full;
  const nested = effects.filter((_, e) => isNested[e]);
  const given = nested.reduce((sum, effect) => sum + effect.count - 1, 0);
  return Math.max(full - given, least + (nested.length > 0 ? 1 : 0));
}

/**
 * reghdfe's df_a: nested effects cost nothing; the first other one costs its levels (one less if something was nested), every
 * later one its levels less the components it shares with an earlier one.
 */
function reghdfeAbsorbed(effects: readonly FixedEffect[], isNested: readonly boolean[]): number {
  const free = effects.filter((_, e) => !isNested[e]);
  const least = free.length < effects.length ? 1 : 0;
  return free.reduce((sum, effect, e) => {
    const redundant = Math.min(effect.count, Math.max(redundantLevels(free, e), least));
    return sum + sizeOf(effect) - redundant;
  }, 0);
}

/**
 * Stata xtreg, fe: slopes, the other effects' dummies and the constant; the units on top where they are parameters: iid and
 * HC, and clusters that cut through units (`nonest dfadj`).
 */
function xtregCount(fit: Fit, clusterings: readonly Clustering[], isNested: readonly boolean[]): number {
  const unit = unitEffectOf(fit.design);
  const isCounted = clusterings.length === 0 || !isNested[unit];
  return fit.slopeCount + fit.absorbedRank - (isCounted ? 0 : fit.design.effects[unit].count - 1);
}
