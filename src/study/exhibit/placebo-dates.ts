import { z } from 'zod';
import { entryOf } from '../../error/at.ts';
import { said } from '../../error/said.ts';
import { StudyError } from '../../error/study-error.ts';
import type { PlaceboTest } from '../../model/result/placebo.ts';
import { earlierFigure, placeboFigure } from '../../output/figure/placebo-figure.ts';
import type { EstimatedModels } from '../estimated.ts';
import type { FigureKind } from './contract.ts';
import { labelOf } from './labels.ts';
import { askingFaults } from './pointers.ts';
import { figureKeys } from './schema-parts.ts';

const pointer = {
  ...figureKeys,
  model: z.string().describe('A model with `placebo`.'),
  column: z.int().min(1).default(1).describe('Column of that model, from 1.'),
};

const datesSchema = z
  .strictObject({
    kind: z
      .literal('placebo_dates')
      .describe('Density and p-values of the effects of a treatment with dates at random, with the estimate.'),
    ...pointer,
  })
  .describe('Placebo dates at random.');

const earlierSchema = z
  .strictObject({
    kind: z.literal('placebo_earlier').describe('Effects of a treatment moved earlier, with 95 % intervals.'),
    ...pointer,
  })
  .describe('Placebo in time.');

/** The draws of a placebo of dates: their density, the p-value of each, and the estimate of the sample. */
export const placeboDates = {
  kind: 'placebo_dates',
  schema: datesSchema,
  example: { kind: 'placebo_dates', id: 'dates', title: 'Dates at random', model: 'dated' },
  check: askingFaults('placebo'),
  tables: () => [],
  make: ({ id, title, model, column }, { models, study, number, isSynthetic }) => {
    const { term, random } = testOf(models, { id, model, column });
    if (random === null) throw notAsked(id, 'placebo_dates');
    const termLabel = labelOf(study, term);
    return placeboFigure({ id, number, title, test: random, drawn: 'dates', termLabel, isSynthetic });
  },
} as const satisfies FigureKind<z.output<typeof datesSchema>>;

/** The effect of a treatment by the periods that it is moved earlier. */
export const placeboEarlier = {
  kind: 'placebo_earlier',
  schema: earlierSchema,
  example: { kind: 'placebo_earlier', id: 'earlier', title: 'Treatment earlier', model: 'dated' },
  check: askingFaults('placebo'),
  tables: () => [],
  make: ({ id, title, model, column }, { models, study, number, isSynthetic }) => {
    const test = testOf(models, { id, model, column });
    if (test.earlier.length === 0) throw notAsked(id, 'placebo_earlier');
    return earlierFigure({ id, number, title, test, termLabel: labelOf(study, test.term), isSynthetic });
  },
} as const satisfies FigureKind<z.output<typeof earlierSchema>>;

function testOf(
  models: EstimatedModels,
  { id, model, column }: { readonly id: string; readonly model: string; readonly column: number },
): PlaceboTest {
  const columns = entryOf(models, model);
  const test = columns[column - 1]?.results[0].placebo;
  if (test !== undefined) return test;
  const detail = { option: `figures.${id}.column`, value: String(column), suggestion: null };
  throw new StudyError('bad-option', { ...detail, expected: said('range.at_most', { value: columns.length }) });
}

/** The other of the two was asked for alone. */
function notAsked(figure: string, word: string): StudyError<'bad-option'> {
  const expected = said('expected.figure_word', { word });
  return new StudyError('bad-option', { option: `figures.${figure}`, value: word, expected, suggestion: null });
}
