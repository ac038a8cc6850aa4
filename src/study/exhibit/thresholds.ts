import { z } from 'zod';
import type { ThresholdResult } from '../../model/result/threshold.ts';
import { thresholdTestTable } from '../../output/table/threshold-published.ts';
import { unknownNames } from '../language/faults.ts';
import type { TableHead, TableKind } from './contract.ts';
import { labelOf } from './labels.ts';
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

/** The searches of its models. */
export type Searches = readonly ThresholdResult[];

/** Tests of threshold models: a row each. */
export const thresholds = {
  kind: 'thresholds',
  schema,
  example: { kind: 'thresholds', id: 'tests', title: 'Threshold tests', models: ['split'] },
  resolve: (spec, head) => ({ ...spec, ...head }),
  check: ({ models }, path, { thresholdModels }) =>
    unknownNames(models, 'model', thresholdModels, (j) => [...path, 'models', j]),
  coefficientModels: () => [],
  variables: () => [],
  make: ({ models }, context) => models.flatMap((id) => context.models[id]).flatMap(({ threshold }) => threshold ?? []),
  columns: () => [],
  compare: (searches, { term, cell }) => {
    const test = searches.find(({ settings }) => settings.by === term)?.tests[0];
    if (test === undefined) return null;
    const { f, p, boot, gamma, crit } = test;
    const known: Readonly<Record<string, number | null>> = {
      f,
      p,
      boot,
      threshold: gamma[0],
      crit10: crit['10'],
      crit5: crit['5'],
      crit1: crit['1'],
    };
    return known[cell] ?? null;
  },
  document: ({ id, number, title, notes }, searches, { study, isSynthetic }) => {
    const rows = searches.map((result) => ({ label: labelOf(study, result.settings.by), result }));
    return [{ kind: 'table', table: thresholdTestTable({ id, number, title, rows, notes, isSynthetic }) }];
  },
  results: (searches) => ({ columns: [], thresholds: searches.map(({ lr: _lr, ...rest }) => rest) }),
} as const satisfies TableKind<ThresholdsSpec, ThresholdsTable, Searches>;
