import { z } from 'zod';
import { at, entryOf } from '../../error/at.ts';
import { said } from '../../error/said.ts';
import { StudyError } from '../../error/study-error.ts';
import type { ResultAfter } from '../../model/post/after-fit.ts';
import { marginsFigure } from '../../output/figure/margins-figure.ts';
import { sensitivityFigure } from '../../output/figure/mediation-figure.ts';
import type { EstimatedModels } from '../estimated.ts';
import type { FigureKind } from './contract.ts';
import { labelOf } from './labels.ts';
import { askingFaults } from './pointers.ts';
import { figureKeys } from './schema-parts.ts';

const marginsSchema = z
  .strictObject({
    kind: z.literal('margins').describe('The effect of a regressor over a moderator.'),
    ...figureKeys,
    model: z.string().describe('A model with `margins`.'),
    margin: z.int().min(1).default(1).describe('Which of its `margins`, from 1.'),
    covariance: z.int().min(1).default(1).describe('Under which of its covariances, from 1.'),
  })
  .describe('The effect of a regressor over a moderator, with bands, bounds, parts and the rows of the sample.');

/** The effect over a moderator. */
export const margins = {
  kind: 'margins',
  schema: marginsSchema,
  example: { kind: 'margins', id: 'over', title: 'Effect of x over m', model: 'moderated' },
  check: askingFaults('margins'),
  tables: () => [],
  make: ({ id, title, model, margin, covariance }, { models, study, number, isSynthetic }) => {
    const result = resultAt(models, model, covariance - 1);
    const found = result.margins?.[margin - 1];
    if (found === undefined) throw notAsked(id, 'margins');
    const nameOf = (variable: string) => labelOf(study, variable);
    return marginsFigure({ id, number, title, outcome: result.depvar, result: found, nameOf, isSynthetic });
  },
} as const satisfies FigureKind<z.output<typeof marginsSchema>>;

const sensitivitySchema = z
  .strictObject({
    kind: z.literal('mediation_sensitivity').describe('An indirect effect when the errors correlate.'),
    ...figureKeys,
    model: z.string().describe('A model with `mediators`.'),
    mediator: z.string().describe('One of them. Default: the first.').optional(),
  })
  .describe('An indirect effect over the correlation of the errors of mediator and outcome.');

/** An indirect effect when the errors correlate. */
export const mediationSensitivity = {
  kind: 'mediation_sensitivity',
  schema: sensitivitySchema,
  example: { kind: 'mediation_sensitivity', id: 'rho', title: 'Indirect effect', model: 'mediated' },
  check: askingFaults('mediators'),
  tables: () => [],
  make: ({ id, title, model, mediator }, { models, study, number, isSynthetic }) => {
    const columns = entryOf(models, model).flatMap(({ results }) => results);
    const result = columns.flatMap(({ mediation }) => mediation ?? [])[0];
    const path = result?.paths.find((one) => mediator === undefined || one.mediator === mediator);
    if (result === undefined || path === undefined) throw notAsked(id, 'mediators');
    const nameOf = (variable: string) => labelOf(study, variable);
    return sensitivityFigure({ id, number, title, result, path, nameOf, isSynthetic });
  },
} as const satisfies FigureKind<z.output<typeof sensitivitySchema>>;

function resultAt(models: EstimatedModels, model: string, place: number): ResultAfter {
  const { results } = at(entryOf(models, model), 0);
  return at(results, Math.min(place, results.length - 1));
}

/** The model has no such word: told when the figure is made, as its models are known then. */
function notAsked(figure: string, word: 'margins' | 'mediators'): StudyError<'bad-option'> {
  const expected = said('expected.figure_word', { word });
  return new StudyError('bad-option', { option: `figures.${figure}`, value: word, expected, suggestion: null });
}
