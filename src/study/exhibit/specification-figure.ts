import { z } from 'zod';
import { entryOf } from '../../error/at.ts';
import { StudyError } from '../../error/study-error.ts';
import { specificationFigure } from '../../output/figure/specification-figure.ts';
import { covarianceName } from '../../output/table/covariance-name.ts';
import type { FigureKind } from './contract.ts';
import { labelOf } from './labels.ts';
import { askingFaults } from './pointers.ts';
import { figureKeys } from './schema-parts.ts';

const what = 'The coefficient of a term over a space of specifications, with the choices of each.';

const schema = z
  .strictObject({
    kind: z.literal('specification_curve').describe(what),
    ...figureKeys,
    model: z.string().describe('A model that asks for a `curve`; of several columns the first that has the term.'),
  })
  .describe('Specification curve.');

/** The specification curve of a model. */
export const specificationFigureKind = {
  kind: 'specification_curve',
  schema,
  example: { kind: 'specification_curve', id: 'curve', title: 'Specifications', model: 'curved' },
  check: askingFaults('curve'),
  tables: () => [],
  make: ({ id, title, model }, { models, study, number, isSynthetic }) => {
    const asked = entryOf(models, model)
      .map(({ results }) => results[0])
      .find(({ curve }) => curve !== undefined && curve.reason === undefined);
    const curve = asked?.curve;
    if (asked === undefined || curve === undefined)
      throw new StudyError('internal', { reason: `figure ${id} without a curve of ${model}` });
    const head = { id, number, title, isSynthetic };
    const errors = covarianceName(asked.vcov, study.labels);
    return specificationFigure({
      ...head,
      ...{ curve, errors },
      ...{ termLabel: labelOf(study, curve.term), names: study.labels },
    });
  },
} as const satisfies FigureKind<z.output<typeof schema>>;
