import type { ExplainedModel, ExplainedPass } from '../../../engine/explain.ts';
import type { EngineNote } from '../../../model/result/engine-note.ts';
import type { TextKey } from '../../format/text-key.ts';
import type { PhraseValue, Text } from '../../table/contract.ts';
import type { Block, Document } from '../contract.ts';
import type { ResultsOf } from './models.ts';

/** What an engine would run for each model, with what every pass reads. */
export function enginePlanDocument(
  models: readonly ExplainedModel[],
  engine: Pick<EngineNote, 'name' | 'version'>,
  { version }: ResultsOf,
): Document {
  const title = phrase('engine.plan.title', { formula: models.map(({ formula }) => formula).join('; ') });
  return {
    title,
    blocks: [
      ...models.flatMap(({ formula, by, passes }): readonly Block[] => [
        {
          kind: 'heading',
          text: by === null ? phrase('engine.plan.title', { formula }) : phrase('engine.plan.split', { formula, by }),
        },
        ...passes.flatMap((pass, place): readonly Block[] => [
          { kind: 'text', text: lineOf(pass, place + 1) },
          { kind: 'code', text: pass.sql },
        ]),
      ]),
      { kind: 'text', text: phrase('engine.plan.foot') },
    ],
    data: { kaya: version, engine, explained: models },
  };
}

function lineOf({ id, reads, bytes, slice }: ExplainedPass, number: number): Text {
  const what = phrase(`engine.what.${id}`);
  const own = slice === undefined ? what : phrase('engine.slice', { what, part: slice.number, parts: slice.count });
  return phrase('engine.plan.line', { number, what: own, reads: readsOf(reads, bytes) });
}

function readsOf(reads: ExplainedPass['reads'], bytes: number | null): Text {
  if (reads === 'sends') return phrase('engine.plan.sends');
  if (reads === 'levels' || (reads === 'rows' && bytes === null)) return phrase('engine.plan.levels');
  if (bytes === null) return phrase('engine.plan.source_unknown');
  return phrase(reads === 'source' ? 'engine.plan.source' : 'engine.plan.rows', { size: sizeText(bytes) });
}

const units = ['B', 'kB', 'MB', 'GB', 'TB'];

function sizeText(bytes: number): string {
  const place = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  return `${Math.ceil(bytes / 1000 ** place)} ${units[place]}`;
}

function phrase(key: TextKey, values: Readonly<Record<string, PhraseValue>> = {}): Text {
  return { key, values };
}
