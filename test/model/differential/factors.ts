import type { DenseModel } from './dense-model.ts';
import { levelsOf } from './dense-model.ts';
import type { RandomModel } from './random-models.ts';

/**
 * The factor of a covariance under a convention, counted again from the levels: null where a convention counts by rules of its
 * own (reghdfe, xtreg, areg, linearmodels with several effects), whose counts have tests of their own.
 */
export function expectedFactor(model: RandomModel, dense: DenseModel): readonly number[] | null {
  const { ssc, vcov } = model;
  const type = vcov.split(':')[0];
  if (['hc0', 'hc2', 'hc3', 'cr2'].includes(type)) return [1];
  const n = dense.rows.length;
  const k = dense.names.length + (model.effects.length === 0 ? 1 : 0);
  const isCustom = ssc.includes('=');
  if (!['fixest', 'none', 'ivreg2', 'plm'].includes(ssc) && !isCustom) return null;
  const isBare = ssc === 'none' || ssc === 'ivreg2';
  const adjusts = !isBare && !/(^|,)adj=false/.test(ssc);
  const groupsAdjust = !isBare && !ssc.includes('cluster_adj=false');
  const isOwn = ssc.includes('cluster_df=conventional') || ssc === 'plm';
  const counting = ssc === 'plm' ? 'none' : (/fixef_k=(\w+)/.exec(ssc)?.[1] ?? 'nested');
  const at = (by: readonly string[]): string[] => {
    const levels = levelsOf(model, by);
    return dense.rows.map((i) => levels[i]);
  };
  const argument = vcov.split(':')[1] ?? '';
  const clusters = type === 'cluster' || type === 'cr3' || type === 'jackknife' ? argument.split('+') : [];
  if (type === 'cr3' || type === 'jackknife') {
    const count = new Set(at([clusters[0]])).size;
    return [groupsAdjust ? (count - 1) / count : 1];
  }
  const isNested = (by: readonly string[]): boolean =>
    clusters.some((name) => {
      const [inner, outer] = [at(by), at([name])];
      const known = new Map<string, string>();
      return inner.every((level, i) => {
        const found = known.get(level) ?? outer[i];
        known.set(level, found);
        return found === outer[i];
      });
    });
  let effects = 0;
  let nestedAny = false;
  let slopes = 0;
  model.effects.forEach(({ by, slopes: own }, e) => {
    const levels = new Set(at(by)).size;
    slopes += levels * own.length;
    if (counting === 'none') effects += ssc === 'plm' ? 0 : levels * own.length;
    else {
      const nested = counting === 'nested' && isNested(by);
      if (nested) nestedAny = true;
      effects += levels * (1 + own.length) - (e > 0 ? 1 : 0) - (nested ? levels - 1 : 0);
    }
  });
  if (counting === 'nested' && model.effects.length > 0) effects = Math.max(effects, slopes + (nestedAny ? 1 : 0));
  let counted = k + effects;
  if (type === 'iid') {
    if (ssc === 'plm') counted = k + (model.effects.length === 0 ? 0 : dense.absorbedRank);
    if (!adjusts) counted = ssc === 'ivreg2' ? 0 : 1;
    return [1 / (n - counted)];
  }
  const isOfRows = type === 'hc1' || (ssc === 'plm' && type === 'nw');
  const scale = adjusts ? (isOfRows ? n : n - 1) / (n - counted) : 1;
  if (type === 'hc1') return [adjusts ? scale : 1];
  if (type === 'conley') return [scale];
  if (type === 'nw' || type === 'dk') {
    const periods = new Set(at(['year'])).size;
    const isGrouped = groupsAdjust && !(ssc === 'plm' && type === 'nw');
    return [scale * (isGrouped ? periods / (periods - 1) : 1)];
  }
  const counts = clusters.map((name) => new Set(at([name])).size);
  const least = Math.min(...counts);
  const masks = Array.from({ length: 2 ** clusters.length - 1 }, (_, m) => m + 1);
  const ordered = masks.sort((a, b) => bits(a) - bits(b) || a - b);
  return ordered.map((mask) => {
    const own = clusters.filter((_, c) => (mask >> c) % 2 === 1);
    const keys = new Set(dense.rows.map((i) => own.map((name) => model.data[name][i]).join(' '))).size;
    const g = isOwn ? keys : least;
    return (bits(mask) % 2 === 1 ? 1 : -1) * scale * (groupsAdjust ? g / (g - 1) : 1);
  });
}

export function bits(mask: number): number {
  return mask.toString(2).replaceAll('0', '').length;
}
