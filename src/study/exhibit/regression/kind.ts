import { z } from 'zod';
import { entryOf } from '../../../error/at.ts';
import { said } from '../../../error/said.ts';
import { unknownNames } from '../../language/faults.ts';
import { belowEstimate, fitMeasure } from '../../language/words.ts';
import { columnsDocument } from '../after-fit.ts';
import type { ExhibitConventions, TableHead, TableKind } from '../contract.ts';
import { termFaults } from '../pointers.ts';
import { tableKeys } from '../schema-parts.ts';
import { regressionNumber } from './compare.ts';
import { type Regression, regressionBlocks } from './document.ts';
import { withFirstStages } from './first-stages.ts';

const schema = z
  .strictObject({
    kind: z.literal('regression').describe('Coefficients.'),
    ...tableKeys,
    models: z.array(z.string()).min(1).describe('Models in this order; one may fill several columns.'),
    terms: z.array(z.string()).default([]).describe('Terms that come first, in this order; the others follow.'),
    first_stages: z
      .boolean()
      .default(false)
      .describe('Models with instruments: a column for each first stage before the model, and their tests below.'),
    statistic: belowEstimate.optional(),
    r2: fitMeasure.optional(),
  })
  .describe('Regression table.');

type RegressionSpec = z.output<typeof schema>;
type Shown = Pick<ExhibitConventions, 'statistic' | 'r2'>;
type ResolvedRegression = Omit<RegressionSpec, keyof TableHead | keyof Shown> & TableHead & Shown;

/** Coefficients of models side by side, under every covariance. */
export const regression = {
  kind: 'regression',
  schema,
  example: { kind: 'regression', id: 'models', title: 'Models', models: ['line'], terms: ['x'] },
  resolve: (spec, head, { statistic, r2 }) => ({
    ...spec,
    ...head,
    statistic: spec.statistic ?? statistic,
    r2: spec.r2 ?? r2,
  }),
  check: ({ id, models, terms }, path, names) => [
    ...unknownNames(models, said('noun.model'), names.models, (j) => [...path, 'models', j]),
    ...termFaults(terms, names.termsOf(models), id, (j) => [...path, 'terms', j]),
  ],
  coefficientModels: ({ models }) => models,
  variables: () => [],
  make: ({ models, first_stages, statistic, r2 }, context) => ({
    statistic,
    r2,
    columns: models
      .flatMap((id) => entryOf(context.models, id))
      .flatMap((column) => (first_stages ? withFirstStages(column) : [column])),
  }),
  columns: ({ columns }) => columns,
  models: ({ columns }) => columns,
  compare: regressionNumber,
  document: regressionBlocks,
  results: ({ statistic, r2, columns }) => ({ statistic, r2, ...columnsDocument(columns) }),
} as const satisfies TableKind<RegressionSpec, ResolvedRegression, Regression>;
