import { z } from 'zod';
import { at, entryOf } from '../../error/at.ts';
import { StudyError } from '../../error/study-error.ts';
import type { VariantComparison } from '../../model/result/variants.ts';
import { covarianceName } from '../../output/table/covariance-name.ts';
import { variantsTable } from '../../output/table/variants-table.ts';
import type { EstimatedColumn } from '../estimated.ts';
import type { ExhibitConventions, TableHead, TableKind } from './contract.ts';
import { askingFaults } from './pointers.ts';
import { regressionNumber } from './regression/compare.ts';
import { tableKeys } from './schema-parts.ts';

const schema = z
  .strictObject({
    kind: z
      .literal('variants')
      .describe('One coefficient over a baseline and its variants, a row each, with its difference.'),
    ...tableKeys,
    model: z.string().describe('A model with `variants`.'),
  })
  .describe('Variants of a baseline.');

type VariantsSpec = z.output<typeof schema>;
type ResolvedVariants = Omit<VariantsSpec, keyof TableHead> & TableHead & Pick<ExhibitConventions, 'statistic' | 'r2'>;

/** The columns of the baseline and its variants, and the comparison under each covariance. */
export interface VariantsObtained extends Pick<ExhibitConventions, 'statistic' | 'r2'> {
  readonly columns: readonly EstimatedColumn[];
  readonly variants: readonly VariantComparison[];
}

/** A coefficient over the variants of a model, under every covariance of the baseline. */
export const variants = {
  kind: 'variants',
  isWithoutRows: true,
  part: 'robustness',
  schema,
  example: { kind: 'variants', id: 'robust', title: 'Variants', model: 'varied' },
  resolve: (spec, head, { statistic, r2 }) => ({ ...spec, ...head, statistic, r2 }),
  check: askingFaults('variants'),
  coefficientModels: ({ model }) => [model],
  variables: () => [],
  make: ({ model, statistic, r2 }, { models }) => {
    const columns = entryOf(models, model);
    return { statistic, r2, columns, variants: columns.flatMap((column) => column.variants) };
  },
  columns: ({ columns }) => columns,
  models: ({ columns }) => columns,
  compare: regressionNumber,
  document: ({ id, number, title, notes }, { variants: made }, { study, isSynthetic }) => {
    const [first, ...others] = made.map((one) => ({ ...variantsTable(one, study.labels), isSynthetic }));
    if (first === undefined) throw new StudyError('internal', { reason: `table ${id} of a model without variants` });
    return [
      { kind: 'table', table: { ...first, id, number, title, notes: [...first.notes, ...notes] }, look: 'prose' },
      ...others.map((table, k) => {
        const values = { table: title, vcov: covarianceName(at(made, k + 1).vcov, study.labels) };
        return {
          kind: 'fold',
          heading: { key: 'report.after_fit_vcov', values },
          blocks: [{ kind: 'table', table, look: 'prose' }],
        } as const;
      }),
    ];
  },
  results: ({ columns, variants: made }) => ({
    columns: columns.map(({ results: [model, ...rest] }, i) => ({ label: `(${i + 1})`, model, other_vcov: rest })),
    variants: made,
  }),
} as const satisfies TableKind<VariantsSpec, ResolvedVariants, VariantsObtained>;

/** What stands in the place of a term in each column: the variants of a model may have put other measures there. */
export function termsOfColumns(columns: readonly EstimatedColumn[], term: string): readonly string[] {
  const lines = columns
    .flatMap(({ variants: [first] }) => (first === undefined || first.term !== term ? [] : [first]))
    .flatMap((comparison) => comparison.lines);
  return columns.map(({ results: [{ id }] }) => lines.find(({ model }) => model === id)?.term ?? term);
}
