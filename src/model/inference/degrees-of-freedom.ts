import type { EffectAccount, EffectShape, ParameterAccount, SmallSampleRule } from '../contract.ts';
import { unitEffectOf } from '../design/unit-effect.ts';
import type { Counted, EffectCounts, Groups } from '../fit.ts';
import { effectCounts } from './effect-counts.ts';

/** Every parameter, the absorbed ones by their rank: N less this is `df_resid`. */
export function parameterCount(influence: Pick<Counted, 'design' | 'slopeCount' | 'absorbedRank'>): number {
  return influence.slopeCount + (influence.design.hasConstant ? 1 : 0) + influence.absorbedRank;
}

/** K of an account. */
export function totalOf(account: ParameterAccount): number {
  return account.slopes + account.constant + account.effects.reduce((sum, one) => sum + one.counted, 0) + account.extra;
}

/**
 * K of the correction (N-1)/(N-K) by its parts, by whose convention `rule` is (docs/methods/covariance.md).
 * @param clusterings the clustering variables; empty for all but cluster-robust covariances.
 * @param isResidual K is that of the residual variance, which plm has with every effect; its sandwiches count slopes alone.
 */
export function parameterAccount(
  influence: Counted,
  rule: SmallSampleRule,
  clusterings: readonly Groups[],
  isResidual = false,
): ParameterAccount {
  const { effects, hasConstant } = influence.design;
  const bare = { slopes: influence.slopeCount, constant: hasConstant ? 1 : 0, effects: [], extra: 0 };
  if (effects.length === 0) return bare;
  const counts = effectCounts(influence.gives);
  const isNested = effects.map((_, e) => clusterings.some((clustering) => counts.isNestedIn(e, clustering)));
  switch (rule.counting) {
    case 'fixest':
      return { ...bare, ...fixestAccount(effects, rule, isNested) };
    case 'reghdfe':
      return { ...bare, ...reghdfeAccount(effects, counts, isNested) };
    case 'xtreg': {
      const isUnitFree = clusterings.length > 0 && isNested[unitEffectOf(influence.design)];
      return { ...bare, ...dummyAccount(influence, counts, isNested, isUnitFree) };
    }
    case 'areg':
      return { ...bare, ...dummyAccount(influence, counts, isNested, false) };
    case 'plm':
      if (isResidual) return { ...bare, ...dummyAccount(influence, counts, isNested, false) };
      return { ...bare, effects: effects.map((effect, e) => accountOf(effect, 0, isNested[e])) };
    case 'linearmodels': {
      // Nested effects are not counted where they are the only ones (linearmodels PanelOLS, _determine_df_adjustment).
      if (effects.length === 1 && isNested[0]) return { ...bare, effects: [accountOf(effects[0], 0, true)] };
      return { ...bare, ...dummyAccount(influence, counts, isNested, false) };
    }
  }
}

type EffectsPart = Pick<ParameterAccount, 'effects' | 'extra'>;

function accountOf(effect: EffectShape, counted: number, isNested: boolean): EffectAccount {
  return { name: effect.name, levels: effect.count, counted, isNested };
}

/** Dummies and slopes of an effect. */
function sizeOf(effect: EffectShape): number {
  return effect.count * (1 + effect.slopes.length);
}

/** All dummies, less one for every effect beyond the first: fixest does not look for further redundancy. */
export function fixestAbsorbed(effects: readonly EffectShape[]): number {
  return effects.length === 0 ? 0 : effects.reduce((sum, effect) => sum + sizeOf(effect), 0) - (effects.length - 1);
}

/** fixest: nested effects give their levels back but for one each; slopes are parameters under every choice. */
function fixestAccount(
  effects: readonly EffectShape[],
  rule: SmallSampleRule,
  isNested: readonly boolean[],
): EffectsPart {
  const parts = effects.map((effect, e) => {
    const slopes = effect.count * effect.slopes.length;
    if (rule.fixefK === 'none') return accountOf(effect, slopes, isNested[e]);
    const given = rule.fixefK === 'nested' && isNested[e] ? effect.count - 1 : 0;
    return accountOf(effect, sizeOf(effect) - (e > 0 ? 1 : 0) - given, isNested[e]);
  });
  const sum = parts.reduce((total, part) => total + part.counted, 0);
  const slopes = effects.reduce((total, effect) => total + effect.count * effect.slopes.length, 0);
  const least = rule.fixefK === 'nested' ? slopes + (isNested.includes(true) ? 1 : 0) : sum;
  return { effects: parts, extra: Math.max(0, least - sum) };
}

/**
 * reghdfe's df_a (DoF.mata of version 6). Intercepts: nested ones cost nothing, and 1 together; the first other one costs its
 * levels (one less if something was nested), every later one its levels less the components it shares with an earlier one.
 * Slopes: one a level, nested or not, but for levels in which the variable does not vary. Redundancy between slopes and other
 * effects is not looked for: `id[year] + year` counts one parameter more than its rank.
 */
function reghdfeAccount(
  effects: readonly EffectShape[],
  counts: EffectCounts,
  isNested: readonly boolean[],
): EffectsPart {
  const free = effects.flatMap((_, e) => (isNested[e] ? [] : [e]));
  const nestedCount = effects.length - free.length;
  const least = nestedCount > 0 ? 1 : 0;
  const parts = effects.map((effect, e) => {
    const slopes = effect.slopes.reduce<number>((sum, _, k) => sum + effect.count - counts.constantLevels(e, k), 0);
    if (isNested[e]) return accountOf(effect, slopes, true);
    const redundant = Math.min(effect.count, Math.max(counts.redundantLevels(free, free.indexOf(e)), least));
    return accountOf(effect, effect.count - redundant + slopes, false);
  });
  return { effects: parts, extra: least };
}

/**
 * Stata with dummies: the unit's levels (1 for all of them where they are free: xtreg, fe with clusters that hold whole
 * units), the others' levels less what is redundant, a slope a level; what else is redundant is `extra`, below 0.
 */
function dummyAccount(
  { design, absorbedRank }: Counted,
  counts: EffectCounts,
  isNested: readonly boolean[],
  isUnitFree: boolean,
): EffectsPart {
  const { effects } = design;
  const unit = unitEffectOf(design);
  const order = [unit, ...effects.flatMap((_, e) => (e === unit ? [] : [e]))];
  const parts = effects.map((effect, e) => {
    const slopes = effect.count * effect.slopes.length;
    if (e === unit) return accountOf(effect, (isUnitFree ? 1 : effect.count) + slopes, isNested[e]);
    return accountOf(effect, effect.count - counts.redundantLevels(order, order.indexOf(e)) + slopes, isNested[e]);
  });
  const sum = parts.reduce((total, part) => total + part.counted, 0);
  const wanted = absorbedRank - (isUnitFree ? effects[unit].count - 1 : 0);
  return { effects: parts, extra: wanted - sum };
}
