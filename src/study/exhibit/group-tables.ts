import { z } from 'zod';
import { said } from '../../error/said.ts';
import { comparisonWords, everyKind } from '../../model/describe/schema.ts';
import type { Balance, GroupMeans } from '../../model/result/group-comparison.ts';
import { notesOf } from '../../output/document/blocks.ts';
import { comparisonRecords } from '../../output/table/comparison-records.ts';
import type { Text } from '../../output/table/contract.ts';
import { balanceTable, groupMeansTable } from '../../output/table/group-comparison-tables.ts';
import { faultAt, type KeyPath, type PlacelessFault } from '../language/faults.ts';
import type { PublishedNumber } from '../language/published.ts';
import type { ExhibitContext, ExhibitNames, TableBlocks, TableHead, TableKind } from './contract.ts';
import { groupsOfModel, makeTested, partsOfModel, variableFaults, whereFaults, wordFaults } from './described-words.ts';
import { labelOf } from './labels.ts';
import { askingFaults } from './pointers.ts';
import { tableKeys } from './schema-parts.ts';

const keys = {
  ...tableKeys,
  variables: z.array(z.string()).min(1).describe('Rows in this order.'),
  model: z
    .string()
    .describe('A model with `samples`: its parts of the panel are the groups, in place of `by`. No row may be in two.')
    .optional(),
  ...everyKind,
  ...comparisonWords,
};

const groupsSchema = z
  .strictObject({
    kind: z.literal('groups').describe('Means by group, with t tests of two groups and F tests of more.'),
    ...keys,
  })
  .describe('Means by group.');

const balanceSchema = z
  .strictObject({
    kind: z
      .literal('balance')
      .describe('Means by group, differences from a base, standardised as well, and a joint test of all variables.'),
    ...keys,
  })
  .describe('Balance table.');

type Spec<Kind> = Kind extends 'groups' ? z.output<typeof groupsSchema> : z.output<typeof balanceSchema>;
type Table<Kind> = Omit<Spec<Kind>, keyof TableHead> & TableHead;
type Any = Spec<'groups'> | Spec<'balance'> | Table<'groups'> | Table<'balance'>;

function wordsOf({ kind, variables, where, by, base, variances, effects, vcov, ssc }: Any) {
  return { kind, variables, where, by, base, variances, effects, vcov, ssc };
}

function check(spec: Spec<'groups'> | Spec<'balance'>, path: KeyPath, names: ExhibitNames): readonly PlacelessFault[] {
  const { by, model } = spec;
  return [
    ...((by === undefined) === (model === undefined)
      ? [faultAt(path, said('fault.either', { left: 'by', right: 'model' }))]
      : []),
    ...(model === undefined ? [] : askingFaults('samples')({ model }, path, names)),
    ...variableFaults(spec.variables, path, names),
    ...whereFaults(spec.where, path, names),
    ...wordFaults(wordsOf(spec), path, names),
  ];
}

function make(table: Table<'groups'> | Table<'balance'>, context: ExhibitContext) {
  const { model, id } = table;
  return makeTested(wordsOf(table), table, context, model === undefined ? null : groupsOfModel(model, id, context));
}

/** A number of a variable: of a group or of its difference from the base; F of all groups without a column. */
function compare({ variables }: GroupMeans | Balance, { term, column, cell }: PublishedNumber): number | null {
  const found = variables.find(({ variable }) => variable === term);
  const group = found?.groups.find((one) => one.group === column);
  const difference = found?.differences.find((one) => one.group === column);
  const known: Readonly<Record<string, number | null | undefined>> = {
    ...{ n: group?.n, mean: group?.mean, sd: group?.sd },
    ...{ difference: difference?.difference, se: difference?.se, t: difference?.t, p: difference?.p },
    ...{ f: found?.joint?.stat, p_f: found?.joint?.p },
  };
  return known[cell] ?? null;
}

function blocksOf(
  { id, number, title, notes, model }: Table<'groups'> | Table<'balance'>,
  result: GroupMeans | Balance,
  { study, isSynthetic }: ExhibitContext,
): TableBlocks {
  const labels = (model === undefined ? [] : partsOfModel(model, study)).map(({ label }) => label);
  const options = {
    nameOf: (name: string) => labelOf(study, name),
    groupOf: (group: string): Text => labels.find((label) => label?.en === group) ?? group,
    names: study.labels,
  };
  const table = result.kind === 'groups' ? groupMeansTable(result, options) : balanceTable(result, options);
  return [
    { kind: 'table', table: { ...table, id, number, title, notes: [...table.notes, ...notes], isSynthetic } },
    ...notesOf(result.warnings),
    {
      kind: 'forms',
      screen: [],
      page: [],
      records: [{ kind: 'table', table: { ...comparisonRecords(result), id: `${id}-records`, isSynthetic } }],
    },
  ];
}

const example = { title: 'Groups', variables: ['y', 'x'], by: 'half', vcov: 'cluster:id' };

/** Means by group and tests that they are equal. */
export const groups = {
  kind: 'groups',
  part: 'data',
  isOfParts: true,
  schema: groupsSchema,
  example: { kind: 'groups', id: 'groups', ...example },
  resolve: (spec, head, { ssc }) => ({ ...spec, ...head, ssc: spec.vcov === undefined ? spec.ssc : (spec.ssc ?? ssc) }),
  check,
  coefficientModels: () => [],
  variables: ({ variables }) => variables,
  make: (table, context) => make(table, context) as GroupMeans, // of the kind that was asked for
  columns: () => [],
  models: () => [],
  compare,
  document: blocksOf,
  results: ({ kind: _, ...result }) => ({ columns: [], ...result }),
} as const satisfies TableKind<Spec<'groups'>, Table<'groups'>, GroupMeans>;

/** Means by group and how far they are apart. */
export const balance = {
  kind: 'balance',
  part: 'data',
  isOfParts: true,
  schema: balanceSchema,
  example: { kind: 'balance', id: 'balance', ...example },
  resolve: (spec, head, { ssc }) => ({ ...spec, ...head, ssc: spec.vcov === undefined ? spec.ssc : (spec.ssc ?? ssc) }),
  check,
  coefficientModels: () => [],
  variables: ({ variables }) => variables,
  make: (table, context) => make(table, context) as Balance, // of the kind that was asked for
  columns: () => [],
  models: () => [],
  compare,
  document: blocksOf,
  results: ({ kind: _, ...result }) => ({ columns: [], ...result }),
} as const satisfies TableKind<Spec<'balance'>, Table<'balance'>, Balance>;
