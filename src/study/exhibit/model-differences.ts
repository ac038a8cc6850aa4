import { z } from 'zod';
import { at, entryOf } from '../../error/at.ts';
import { said } from '../../error/said.ts';
import { StudyError } from '../../error/study-error.ts';
import { printCovariance } from '../../model/inference/print-covariance.ts';
import { modelDifferences } from '../../model/post/differences/group-differences.ts';
import type { GroupDifferences } from '../../model/result/differences.ts';
import type { Text } from '../../output/table/contract.ts';
import { covarianceName } from '../../output/table/covariance-name.ts';
import { differencesTables } from '../../output/table/differences-tables.ts';
import type { EstimatedColumn } from '../estimated.ts';
import { unknownNames } from '../language/faults.ts';
import type { TableHead, TableKind } from './contract.ts';
import { termFaults } from './pointers.ts';
import { tableKeys } from './schema-parts.ts';

const schema = z
  .strictObject({
    kind: z
      .literal('differences')
      .describe('The coefficient of a term compared across models, each a group: all pairs and jointly.'),
    ...tableKeys,
    models: z
      .array(z.string())
      .min(1)
      .describe('Models whose columns are compared: other samples, outcomes or formulas.'),
    term: z.string().describe('The coefficient that is compared.'),
    how: z
      .array(z.enum(['suest', 'chow']).describe('A way of comparing.'))
      .min(1)
      .default(['suest'])
      .describe(
        '`suest` the joint covariance of the models, on the same rows or others; `chow` one regression with everything of each model, which share no row then.',
      ),
  })
  .describe('Coefficients compared across models.');

type DifferencesSpec = z.output<typeof schema>;
type Differences = Omit<DifferencesSpec, keyof TableHead> & TableHead;

/** The comparison under every covariance, and the columns that it is of. */
export interface DifferencesObtained {
  readonly columns: readonly EstimatedColumn[];
  readonly differences: readonly GroupDifferences[];
}

/** One coefficient compared across models of the study. */
export const differences = {
  kind: 'differences',
  part: 'results',
  schema,
  example: { kind: 'differences', id: 'apart', title: 'Compared', models: ['line', 'moved'], term: 'x' },
  resolve: (spec, head) => ({ ...spec, ...head }),
  check: ({ id, models, term }, path, names) => [
    ...unknownNames(models, said('noun.model'), names.models, (j) => [...path, 'models', j]),
    ...termFaults([term], names.termsOf(models), id, () => [...path, 'term']),
  ],
  coefficientModels: () => [],
  fitsNeeded: ({ models }) => models,
  variables: () => [],
  make: (table, { models }) => {
    const columns = table.models.flatMap((id) => entryOf(models, id));
    return { columns, differences: differencesOf(table, columns) };
  },
  columns: () => [],
  models: ({ columns }) => columns,
  compare: () => null,
  document: ({ id, number, title, notes }, { columns, differences: made }, { study, isSynthetic }) => {
    const names = { models: namesOf(columns), variables: study.labels };
    // The differences first: they are what the table is asked for.
    const tables = made.map((one) => {
      const [groups, ...others] = differencesTables([one], names);
      return [...others, ...(groups === undefined ? [] : [groups])];
    });
    const [[first, ...others] = [], ...folded] = tables;
    if (first === undefined) throw new StudyError('internal', { reason: 'a comparison without a covariance' });
    const own = { ...first, id, number, title, notes: [...first.notes, ...notes], isSynthetic };
    return [
      { kind: 'table', table: own },
      ...others.map((table) => ({ kind: 'table', table: { ...table, isSynthetic } }) as const),
      ...folded.map((some, k) => {
        const values = { table: title, vcov: covarianceName(at(made, k + 1).vcov, study.labels) };
        const blocks = some.map((table) => ({ kind: 'table', table: { ...table, isSynthetic } }) as const);
        return { kind: 'fold', heading: { key: 'report.after_fit_vcov', values }, blocks } as const;
      }),
    ];
  },
  results: ({ differences: made }) => ({ columns: [], differences: made }),
} as const satisfies TableKind<DifferencesSpec, Differences, DifferencesObtained>;

/** @throws bad-option (models that differ in covariance or convention), and the codes of `modelDifferences` */
function differencesOf(
  { id, term, how }: Differences,
  columns: readonly EstimatedColumn[],
): readonly GroupDifferences[] {
  const texts = columns.map(({ inference: { covariances, ssc } }) =>
    [...covariances.map(printCovariance), ssc].join(' '),
  );
  const other = texts.find((one) => one !== texts[0]);
  if (other !== undefined) {
    const expected = said('expected.family_errors', { first: texts[0] ?? '', other });
    const detail = { option: `tables.${id}.models`, value: columns.map(({ results: [one] }) => one.id).join(', ') };
    throw new StudyError('bad-option', { ...detail, expected, suggestion: null });
  }
  const { covariances, ssc } = at(columns, 0).inference;
  const fits = columns.flatMap(({ fitted }) => (fitted === null ? [] : [fitted]));
  return modelDifferences(fits, term, how, { covariances: covariances.length === 0 ? ['iid'] : covariances, ssc });
}

/** Columns by their part of the sample where all have parts that differ, else by their models. */
function namesOf(columns: readonly EstimatedColumn[]): Readonly<Record<string, Text>> {
  const labels = columns.map(({ sample: { label } }) => JSON.stringify(label));
  const areParts = columns.every(({ sample: { label } }) => label !== null) && new Set(labels).size === labels.length;
  return Object.fromEntries(
    columns.map(({ results: [{ id }], sample: { label } }) => [id, areParts && label !== null ? label : id] as const),
  );
}
