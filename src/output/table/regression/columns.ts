import { said } from '../../../error/said.ts';
import { StudyError } from '../../../error/study-error.ts';
import type { ColumnRange, TableLayout } from '../../layout/contract.ts';
import type { CellStatistic } from '../../layout/shown-rows.ts';
import type { Spanner, TableColumn, Text } from '../contract.ts';
import { spannerOver } from '../parts.ts';
import { calledBy } from '../variable-names.ts';
import type { ModelColumn, RegressionTableSpec } from './contract.ts';

/** A column of the table: the estimates of a place in the row of models, or a statistic beside them. */
export interface ShownColumn {
  readonly place: number;
  readonly shows: 'estimate' | CellStatistic;
}

/** Models that stand side by side, one group below the other where there are panels. */
export interface ModelGroup {
  readonly head: Text | null;
  readonly columns: readonly ModelColumn[];
  /** Where its first model stands among all. */
  readonly from: number;
}

/** The groups of models. @throws bad-option unless the panels hold every model once, in order */
export function groupsOf({ columns }: RegressionTableSpec, { panels }: TableLayout): readonly ModelGroup[] {
  if (panels.length === 0) return [{ head: null, columns, from: 0 }];
  const end = panels.reduce((next, { from, count }) => (from === next ? next + count : Number.NaN), 0);
  if (end !== columns.length) throw wrongRange('panels', panels, said('expected.columns_apart'));
  return panels.map(({ label, from, count }) => ({ head: label, columns: columns.slice(from, from + count), from }));
}

/** What stands beside each other for one row of models. */
export function shownColumns(models: number, { beside }: TableLayout): readonly ShownColumn[] {
  return Array.from({ length: models }).flatMap((_, place) =>
    (['estimate', ...beside] as const).map((shows) => ({ place, shows })),
  );
}

/** Headings of the columns, and the lines of headings above them. */
export function headsOf(
  spec: RegressionTableSpec,
  groups: readonly ModelGroup[],
  layout: TableLayout,
): { readonly columns: readonly TableColumn[]; readonly spanners: readonly (readonly Spanner[])[] } {
  const models = Math.max(...groups.map((group) => group.columns.length));
  const isPaneled = groups.length > 1;
  const heads = modelHeads(spec, models, isPaneled, layout);
  const each = layout.beside.length + 1;
  const outcome =
    spec.outcome === undefined || layout.headers === 'outcomes'
      ? []
      : [spannerOver(models * each, { key: 'table.outcome', values: { outcome: spec.outcome } })];
  const given = layout.spanners.map((one) => widened(inTable('spanners', one, models), each));
  const overlap = given.find((one, i) =>
    given.some((other, j) => j < i && one.from < other.from + other.count && other.from < one.from + one.count),
  );
  if (overlap !== undefined) throw wrongRange('spanners', layout.spanners, said('expected.columns_apart'));
  const own = given.length === 0 ? [] : [given];
  const outcomes = heads.map(({ sublabel }) => sublabel);
  if (each === 1) {
    return { columns: heads.map((head, i) => ({ id: `${i + 1}`, ...head })), spanners: [...outcome, ...own] };
  }
  // Beside estimates stand others: a model heads its columns.
  const lines = [heads.map(({ label }, i) => ({ label, from: i * each, count: each }))];
  if (outcomes.some((one) => one !== undefined))
    lines.unshift(heads.map(({ sublabel = '' }, i) => ({ label: sublabel, from: i * each, count: each })));
  return {
    columns: heads.flatMap((_, i) =>
      (['estimate', ...layout.beside] as const).map((shows) => ({
        id: shows === 'estimate' ? `${i + 1}` : `${i + 1}.${shows}`,
        label: { key: `beside.${shows}` } as const,
      })),
    ),
    spanners: [...outcome, ...own, ...lines],
  };
}

type Head = Pick<TableColumn, 'label' | 'sublabel'>;

function modelHeads(
  spec: RegressionTableSpec,
  models: number,
  isPaneled: boolean,
  { headers }: TableLayout,
): readonly Head[] {
  const own = spec.columns.slice(0, models);
  const outcomeOf = ({ model }: ModelColumn): Text => calledBy(model.depvar, spec.names ?? {}) ?? model.depvar;
  if (headers === null || headers === 'numbers') {
    return own.map((column) => ({
      label: column.label,
      ...(spec.outcome === undefined && !isPaneled ? { sublabel: outcomeOf(column) } : {}),
    }));
  }
  if (isPaneled && (headers === 'outcomes' || headers === 'names')) return own.map(({ label }) => ({ label }));
  if (headers === 'outcomes') return own.map((column) => ({ label: column.label, sublabel: outcomeOf(column) }));
  if (headers === 'names') return own.map((column) => ({ label: column.label, sublabel: column.model.id }));
  if (headers.length !== models) {
    const value = headers.map((head) => (typeof head === 'string' ? head : head.en)).join(', ');
    throw new StudyError('bad-option', {
      option: 'headers',
      value,
      expected: said('expected.heads', { count: models }),
      suggestion: null,
    });
  }
  return own.map((column, i) => ({ label: column.label, sublabel: headers[i] ?? '' }));
}

/** @throws bad-option for columns that are not there */
function inTable<Range extends ColumnRange>(option: string, range: Range, columns: number): Range {
  if (range.from + range.count <= columns) return range;
  throw wrongRange(option, [range], said('expected.columns_of_table', { count: columns }));
}

function widened(spanner: Spanner, each: number): Spanner {
  return { ...spanner, from: spanner.from * each, count: spanner.count * each };
}

function wrongRange(option: string, ranges: readonly ColumnRange[], expected: ReturnType<typeof said>): StudyError {
  const value = ranges
    .map(({ from, count }) => (count === 1 ? `${from + 1}` : `${from + 1}-${from + count}`))
    .join('; ');
  return new StudyError('bad-option', { option, value, expected, suggestion: null });
}
