import { z } from 'zod';
import { at, entryOf } from '../../error/at.ts';
import { said } from '../../error/said.ts';
import { subsampleFigure } from '../../output/figure/subsample-figure.ts';
import { unknownName } from '../language/faults.ts';
import type { FigureKind } from './contract.ts';
import { labelOf } from './labels.ts';
import { termFaults } from './pointers.ts';
import { figureKeys } from './schema-parts.ts';

const what = 'One coefficient in every part of the panel, or model, a row each, with 95 % intervals and their numbers.';

const schema = z
  .strictObject({
    kind: z.literal('subsamples').describe(what),
    ...figureKeys,
    models: z
      .union([z.string(), z.array(z.string()).min(1)])
      .describe('A model on parts of the panel (`samples`, `split`), or several models one below the other.'),
    term: z.string().describe('A term of these models.'),
    covariance: z.int().min(1).default(1).describe('Under which of their covariances, from 1.'),
  })
  .describe('Coefficient by subsamples.');

type Spec = z.output<typeof schema>;

/** The forest of one coefficient. */
export const subsamples = {
  kind: 'subsamples',
  isWithoutRows: true,
  schema,
  example: { kind: 'subsamples', id: 'parts', title: 'By part', models: ['line', 'curved'], term: 'x' },
  check: ({ models, term }, path, names) => {
    const named = listOf(models);
    const wrong = named.flatMap((model, i) =>
      names.models.includes(model)
        ? []
        : [
            unknownName(
              typeof models === 'string' ? [...path, 'models'] : [...path, 'models', i],
              said('noun.model'),
              model,
              names.models,
            ),
          ],
    );
    if (wrong.length > 0) return wrong;
    return termFaults([term], names.termsOf(named), named.join(', '), () => [...path, 'term']);
  },
  tables: () => [],
  make: ({ id, title, models: named, term, covariance }, { models, study, number, isSynthetic }) => {
    const rows = listOf(named).flatMap((model) =>
      entryOf(models, model).map(({ sample, results }) => ({
        label: sample.label ?? { en: model, zh: model },
        model: at(results, Math.min(covariance, results.length) - 1),
      })),
    );
    return subsampleFigure({ id, number, title, term, termLabel: labelOf(study, term), rows, isSynthetic });
  },
} as const satisfies FigureKind<Spec>;

function listOf(models: Spec['models']): readonly string[] {
  return typeof models === 'string' ? [models] : models;
}
