import { z } from 'zod';
import { everyKind, panelTestWords } from '../../model/describe/schema.ts';
import type { PanelTestsResult } from '../../model/result/panel-tests.ts';
import { panelTestsTable } from '../../output/table/panel-tests-table.ts';
import type { TableHead, TableKind } from './contract.ts';
import { expressionFaults, makeTested, whereFaults, wordFaults } from './described-words.ts';
import { labelOf } from './labels.ts';
import { tableKeys } from './schema-parts.ts';

const schema = z
  .strictObject({
    kind: z.literal('panel_tests').describe('Unit roots and dependence of units, of variables of the panel.'),
    ...tableKeys,
    variables: z
      .array(z.string())
      .min(1)
      .describe('Rows in this order: columns of the panel, or expressions such as `d(ai)` for first differences.'),
    ...everyKind,
    ...panelTestWords,
  })
  .describe('Tests of variables of the panel.');

type PanelTestsSpec = z.output<typeof schema>;
type PanelTestsTable = Omit<PanelTestsSpec, keyof TableHead> & TableHead;

const wordsOf = ({ variables, where, tests, deterministic, lags, demean }: PanelTestsSpec | PanelTestsTable) => ({
  ...({ kind: 'panel_tests' } as const),
  ...{ variables, where, tests, deterministic, lags, demean },
});

/** Unit root tests and tests of dependence of variables: variables in rows, tests in columns. */
export const panelTests = {
  kind: 'panel_tests',
  part: 'data',
  schema,
  example: {
    kind: 'panel_tests',
    id: 'roots',
    title: 'Unit roots',
    variables: ['y', 'd(x)'],
    tests: ['llc', 'ips', 'cd'],
    lags: 'bic 1',
  },
  resolve: (spec, head) => ({ ...spec, ...head }),
  check: (spec, path, names) => [
    ...expressionFaults(spec.variables, path, names),
    ...whereFaults(spec.where, path, names),
    ...wordFaults(wordsOf(spec), path, names),
  ],
  coefficientModels: () => [],
  variables: () => [],
  make: (table, context) => makeTested(wordsOf(table), table, context) as PanelTestsResult, // of the kind that was asked for
  columns: () => [],
  models: () => [],
  compare: ({ variables }, { term, column, cell }) => {
    const line = variables.find(({ variable }) => variable === term)?.tests.find(({ test }) => test === column);
    if (line === undefined || (cell !== 'stat' && cell !== 'p')) return null;
    return line[cell];
  },
  document: ({ id, number, title, notes }, result, { study, isSynthetic }) => {
    const table = panelTestsTable(result.variables, { nameOf: (variable) => labelOf(study, variable) });
    return [{ kind: 'table', table: { ...table, id, number, title, notes: [...table.notes, ...notes], isSynthetic } }];
  },
  results: ({ kind: _, ...result }) => ({ columns: [], ...result }),
} as const satisfies TableKind<PanelTestsSpec, PanelTestsTable, PanelTestsResult>;
