import { z } from 'zod';
import { describeColumns } from '../../model/describe/describe-columns.ts';
import { everyKind } from '../../model/describe/schema.ts';
import type { Description } from '../../model/result/description.ts';
import { type DescriptiveStatistic, summaryTable } from '../../output/table/summary-table.ts';
import { takeMarked } from '../../table/column.ts';
import { markRows } from '../../table/condition/evaluate.ts';
import { readRowCondition } from '../../table/condition/row-condition.ts';
import { type PercentileRule, percentileRules } from '../../table/percentile.ts';
import type { TableHead, TableKind } from './contract.ts';
import { variableFaults, whereFaults } from './described-words.ts';
import { labelOf } from './labels.ts';
import { tableKeys } from './schema-parts.ts';

const statistic = z
  .enum(['obs', 'missing', 'mean', 'sd', 'min', 'p1', 'p25', 'median', 'p75', 'p99', 'max', 'within_sd', 'between_sd'])
  .describe('A statistic.');

const schema = z
  .strictObject({
    kind: z.literal('summary').describe('Descriptive statistics.'),
    ...tableKeys,
    variables: z.array(z.string()).min(1).describe('Rows in this order.'),
    ...everyKind,
    statistics: z
      .array(statistic)
      .min(1)
      .default(['obs', 'mean', 'sd', 'min', 'median', 'max'])
      .describe('Columns in this order.'),
    quantiles: z
      .enum(percentileRules)
      .default('stata')
      .describe("Whose percentiles: Stata's (`summarize, detail`) or R's (`quantile`, type 7)."),
  })
  .describe('Descriptive statistics of the panel.');

type SummarySpec = z.output<typeof schema>;
type SummaryTable = Omit<SummarySpec, keyof TableHead> & TableHead;

/** What a table of statistics obtained. */
export interface Summary {
  readonly quantiles: PercentileRule;
  readonly rows: readonly Description[];
}

/** Descriptive statistics: variables in rows. */
export const summary = {
  kind: 'summary',
  part: 'data',
  isWithoutRows: true,
  schema,
  example: { kind: 'summary', id: 'summary', title: 'Descriptive statistics', variables: ['y', 'x'] },
  resolve: (spec, head) => ({ ...spec, ...head }),
  check: ({ variables, where }, path, names) => [
    ...variableFaults(variables, path, names),
    ...whereFaults(where, path, names),
  ],
  coefficientModels: () => [],
  variables: ({ variables }) => variables,
  make: ({ id, variables, where, quantiles }, { panel, study, described }) => {
    const known = described?.get(id);
    if (known !== undefined) return { quantiles, rows: known };
    const { unit, time } = study.panel;
    const kept = where === undefined ? null : markRows(readRowCondition(where), panel, `tables.${id}`);
    return { quantiles, rows: describeColumns(takeMarked(panel, kept), variables, { unit, time }, quantiles) };
  },
  columns: () => [],
  models: () => [],
  compare: ({ rows }, { term, cell }) => {
    const row = rows.find(({ variable }) => variable === term);
    return row?.[cell as DescriptiveStatistic] ?? null; // a name that is no statistic finds nothing
  },
  document: ({ id, number, title, statistics, quantiles, notes }, { rows }, { study, isSynthetic }) => {
    const labelled = rows.map((row) => ({ label: labelOf(study, row.variable), statistics: row }));
    const table = summaryTable({ id, number, title, rows: labelled, statistics, quantiles, notes, isSynthetic });
    return [{ kind: 'table', table }];
  },
  results: ({ quantiles, rows }) => ({ columns: [], quantiles, rows }),
} as const satisfies TableKind<SummarySpec, SummaryTable, Summary>;
