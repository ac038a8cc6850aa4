import type { EffectShape } from '../model/contract.ts';
import { numberAt } from '../table/cell-at.ts';
import { type Passes, read } from './contract.ts';
import type { StagedSample } from './sample.ts';

const fewRows = 20_000;

/** Whether some level of an effect lies in two groups. */
function splitOf(effect: string, key: string, from: string): string {
  return `SELECT count(*) AS n FROM (SELECT ${effect} FROM ${from} GROUP BY ${effect} HAVING min(${key}) <> max(${key}) LIMIT 1) AS split`;
}

/** Whether every level of an effect lies in one group: by place of the effect and key of the groups. */
export type Nestings = (effect: number, key: string | undefined) => boolean;

export function* nestings(
  sample: StagedSample,
  effects: readonly EffectShape[],
  clusters: readonly (readonly string[])[],
): Passes<Nestings> {
  const nested = new Map<string, boolean>();
  const keys = new Set([...clusters.flat().map((name) => sample.clusterKey.get(name) ?? ''), ...sample.effects]);
  for (const [e, effect] of sample.effects.entries()) {
    for (const key of keys) {
      if (key === effect) {
        nested.set(`${e} ${key}`, true);
        continue;
      }
      const around = sample.effects.indexOf(key);
      // A level of the coarser of two effects never lies in one of the finer.
      if (around >= 0 && (effects[around]?.count ?? 0) > (effects[e]?.count ?? 0)) continue;
      // A few rows show most effects to lie across groups.
      const few = yield* read(
        'nested',
        splitOf(effect, key, `(SELECT * FROM ${sample.table} LIMIT ${fewRows}) AS few`),
      );
      if (numberAt(few, 'n') > 0) continue;
      const split = yield* read('nested', splitOf(effect, key, sample.table));
      nested.set(`${e} ${key}`, numberAt(split, 'n') === 0);
    }
  }
  return (effect, key) => nested.get(`${effect} ${key}`) === true;
}
