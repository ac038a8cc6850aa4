import { z } from 'zod';
import { entryOf } from '../../error/at.ts';
import { said } from '../../error/said.ts';
import { StudyError } from '../../error/study-error.ts';
import type { EventStudy } from '../../model/result/event-study.ts';
import { eventFigure } from '../../output/figure/event-figure.ts';
import type { FigureKind } from './contract.ts';
import { labelOf } from './labels.ts';
import { askingFaults } from './pointers.ts';
import { figureKeys } from './schema-parts.ts';

const schema = z
  .strictObject({
    kind: z
      .literal('event_study')
      .describe('Leads and lags of a treatment with 95 % intervals, and the test of those before it.'),
    ...figureKeys,
    models: z
      .union([z.string(), z.array(z.string()).min(1)])
      .describe('A model with `event()` or `sunab()` in its formula, or several side by side.'),
    column: z.int().min(1).default(1).describe('Column of these models, from 1.'),
    covariance: z.int().min(1).default(1).describe('Under which of their covariances, from 1.'),
  })
  .describe('Event study.');

type Spec = z.output<typeof schema>;

/** Leads and lags of a treatment: one model, or estimators beside each other. */
export const eventStudy = {
  kind: 'event_study',
  schema,
  example: { kind: 'event_study', id: 'event', title: 'Leads and lags', models: ['leads', 'cohorts'] },
  check: ({ models }, path, names) =>
    modelsOf(models).flatMap((model, i) =>
      askingFaults('event')({ model }, typeof models === 'string' ? path : [...path, 'models', i], names),
    ),
  tables: () => [],
  make: ({ id, title, models: named, column, covariance }, { models, study, number, isSynthetic }) => {
    const found = modelsOf(named).map((model) => {
      const columns = entryOf(models, model);
      const results = columns[column - 1]?.results ?? [];
      const result = results[Math.min(covariance, results.length) - 1];
      if (result?.event === undefined) throw noColumn(id, column, columns.length);
      return { label: { en: model, zh: model }, event: result.event satisfies EventStudy, outcome: result.depvar };
    });
    const outcomes = [...new Set(found.map(({ outcome }) => outcome))].map((outcome) => labelOf(study, outcome));
    const [outcome = ''] = outcomes;
    return eventFigure({ id, number, title, outcome, studies: found, isSynthetic });
  },
} as const satisfies FigureKind<Spec>;

function modelsOf(models: Spec['models']): readonly string[] {
  return typeof models === 'string' ? [models] : models;
}

function noColumn(figure: string, column: number, count: number): StudyError<'bad-option'> {
  const detail = { option: `figures.${figure}.column`, value: String(column), suggestion: null };
  return new StudyError('bad-option', { ...detail, expected: said('range.at_most', { value: count }) });
}
