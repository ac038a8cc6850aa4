import type { EngineUse } from '../error/engine-use.ts';
import type { EstimatedModels } from './estimated.ts';

/** Where the sums of the models of a run were made that asked an engine for them: part of `run` of results.json. */
export interface SumsAccount {
  readonly engine: string;
  readonly version: string;
  /** Models that it estimated. */
  readonly models: readonly string[];
  /** Those that it did not, each with what it refused. */
  readonly memory: readonly { readonly model: string; readonly refused: EngineUse }[];
}

/** Models in memory by what the engine refused of them. */
export function refusedTogether({ memory }: Pick<SumsAccount, 'memory'>): readonly {
  readonly models: readonly string[];
  readonly refused: EngineUse;
}[] {
  const found = new Map<string, { models: string[]; refused: EngineUse }>();
  for (const { model, refused } of memory) {
    const key = `${refused.kind} ${refused.name}`;
    const group = found.get(key) ?? { models: [], refused };
    group.models.push(model);
    found.set(key, group);
  }
  return [...found.values()];
}

/** @param engine what was asked */
export function sumsAccount(models: EstimatedModels, engine: Pick<SumsAccount, 'engine' | 'version'>): SumsAccount {
  const refused = Object.entries(models).flatMap(([model, [column]]) =>
    column?.refused === undefined ? [] : [{ model, refused: column.refused }],
  );
  const inMemory = new Set(refused.map(({ model }) => model));
  return { ...engine, models: Object.keys(models).filter((id) => !inMemory.has(id)), memory: refused };
}
