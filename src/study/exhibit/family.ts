import { z } from 'zod';
import { at, entryOf } from '../../error/at.ts';
import { said } from '../../error/said.ts';
import { StudyError } from '../../error/study-error.ts';
import { familyDefaults, isDrawn } from '../../model/post/family/contract.ts';
import { type FamilyCoefficient, familyTest } from '../../model/post/family/family-test.ts';
import { requireSameErrors } from '../../model/post/family-tests.ts';
import { afterReplicates } from '../../model/post/replicates.ts';
import { runHere } from '../../model/replicate/run.ts';
import { adjustments, type FamilyMember, type FamilyTest } from '../../model/result/family.ts';
import { calledText } from '../../output/table/called-table.ts';
import type { TableModel, Text } from '../../output/table/contract.ts';
import { covarianceName } from '../../output/table/covariance-name.ts';
import { familyTable } from '../../output/table/family-table.ts';
import type { EstimatedColumn } from '../estimated.ts';
import type { Bilingual } from '../language/bilingual.ts';
import { unknownNames } from '../language/faults.ts';
import type { ExhibitContext, TableHead, TableKind } from './contract.ts';
import { labelOf } from './labels.ts';
import { termFaults, termPointerFaults } from './pointers.ts';
import { tableKeys } from './schema-parts.ts';

const member = z
  .strictObject({
    model: z.string().describe('A model; every column of it that has the term belongs to the family.'),
    term: z.string().describe('A coefficient of that model.'),
  })
  .describe('Coefficients of a model.');

const tableMember = z
  .strictObject({
    table: z
      .string()
      .describe('A regression table; every column of its models that has the term belongs to the family.'),
    term: z.string().describe('A coefficient of that table.'),
  })
  .describe('Coefficients of all models of a table.');

const schema = z
  .strictObject({
    kind: z.literal('family').describe('Coefficients of several models that are tested together, p-values adjusted.'),
    ...tableKeys,
    family: z
      .array(z.union([member, tableMember]))
      .min(1)
      .describe('What belongs to the family: terms of models, or of all models of a table; each coefficient once.'),
    adjust: z
      .array(z.enum(adjustments).describe('A way of adjusting.'))
      .min(1)
      .default([...familyDefaults.methods])
      .describe(
        'Columns in this order; rw (Romano-Wolf) and wy (Westfall-Young) are drawn by the clusters of a covariance.',
      ),
    reps: z.int().min(1).max(1e8).default(familyDefaults.reps).describe('Draws of rw and wy.'),
    seed: z.int().min(0).max(Number.MAX_SAFE_INTEGER).default(familyDefaults.seed).describe('Seed of every draw.'),
  })
  .describe('A family of hypotheses.');

type FamilySpec = z.output<typeof schema>;
type Family = Omit<FamilySpec, keyof TableHead | 'family'> &
  TableHead & { readonly family: readonly z.output<typeof member>[] };

/** A family under every covariance, and the columns that it is of. */
export interface FamilyObtained {
  readonly columns: readonly EstimatedColumn[];
  readonly tests: readonly FamilyTest[];
}

/** Coefficients across the models of the study with adjusted p-values. */
export const family = {
  kind: 'family',
  isWithoutRows: true,
  part: 'results',
  schema,
  example: {
    kind: 'family',
    id: 'family',
    title: 'Family',
    family: [
      { model: 'moved', term: 'x' },
      { model: 'line', term: 'x' },
    ],
    adjust: ['holm', 'rw'],
    reps: 19,
  },
  resolve: (spec, head, { modelsOfTable }) => ({
    ...spec,
    ...head,
    family: distinct(
      spec.family.flatMap((one) =>
        'table' in one ? modelsOfTable(one.table).map((model) => ({ model, term: one.term })) : [one],
      ),
    ),
  }),
  check: ({ id, family: members }, path, names) =>
    members.flatMap((one, j) => {
      const own = [...path, 'family', j];
      if ('table' in one) return termPointerFaults(one, own, names);
      const { model, term } = one;
      const unknown = unknownNames([model], said('noun.model'), names.models, () => [...own, 'model']);
      return unknown.length > 0 ? unknown : termFaults([term], names.termsOf([model]), id, () => [...own, 'term']);
    }),
  coefficientModels: () => [],
  fitsNeeded: ({ family: members, adjust }) => (adjust.some(isDrawn) ? members.map(({ model }) => model) : []),
  variables: () => [],
  make: (table, { models }) => {
    const members = table.family.flatMap(({ model, term }) =>
      entryOf(models, model)
        .filter(({ results: [{ coef }] }) => coef.some((one) => one.term === term))
        .map((column) => ({ column, term })),
    );
    return { columns: [...new Set(members.map(({ column }) => column))], tests: testsOf(table, members) };
  },
  columns: () => [],
  models: ({ columns }) => columns,
  compare: ({ tests: [first] }, { term, column, cell }) => {
    const found = first?.members[Number(column.replace(/[()]/g, '')) - 1];
    if (found === undefined || found.term !== term) return null;
    const known: Readonly<Record<string, number | null>> = { ...found.adjusted, estimate: found.estimate, p: found.p };
    return known[cell] ?? null;
  },
  document: (table, { columns, tests }, context) => {
    // What is asked to be drawn is printed under the covariance that it is drawn by.
    const ordered = [...tests].sort((a, b) => b.drawn.length - a.drawn.length);
    const [first, ...others] = ordered.map((test) => titled(table, test, columns, context));
    const folded = others.map((one, k) => {
      const values = { table: one.title, vcov: covarianceName(at(ordered, k + 1).vcov, context.study.labels) };
      return {
        kind: 'fold',
        heading: { key: 'report.after_fit_vcov', values },
        blocks: [{ kind: 'table', table: one }],
      } as const;
    });
    if (first === undefined) throw new StudyError('internal', { reason: 'a family without a covariance' });
    return [{ kind: 'table', table: first }, ...folded];
  },
  results: ({ tests }) => ({ columns: [], families: tests }),
} as const satisfies TableKind<FamilySpec, Family, FamilyObtained>;

/** Each once, where it was first named: a model may stand in several tables. */
function distinct(members: Family['family']): Family['family'] {
  return [...new Map(members.map((one) => [JSON.stringify([one.model, one.term]), one])).values()];
}

interface MemberColumn {
  readonly column: EstimatedColumn;
  readonly term: string;
}

/** The family under every covariance that all its models have. @throws bad-option, and the codes of `familyTest` */
function testsOf({ id, adjust, reps, seed }: Family, members: readonly MemberColumn[]): readonly FamilyTest[] {
  const inferences = members.map(({ column }) => column.inference);
  const options = { ...familyDefaults, text: `tables.${id}`, methods: adjust, reps, seed };
  const [{ covariances, ssc } = { covariances: [], ssc: '' }] = inferences;
  if (adjust.some(isDrawn)) requireSameErrors(options, inferences);
  const count = inferences.reduce((least, one) => Math.min(least, one.covariances.length), covariances.length);
  return covariances.slice(0, count).map((covariance, place) => {
    const coefficients = members.map(
      ({ column, term }): FamilyCoefficient => ({
        ...{ fit: column.fitted?.fit ?? null, result: at(column.results, place), term, permutation: null },
      }),
    );
    return runHere(familyTest(coefficients, { covariance, ssc }, options), afterReplicates);
  });
}

function titled(
  { id, number, title, notes }: Family,
  test: FamilyTest,
  columns: readonly EstimatedColumn[],
  { study, isSynthetic }: ExhibitContext,
): TableModel {
  const made = familyTable(test, nameIn(columns, study));
  const own = made.notes.map((note) => calledText(note, study.labels));
  return { ...made, id, number, title, notes: [...own, ...notes], isSynthetic };
}

/** The part of the sample where a column has one, else its outcome; the term where the family has several; the model where these are alike. */
function nameIn(columns: readonly EstimatedColumn[], study: ExhibitContext['study']): (member: FamilyMember) => Text {
  const outcomes = new Set(columns.map(({ results: [{ depvar }] }) => depvar));
  const sampleOf = (model: string): Bilingual | null =>
    columns.find(({ results: [one] }) => one.id === model)?.sample.label ?? null;
  const places = columns.map(({ results: [{ id, depvar }] }) => JSON.stringify([depvar, sampleOf(id)]));
  const areAlike = new Set(places).size < places.length;
  return ({ model, term, depvar }) => {
    const sample = sampleOf(model);
    const name = labelOf(study, term);
    const own: Text =
      outcomes.size > 1 ? { key: 'family.of_outcome', values: { depvar: labelOf(study, depvar), term: name } } : name;
    const named: Text = sample === null ? own : { key: 'family.of_model', values: { term: own, model: sample } };
    return areAlike ? { key: 'family.of_model', values: { term: named, model } } : named;
  };
}
