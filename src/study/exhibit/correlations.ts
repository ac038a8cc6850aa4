import { z } from 'zod';
import { correlationWords, everyKind } from '../../model/describe/schema.ts';
import type { Correlations } from '../../model/result/correlations.ts';
import { notesOf } from '../../output/document/blocks.ts';
import { correlationPairsTable, correlationTable } from '../../output/table/correlation-tables.ts';
import type { TableHead, TableKind } from './contract.ts';
import { makeTested, variableFaults, whereFaults, wordFaults } from './described-words.ts';
import { labelOf } from './labels.ts';
import { tableKeys } from './schema-parts.ts';

/** Cells of a pair, as a published table is compared by them. */
const pairCells = ['r', 'n', 't', 'p'] as const;

const schema = z
  .strictObject({
    kind: z.literal('correlations').describe('Correlations of every pair of variables.'),
    ...tableKeys,
    variables: z.array(z.string()).min(2).describe('Rows and columns in this order.'),
    ...everyKind,
    ...correlationWords,
  })
  .describe('Correlation matrix of the panel.');

type CorrelationsSpec = z.output<typeof schema>;
type CorrelationsTable = Omit<CorrelationsSpec, keyof TableHead> & TableHead;

const wordsOf = ({
  variables,
  where,
  method,
  cases,
  below,
  adjust,
  vcov,
  ssc,
}: CorrelationsSpec | CorrelationsTable) => ({
  ...({ kind: 'correlations' } as const),
  ...{ variables, where, method, cases, below, adjust, vcov, ssc },
});

/** A correlation matrix; every pair with its rows and p is folded below it. */
export const correlations = {
  kind: 'correlations',
  part: 'data',
  schema,
  example: {
    kind: 'correlations',
    id: 'correlations',
    title: 'Correlations',
    variables: ['y', 'x', 'c'],
    method: 'both',
  },
  resolve: ({ ssc, ...spec }, head, conventions) => ({
    ...spec,
    ...head,
    ssc: spec.vcov === undefined ? ssc : (ssc ?? conventions.ssc),
  }),
  check: (spec, path, names) => [
    ...variableFaults(spec.variables, path, names),
    ...whereFaults(spec.where, path, names),
    ...wordFaults(wordsOf(spec), path, names),
  ],
  coefficientModels: () => [],
  variables: ({ variables }) => variables,
  make: (table, context) => makeTested(wordsOf(table), table, context) as Correlations, // of the kind that was asked for
  columns: () => [],
  models: () => [],
  compare: ({ pairs, variables }, { term, column, cell }) => {
    const other = /^\(\d+\)$/.test(column) ? variables[Number(column.slice(1, -1)) - 1] : column;
    const found = pairs.find(
      ({ first, second }) => (first === term && second === other) || (first === other && second === term),
    );
    const own = pairCells.find((one) => one === cell);
    return found === undefined || own === undefined ? null : found[own];
  },
  document: ({ id, number, title, notes }, result, { study, isSynthetic }) => {
    const options = { nameOf: (name: string) => labelOf(study, name), names: study.labels };
    const table = correlationTable(result, options);
    const pairs = correlationPairsTable(result, options);
    return [
      { kind: 'table', table: { ...table, id, number, title, notes: [...table.notes, ...notes], isSynthetic } },
      ...notesOf(result.warnings),
      {
        kind: 'fold',
        heading: { key: 'correlation.pairs_of', values: { table: title } },
        blocks: [{ kind: 'table', table: { ...pairs, id: `${id}-pairs`, isSynthetic } }],
      },
    ];
  },
  results: ({ kind: _, ...result }) => ({ columns: [], ...result }),
} as const satisfies TableKind<CorrelationsSpec, CorrelationsTable, Correlations>;
