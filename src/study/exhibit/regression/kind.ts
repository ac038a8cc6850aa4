import { z } from 'zod';
import { entryOf } from '../../../error/at.ts';
import { said } from '../../../error/said.ts';
import { type LayoutWords, layoutWords } from '../../../output/layout/schema.ts';
import { unknownNames } from '../../language/faults.ts';
import { belowEstimate, fitMeasure } from '../../language/words.ts';
import { columnsDocument } from '../after-fit.ts';
import type { ExhibitConventions, TableHead, TableKind } from '../contract.ts';
import { layoutFaults } from '../layout-faults.ts';
import { termFaults } from '../pointers.ts';
import { tableKeys } from '../schema-parts.ts';
import { regressionNumber } from './compare.ts';
import { type Regression, regressionBlocks } from './document.ts';
import { withFirstStages } from './first-stages.ts';
import { withoutBaseline } from './without-baseline.ts';

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
    baselines: z
      .boolean()
      .default(true)
      .describe('Models with variants: a column for the baseline before those of its variants.'),
    statistic: belowEstimate.optional(),
    r2: fitMeasure.optional(),
    layout: z
      .strictObject(layoutWords)
      .optional()
      .describe('How the table is laid out: by the words of `kaya reg` under "The table".'),
  })
  .describe('Regression table.');

type RegressionSpec = z.output<typeof schema>;
/**
 * The words of a table over those of the study. What stands below an estimate by `statistic`, and the fit by `r2`, of the table itself
 * go before the layout of the study.
 */
function joinedWords(common: LayoutWords, { layout = {}, statistic, r2 }: RegressionSpec): LayoutWords {
  const { below: _below, ...withoutBelow } = common;
  const shared = statistic === undefined ? common : withoutBelow;
  const { fit: _fit, ...withoutFit } = shared;
  return { ...(r2 === undefined ? shared : withoutFit), ...layout };
}

type Shown = Pick<ExhibitConventions, 'statistic' | 'r2'>;
type ResolvedRegression = Omit<RegressionSpec, keyof TableHead | keyof Shown | 'layout'> &
  TableHead &
  Shown & { readonly layout: LayoutWords };

/** Coefficients of models side by side, under every covariance. */
export const regression = {
  kind: 'regression',
  isWithoutRows: true,
  part: 'results',
  schema,
  example: { kind: 'regression', id: 'models', title: 'Models', models: ['line'], terms: ['x'] },
  resolve: (spec, head, { statistic, r2, layout }) => ({
    ...spec,
    ...head,
    statistic: spec.statistic ?? statistic,
    r2: spec.r2 ?? r2,
    layout: joinedWords(layout, spec),
  }),
  check: ({ id, models, terms, layout }, path, names) => [
    ...layoutFaults(layout ?? {}, [...path, 'layout'], names.termsOf(models), id),
    ...unknownNames(models, said('noun.model'), names.models, (j) => [...path, 'models', j]),
    ...termFaults(terms, names.termsOf(models), id, (j) => [...path, 'terms', j]),
  ],
  coefficientModels: ({ models }) => models,
  variables: () => [],
  make: ({ models, first_stages, baselines, statistic, r2 }, context) => ({
    statistic,
    r2,
    columns: models
      .flatMap((id) => (baselines ? entryOf(context.models, id) : withoutBaseline(entryOf(context.models, id))))
      .flatMap((column) => (first_stages ? withFirstStages(column) : [column])),
  }),
  columns: ({ columns }) => columns,
  models: ({ columns }) => columns,
  compare: regressionNumber,
  document: regressionBlocks,
  results: ({ statistic, r2, columns }) => ({ statistic, r2, ...columnsDocument(columns) }),
} as const satisfies TableKind<RegressionSpec, ResolvedRegression, Regression>;
