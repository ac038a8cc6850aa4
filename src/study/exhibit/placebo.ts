import { z } from 'zod';
import { entryOf } from '../../error/at.ts';
import { said } from '../../error/said.ts';
import { StudyError } from '../../error/study-error.ts';
import { placeboFigure } from '../../output/figure/placebo-figure.ts';
import type { FigureKind } from './contract.ts';
import { labelOf } from './labels.ts';
import { askingFaults } from './pointers.ts';
import { figureKeys } from './schema-parts.ts';

const schema = z
  .strictObject({
    kind: z.literal('placebo').describe('Density and p-values of the placebo coefficients, with the estimate.'),
    ...figureKeys,
    model: z.string().describe('A model with `permute`.'),
    column: z.int().min(1).default(1).describe('Column of that model, from 1.'),
  })
  .describe('Placebo test.');

/** The draws of a permutation test: their density, the p-value of each, and the estimate of the sample. */
export const placebo = {
  kind: 'placebo',
  schema,
  example: { kind: 'placebo', id: 'placebo', title: 'Placebo', model: 'moved' },
  check: askingFaults('permute'),
  tables: () => [],
  make: ({ id, title, model, column }, { models, study, number, isSynthetic }) => {
    const columns = entryOf(models, model);
    const test = columns[column - 1]?.results[0].permutation;
    if (test === undefined) {
      const detail = { option: `figures.${id}.column`, value: String(column), suggestion: null };
      throw new StudyError('bad-option', {
        ...detail,
        expected: said('range.at_most', { value: columns.length }),
      });
    }
    return placeboFigure({
      id,
      number,
      title,
      test,
      drawn: 'placebo',
      termLabel: labelOf(study, test.term),
      isSynthetic,
    });
  },
} as const satisfies FigureKind<z.output<typeof schema>>;
