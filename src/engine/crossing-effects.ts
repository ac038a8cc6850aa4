import type { EffectShape } from '../model/contract.ts';
import type { Nestings } from './nestings.ts';
import { refused } from './refuse.ts';
import type { StagedSample } from './sample.ts';

/** Levels of effects that cross clusters: their dummies stand beside the regressors. */
const mostCrossing = 1000;

/** A wild bootstrap by clusters: what they are named after, and whether it fits without each of them. */
export interface WantedWild {
  readonly by: string;
  readonly leavesOut: boolean;
}

/** The effects that cross the clusters of a wild bootstrap, and the finest of those that lie within; by place. */
export interface Crossing {
  readonly crossing: readonly number[];
  /** Null: none lies within clusters. */
  readonly within: number | null;
}

/** @throws engine-refused */
export function crossingEffects(
  wild: WantedWild | null,
  effects: readonly EffectShape[],
  {
    sample,
    nested,
    where,
  }: {
    readonly sample: Pick<StagedSample, 'effects' | 'clusterKey'>;
    readonly nested: Nestings;
    readonly where: string;
  },
): Crossing {
  const none: Crossing = { crossing: [], within: null };
  if (wild === null) return none;
  const places = effects.map((_, e) => e);
  const inside = places.filter((e) => nested(e, sample.clusterKey.get(wild.by)));
  const crossing = places.filter((e) => !inside.includes(e));
  if (crossing.length === 0) return none;
  const name = crossing.map((e) => effects[e]?.name ?? '').join(' + ');
  const levels = crossing.reduce((sum, e) => sum + (effects[e]?.count ?? 0), 0);
  if (levels > mostCrossing) throw refused(where, { kind: 'crossing', name, levels, limit: mostCrossing });
  if (wild.leavesOut) throw refused(where, { kind: 'leaving-out', name });
  const within = inside.find((e) => inside.every((f) => f === e || nested(e, sample.effects[f]))) ?? null;
  if (within === null && inside.length > 0)
    throw refused(where, { kind: 'within', name: inside.map((e) => effects[e]?.name ?? '').join(' + ') });
  return { crossing, within };
}
