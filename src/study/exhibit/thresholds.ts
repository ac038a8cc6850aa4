import { z } from 'zod';
import { at, entryOf } from '../../error/at.ts';
import { said } from '../../error/said.ts';
import type { ThresholdResult } from '../../model/result/threshold.ts';
import { thresholdTestTable } from '../../output/table/threshold-published.ts';
import type { EstimatedColumn } from '../estimated.ts';
import { unknownNames } from '../language/faults.ts';
import { foldedAfterFit, searchOf } from './after-fit.ts';
import type { TableHead, TableKind } from './contract.ts';
import { labelOf } from './labels.ts';
import { levelNames } from './level-names.ts';
import { tableKeys } from './schema-parts.ts';

const schema = z
  .strictObject({
    kind: z.literal('thresholds').describe('Tests of thresholds.'),
    ...tableKeys,
    models: z.array(z.string()).min(1).describe('Threshold models, a row each.'),
  })
  .describe('F, p value, threshold and critical values of threshold models.');

type ThresholdsSpec = z.output<typeof schema>;
type ThresholdsTable = Omit<ThresholdsSpec, keyof TableHead> & TableHead;

/** The searches of its models, and the columns that they belong to. */
export interface Searches {
  readonly columns: readonly EstimatedColumn[];
  readonly searches: readonly ThresholdResult[];
}

/** Tests of threshold models: a row each. */
export const thresholds = {
  kind: 'thresholds',
  part: 'results',
  schema,
  example: { kind: 'thresholds', id: 'tests', title: 'Threshold tests', models: ['split'] },
  resolve: (spec, head) => ({ ...spec, ...head }),
  check: ({ models }, path, { thresholdModels }) =>
    unknownNames(models, said('noun.model'), thresholdModels, (j) => [...path, 'models', j]),
  coefficientModels: () => [],
  variables: () => [],
  make: ({ models }, context) => {
    const columns = models.flatMap((id) => entryOf(context.models, id));
    return { columns, searches: columns.flatMap(searchOf) };
  },
  columns: () => [],
  models: ({ columns }) => columns,
  compare: ({ searches }, { term, cell }) => {
    const test = searches.find(({ settings }) => settings.by === term)?.tests[0];
    if (test === undefined) return null;
    const { f, p, boot, gamma, crit } = test;
    const known: Readonly<Record<string, number | null>> = {
      f,
      p,
      boot,
      threshold: at(gamma, 0),
      crit10: crit['10'],
      crit5: crit['5'],
      crit1: crit['1'],
    };
    return known[cell] ?? null;
  },
  document: ({ id, number, title, notes }, { columns, searches }, { study, panel, isSynthetic }) => {
    const rows = searches.map((result) => ({ label: labelOf(study, result.settings.by), result }));
    const table = thresholdTestTable({ id, number, title, rows, notes, isSynthetic });
    return [{ kind: 'table', table }, ...foldedAfterFit(columns, study.labels, levelNames(panel))];
  },
  // Which units a threshold rests on stands with its model, in the table of its slopes or among the models.
  results: ({ searches }) => ({
    columns: [],
    thresholds: searches.map(({ lr: _lr, identification: _units, ...rest }) => rest),
  }),
} as const satisfies TableKind<ThresholdsSpec, ThresholdsTable, Searches>;
