import type { LackingMeasure } from '../../error/lacking-measure.ts';
import { formatText } from '../../output/format/format-text.ts';
import { lackingWords } from '../../output/format/lacking-words.ts';
import type { Text } from '../../output/table/contract.ts';
import type { StudyCore } from '../../study/language/resolve.ts';
import type { StudyLeft } from '../../study/without/study-without.ts';
import type { CommandContext } from './context.ts';

/** A study as it is written, and what of it the raw tables can give. */
interface Compared {
  readonly whole: StudyCore;
  readonly left: StudyLeft;
}

/** Says what the raw tables lack, measure by measure, then what follows from it. */
export function warnOfLacking(
  lacking: readonly LackingMeasure[],
  compared: Compared,
  { progress, language }: Pick<CommandContext, 'progress' | 'language'>,
): void {
  for (const text of lackingTexts(lacking, compared)) progress.warn(formatText(text, language));
}

/** The same as texts; none where nothing is lacking. */
export function lackingTexts(lacking: readonly LackingMeasure[], { whole, left }: Compared): readonly Text[] {
  if (lacking.length === 0) return [];
  const { study, unmade } = left;
  const count = (kind: string): number => unmade.filter((one) => one.kind === kind).length;
  return [
    ...lacking.flatMap(lackingWords),
    ...tableNames(
      'lacking.made',
      study.tables.map(({ number }) => number),
    ),
    ...tableNames(
      'lacking.unmade',
      whole.tables.filter(({ id }) => !study.tables.some((one) => one.id === id)).map(({ number }) => number),
    ),
    {
      key: 'lacking.summary',
      values: {
        tables: study.tables.length,
        figures: study.figures.length,
        lost_tables: count('table'),
        lost_figures: count('figure'),
        claims: count('hypothesis'),
        variables: lacking.map(({ variable }) => variable).join(', '),
      },
    },
  ];
}

function tableNames(key: 'lacking.made' | 'lacking.unmade', numbers: readonly string[]): readonly Text[] {
  return numbers.length === 0 ? [] : [{ key, values: { names: numbers.join(', ') } }];
}
