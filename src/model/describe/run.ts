import { type Said, said } from '../../error/said.ts';
import { StudyError } from '../../error/study-error.ts';
import { type ColumnTable, takeMarked } from '../../table/column.ts';
import { markRows } from '../../table/condition/evaluate.ts';
import type { PercentileRule } from '../../table/percentile.ts';
import { panelIndexOf } from '../design/panel-index.ts';
import { panelTestsOf } from '../panel-tests/panel-tests.ts';
import type { Correlations } from '../result/correlations.ts';
import type { Description, TextDescription } from '../result/description.ts';
import type { Balance, GroupMeans } from '../result/group-comparison.ts';
import type { PanelTestsResult } from '../result/panel-tests.ts';
import type {
  ComparisonRequest,
  CorrelationsRequest,
  DescribeKind,
  DescribeRequest,
  PanelTestsRequest,
  RowGroups,
} from './contract.ts';
import { correlate } from './correlations.ts';
import { describeColumns } from './describe-columns.ts';
import { describeTexts } from './describe-texts.ts';
import { balance, groupMeans } from './group-means.ts';

/** Columns of numbers, and columns of text. */
export interface Summaries {
  readonly kind: 'summary';
  /** Whose percentiles. */
  readonly quantiles: PercentileRule;
  readonly variables: readonly Description[];
  readonly texts: readonly TextDescription[];
}

export type DescribeResult = Summaries | Correlations | GroupMeans | Balance | PanelTestsResult;
/** Tables that test something. */
export type TestedResult = Exclude<DescribeResult, Summaries>;

/**
 * A table of the data: statistics, correlations, means by group, balance, unit roots and dependence of units.
 * @param groups in place of the column `by`: nrow codes
 * @throws bad-option, bad-where, unknown-column, not-numeric, duplicate-key; the codes of fits and covariances
 */
export function describeTable(
  request: DescribeRequest,
  table: ColumnTable,
  groups: RowGroups | null = null,
): DescribeResult {
  const kept = request.where === null ? null : markRows(request.where, table);
  if (request.kind === 'panel_tests') return testedPanel(request, table, kept);
  if (request.panel !== null) panelIndexOf(table, request.panel, 'panel');
  const used = takeMarked(table, kept);
  if (request.kind === 'summary') return summaries(request, used);
  return testedTable(request, used, groups === null ? null : { ...groups, codes: takenCodes(groups.codes, kept) });
}

/** Statistics of columns of numbers and of text. @throws unknown-column */
export function summaries(request: DescribeRequest, table: ColumnTable): Summaries {
  const names = columnsOf(request, table);
  const isText = (name: string): boolean => table.columns[name]?.kind === 'text';
  const numbers = names.filter((name) => !isText(name));
  const rule = request.kind === 'summary' ? request.quantiles : 'stata';
  return {
    kind: 'summary',
    quantiles: rule,
    variables: describeColumns(table, numbers, request.panel, rule),
    texts: describeTexts(table, names.filter(isText)),
  };
}

/** The kinds that test something, on the rows that meet the condition. @throws as `describeTable` */
export function testedTable(
  request: CorrelationsRequest | ComparisonRequest,
  table: ColumnTable,
  groups: RowGroups | null = null,
): TestedResult {
  const names = columnsOf(request, table);
  if (request.kind === 'correlations') {
    if (names.length < 2) throw lacking(request.kind, said('expected.two_variables'), null);
    return correlate(table, names, request);
  }
  if (names.length === 0) throw lacking(request.kind, said('expected.number_columns'), null);
  if (request.by === null && groups === null) {
    throw lacking(request.kind, said('expected.by_column'), 'by region');
  }
  return request.kind === 'balance'
    ? balance(table, names, request, groups)
    : groupMeans(table, names, request, groups);
}

/** Unit roots and dependence of units. @param kept nrow marks: lags see the rows that are not kept @throws as `panelTestsOf`; needs-more */
export function testedPanel(request: PanelTestsRequest, table: ColumnTable, kept: Uint8Array | null): PanelTestsResult {
  const { kind, panel } = request;
  if (panel === null) throw lacking(kind, said('expected.panel_of_tests'), 'panel city,year');
  const variables = columnsOf(request, table);
  if (variables.length === 0) throw lacking(kind, said('expected.number_columns'), null);
  const { unit, time } = panel;
  const input = { table, panel, variables, kept, where: `kind ${kind}` };
  return { kind, panel: { unit, time }, variables: panelTestsOf(input, request), warnings: [] };
}

function lacking(kind: DescribeKind, needs: Said, example: string | null): StudyError<'needs-more'> {
  return new StudyError('needs-more', { subject: `kind ${kind}`, needs, example });
}

/** The columns that are named; else all but keys, of tests those of numbers that neither make the groups nor the errors. */
export function columnsOf(request: DescribeRequest, table: ColumnTable): readonly string[] {
  const { variables, panel } = request;
  if (variables.length > 0) return variables;
  const others = table.names.filter((name) => name !== panel?.unit && name !== panel?.time);
  if (request.kind === 'summary') return others;
  const behind = [
    ...('covariance' in request ? (request.covariance?.by ?? []) : []),
    'by' in request ? request.by : null,
  ];
  return others.filter((name) => table.columns[name]?.kind === 'number' && !behind.includes(name));
}

function takenCodes(codes: Int32Array, kept: Uint8Array | null): Int32Array {
  return kept === null ? codes : codes.filter((_, row) => kept[row] === 1);
}
