import { redundantLevels } from '../../math/absorb/absorber.ts';
import { isNestedIn } from '../../table/factor.ts';
import type { FixedEffect } from '../contract.ts';
import type { EffectCounts, Influence } from '../fit.ts';

/** What counting parameters asks of the effects: of their codes where the rows are at hand, else as it was counted there. */
export function effectCounts(gives: Influence['gives']): EffectCounts {
  if (gives.kind !== 'rows') return gives.counts;
  const { effects } = gives.sample;
  return {
    isNestedIn: (e, { codes, count }) => codes !== null && isNestedIn(effects[e], { codes, count }),
    redundantLevels: (order, place) =>
      redundantLevels(
        order.map((e) => effects[e]),
        place,
      ),
    constantLevels: (e, s) => constantLevels(effects[e], effects[e].slopes[s]),
  };
}

/** Range within a level, in standard deviations of the whole column, up to which reghdfe takes a slope variable as constant. */
const constantRange = 1e-6;

/** Levels in which a slope variable does not vary. */
function constantLevels({ codes, count }: FixedEffect, slope: Float64Array): number {
  const low = new Float64Array(count).fill(Number.POSITIVE_INFINITY);
  const high = new Float64Array(count).fill(Number.NEGATIVE_INFINITY);
  let mean = 0;
  for (let i = 0; i < slope.length; i++) {
    low[codes[i]] = Math.min(low[codes[i]], slope[i]);
    high[codes[i]] = Math.max(high[codes[i]], slope[i]);
    mean += (slope[i] - mean) / (i + 1);
  }
  const deviation = Math.sqrt(slope.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (slope.length - 1));
  return low.reduce((sum, least, level) => sum + (high[level] - least <= constantRange * deviation ? 1 : 0), 0);
}
