import { z } from 'zod';
import { at, entryOf } from '../../error/at.ts';
import { nearestName } from '../../error/nearest-name.ts';
import { anyOf, said } from '../../error/said.ts';
import { StudyError } from '../../error/study-error.ts';
import { rowWord } from '../../model/post/dfbeta.ts';
import { dfbetaFigure } from '../../output/figure/dfbeta-figure.ts';
import type { FigureKind } from './contract.ts';
import { labelOf } from './labels.ts';
import { levelNamesOf } from './level-names.ts';
import { askingFaults } from './pointers.ts';
import { figureKeys } from './schema-parts.ts';

const schema = z
  .strictObject({
    kind: z.literal('dfbeta').describe('DFBETAS of every row, unit or period, the farthest named.'),
    ...figureKeys,
    model: z.string().describe('A model with `dfbeta`.'),
    by: z.string().describe('Which of its `dfbeta_by`: a column, or `row`. Default: the first.').optional(),
    column: z.int().min(1).default(1).describe('Column of that model, from 1.'),
  })
  .describe('Influence on a coefficient.');

/** What single rows, units or periods do to a coefficient. */
export const dfbeta = {
  kind: 'dfbeta',
  schema,
  example: { kind: 'dfbeta', id: 'influence', title: 'Influence', model: 'weighed', by: 'id' },
  check: askingFaults('dfbeta'),
  tables: () => [],
  make: ({ id, title, model, by, column }, { models, study, panel, number, isSynthetic }) => {
    const columns = entryOf(models, model);
    const found = columns[column - 1]?.results[0].dfbeta;
    if (found === undefined) {
      const detail = { option: `figures.${id}.column`, value: String(column), suggestion: null };
      throw new StudyError('bad-option', { ...detail, expected: said('range.at_most', { value: columns.length }) });
    }
    const names = found.groups.map((one) => one.by ?? rowWord);
    const place = by === undefined ? 0 : names.indexOf(by);
    if (place < 0 || names.length === 0) {
      const detail = { option: `figures.${id}.by`, value: by ?? '', suggestion: nearestName(by ?? '', names) };
      throw new StudyError('bad-option', { ...detail, expected: anyOf(names) });
    }
    const termLabel = labelOf(study, found.term);
    const group = at(found.groups, place);
    const levelName = group.by === null ? {} : { levelName: levelNamesOf(panel, group.by) };
    return dfbetaFigure({ id, number, title, group, termLabel, ...levelName, isSynthetic });
  },
} as const satisfies FigureKind<z.output<typeof schema>>;
