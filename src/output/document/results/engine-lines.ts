import type { EngineNote } from '../../../model/result/engine-note.ts';
import type { Block } from '../contract.ts';

/** Which engine made the sums of each model, and how exact they are. */
export function engineLines(
  models: readonly { readonly id: string; readonly engine?: EngineNote }[],
): readonly Block[] {
  return models.flatMap(({ id, engine }): readonly Block[] => {
    if (engine === undefined) return [];
    const { version, passes, step } = engine;
    return [
      {
        kind: 'text',
        text: { key: 'engine.note', values: { model: id, name: version, passes, step: powerAbove(step) } },
      },
    ];
  });
}

/** The power of ten at or above a small number, 1e-14. */
function powerAbove(value: number): string {
  return value === 0 ? '0' : `1e${Math.ceil(Math.log10(value))}`;
}
