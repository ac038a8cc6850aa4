import { z } from 'zod';
import { at, entryOf } from '../../error/at.ts';
import { said } from '../../error/said.ts';
import { isStudyError, StudyError } from '../../error/study-error.ts';
import { printCovariance } from '../../model/inference/print-covariance.ts';
import { differencesDefaults } from '../../model/post/differences/contract.ts';
import { modelDifferences } from '../../model/post/differences/group-differences.ts';
import { bareName, placesOf } from '../../model/post/differences/order.ts';
import type { GroupDifferences } from '../../model/result/differences.ts';
import type { Text } from '../../output/table/contract.ts';
import { covarianceName } from '../../output/table/covariance-name.ts';
import { differencesTables } from '../../output/table/differences-tables.ts';
import { listOf } from '../../table/words/texts.ts';
import type { EstimatedColumn } from '../estimated.ts';
import { bilingual } from '../language/bilingual.ts';
import { type KeyPath, type PlacelessFault, unexpected, unknownName, unknownNames } from '../language/faults.ts';
import { type TableOrderClaim, unknownGroups } from '../language/order-claims.ts';
import type { ExhibitNames, TableHead, TableKind } from './contract.ts';
import { differenceNumber } from './difference-number.ts';
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
      .array(z.enum(['suest', 'chow', 'permute']).describe('A way of comparing.'))
      .min(1)
      .default(['suest'])
      .describe(
        '`suest` the joint covariance of the models, on the same rows or others; `chow` one regression with everything of each model, which share no row then; `permute` groups exchanged between units, of one formula on parts that share no unit.',
      ),
    order: z
      .union([z.string(), z.array(z.string())])
      .optional()
      .describe(
        'A claim on the order of the coefficients, largest first: `east > central, west`, by model or by number, `*` all others; of one formula on parts of the panel. Gives the share of draws of units in which it holds.',
      ),
    reps: z.int().min(1).max(1e8).default(differencesDefaults.reps).describe('Draws of `permute` and of `order`.'),
    seed: z.int().min(0).max(Number.MAX_SAFE_INTEGER).default(differencesDefaults.seed).describe('Seed of every draw.'),
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
  check: ({ id, models, term, order }, path, names) => [
    ...unknownNames(models, said('noun.model'), names.models, (j) => [...path, 'models', j]),
    ...listOf(order).flatMap((text) => orderFaults(text, models, [...path, 'order'], names)),
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
  compare: ({ differences: [first] }, printed) => (first === undefined ? null : differenceNumber(first, printed)),
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

/**
 * @throws bad-option (models that differ in covariance or convention, a model without a fit to look at again), and the codes of
 *   `modelDifferences`, at the key of the table
 */
function differencesOf(
  { id, term, how, order, reps, seed }: Differences,
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
  const refit = columns.map(({ fitted, input, results: [{ id: model }] }) => {
    if (fitted !== null && input !== null) return { fitted, input };
    const detail = { option: `tables.${id}.models`, value: model, suggestion: null };
    throw new StudyError('bad-option', { ...detail, expected: said('expected.models_with_fit') });
  });
  try {
    return modelDifferences(
      refit.map(({ fitted }) => fitted),
      refit.map(({ input }) => input),
      term,
      { how, orders: listOf(order), reps, seed },
      { covariances: covariances.length === 0 ? ['iid'] : covariances, ssc },
    );
  } catch (error) {
    throw ofTable(error, id);
  }
}

/** Keys of the table by the options of a model that say the same. */
const keyOfOption: Readonly<Record<string, string>> = {
  differences: 'term',
  differences_how: 'how',
  differences_order: 'order',
};

/** What is wrong with an option of a model, at the key of the table that stands for it. */
function ofTable(error: unknown, id: string): unknown {
  if (!isStudyError(error, 'bad-option')) return error;
  const key = keyOfOption[error.detail.option];
  return key === undefined ? error : new StudyError('bad-option', { ...error.detail, option: `tables.${id}.${key}` });
}

/** A claim that points at an order of a table of differences: the table, and each group by name or number. */
export function tableOrderFaults(
  { table, order }: TableOrderClaim,
  path: KeyPath,
  tables: readonly { readonly id: string; readonly kind: string; readonly models?: unknown }[],
  names: ExhibitNames,
): readonly PlacelessFault[] {
  const known = tables.filter(({ kind }) => kind === 'differences');
  const own = known.find(({ id }) => id === table);
  if (own === undefined) {
    const ids = known.map(({ id }) => id);
    return [unknownName([...path, 'table'], said('noun.differences_table'), table, ids)];
  }
  return orderFaults(order, own.models as readonly string[], [...path, 'order'], names); // of that kind
}

/** What is wrong with an order, as far as that is known before the models are estimated: a model of several columns has one name each. */
function orderFaults(
  text: string,
  models: readonly string[],
  path: KeyPath,
  { partsOf }: ExhibitNames,
): readonly PlacelessFault[] {
  const parts = partsOf(models);
  const labels = (parts ?? []).map(({ label }) => bilingual(label).en);
  const isKnown = (name: string): boolean =>
    name === '*' || /^\d+$/.test(name) || models.includes(name) || models.includes(name.replace(/\.\d+$/, ''));
  try {
    const unknown =
      parts === undefined
        ? placesOf(text)
            .flat()
            .map(bareName)
            .filter((name) => !isKnown(name))
        : unknownGroups(text, parts).filter((name) => !isKnown(bareName(name)) || /^\d+$/.test(name));
    return unknown.map((name) => unknownName(path, said('noun.group'), name, parts === undefined ? models : labels));
  } catch (error) {
    if (!isStudyError(error, 'bad-option')) throw error;
    return [unexpected(path, error.detail.expected, text)];
  }
}

/** Columns by their part of the sample where all have parts that differ, else by their models. */
function namesOf(columns: readonly EstimatedColumn[]): Readonly<Record<string, Text>> {
  const labels = columns.map(({ sample: { label } }) => JSON.stringify(label));
  const areParts = columns.every(({ sample: { label } }) => label !== null) && new Set(labels).size === labels.length;
  return Object.fromEntries(
    columns.map(({ results: [{ id }], sample: { label } }) => [id, areParts && label !== null ? label : id] as const),
  );
}
