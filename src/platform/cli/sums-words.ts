import { refusalText } from '../../output/format/error-text/engine.ts';
import { formatText } from '../../output/format/format-text.ts';
import { refusedTogether, type SumsAccount } from '../../study/sums-account.ts';
import type { CommandContext } from '../app/context.ts';

/** Which models an engine makes the sums of, and why not the others. */
export function sumsWords(
  sums: Pick<SumsAccount, 'engine' | 'models' | 'memory'> & { readonly version?: string },
  { language }: Pick<CommandContext, 'language'>,
): readonly string[] {
  const { models, memory, engine, version = engine } = sums;
  const values = { engine: version, models: models.length, of: models.length + memory.length };
  return [
    formatText({ key: 'run.sums', values }, language),
    ...refusedTogether(sums).map(({ models: own, refused }) =>
      formatText({ key: 'run.in_memory', values: { models: own.join(', '), why: refusalText(refused) } }, language),
    ),
  ];
}
