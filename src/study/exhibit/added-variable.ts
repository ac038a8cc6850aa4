import { z } from 'zod';
import { entryOf } from '../../error/at.ts';
import { said } from '../../error/said.ts';
import { StudyError } from '../../error/study-error.ts';
import { addedVariableFigure } from '../../output/figure/added-variable-figure.ts';
import type { FigureKind } from './contract.ts';
import { labelOf } from './labels.ts';
import { askingFaults } from './pointers.ts';
import { figureKeys } from './schema-parts.ts';

const what = 'The outcome against a term, each net of the rest of the model, with the line of its coefficient.';

const schema = z
  .strictObject({
    kind: z.literal('added_variable').describe(what),
    ...figureKeys,
    model: z.string().describe('A model with `added_variable`; of several columns the first that has the term.'),
    covariance: z.int().min(1).default(1).describe('Standard error under which of its covariances, from 1.'),
  })
  .describe('Added-variable plot.');

/** A term net of the rest. */
export const addedVariable = {
  kind: 'added_variable',
  schema,
  example: { kind: 'added_variable', id: 'added', title: 'y against x', model: 'netted' },
  check: askingFaults('added_variable'),
  tables: () => [],
  make: ({ id, title, model, covariance }, { models, study, number, isSynthetic }) => {
    const found = entryOf(models, model).find(({ results }) => (results[0].added_variable?.estimate ?? null) !== null);
    const result = found?.results[0].added_variable;
    if (found === undefined || result === undefined) {
      const expected = said('expected.figure_word', { word: 'added_variable' });
      throw new StudyError('bad-option', {
        option: `figures.${id}`,
        value: 'added_variable',
        expected,
        suggestion: null,
      });
    }
    const shown = found.results[covariance - 1] ?? found.results[0];
    return addedVariableFigure({
      ...{ id, number, title, result, isSynthetic },
      outcome: labelOf(study, shown.depvar),
      termLabel: labelOf(study, result.term),
      se: shown.coef.find(({ term }) => term === result.term)?.se ?? null,
    });
  },
} as const satisfies FigureKind<z.output<typeof schema>>;
