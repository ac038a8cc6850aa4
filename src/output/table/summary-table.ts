import type { Description } from '../../model/result/description.ts';
import type { PercentileRule } from '../../table/percentile.ts';
import type { TextKey } from '../format/text-key.ts';
import type { Cell, TableModel, Text } from './contract.ts';

export type DescriptiveStatistic = Exclude<keyof Description, 'variable'>;

/** The columns of the paper's table of descriptive statistics. */
export const publishedStatistics: readonly DescriptiveStatistic[] = ['obs', 'mean', 'sd', 'min', 'median', 'max'];

/** All columns; the last two only with a panel. */
export const allStatistics: readonly DescriptiveStatistic[] = [
  'obs',
  'missing',
  'mean',
  'sd',
  'min',
  'p1',
  'p25',
  'median',
  'p75',
  'p99',
  'max',
  'within_sd',
  'between_sd',
];

/** Percentiles on which the rules differ; the median is the same by both. */
const percentiles: readonly DescriptiveStatistic[] = ['p1', 'p25', 'p75', 'p99'];

export interface SummaryTableSpec {
  readonly id: string;
  readonly number: string;
  readonly title: Text;
  /** In printed order; `label` is what the table prints. */
  readonly rows: readonly { readonly label: Text; readonly statistics: Description }[];
  /** Which columns, in order; the published ones when absent. */
  readonly statistics?: readonly DescriptiveStatistic[];
  /** Whose percentiles, Stata's when absent; named below a table that has any. */
  readonly quantiles?: PercentileRule;
  readonly notes: readonly Text[];
  readonly isSynthetic: boolean;
}

/** Variables in rows, statistics in columns: VarName, Obs, Mean, SD, Min, Median, Max. */
export function summaryTable(spec: SummaryTableSpec): TableModel {
  const statistics = spec.statistics ?? publishedStatistics;
  return {
    id: spec.id,
    number: spec.number,
    title: spec.title,
    stub: { key: 'stub.variable' },
    columns: statistics.map((id) => ({ id, label: { key: columnKey(id) } })),
    rows: spec.rows.map((row) => ({
      id: row.statistics.variable,
      label: { kind: 'label', label: row.label },
      cells: statistics.map((id): Cell => {
        const value = row.statistics[id];
        return id === 'obs' || id === 'missing' ? { kind: 'count', value } : { kind: 'number', value };
      }),
    })),
    notes: statistics.some((id) => percentiles.includes(id))
      ? [{ key: `note.percentiles_${spec.quantiles ?? 'stata'}` }, ...spec.notes]
      : spec.notes,
    isSynthetic: spec.isSynthetic,
  };
}

/** A table of descriptive statistics with a last column that names the rule of its percentiles, for formats without notes. */
export function withRuleColumn(table: TableModel, rule: PercentileRule): TableModel {
  return {
    ...table,
    columns: [...table.columns, { id: 'quantiles', label: { key: 'column.quantiles' } }],
    rows: table.rows.map((row) => ({ ...row, cells: [...row.cells, { kind: 'verbatim', text: rule }] })),
  };
}

function columnKey(id: DescriptiveStatistic): TextKey {
  return `column.${id}`;
}
