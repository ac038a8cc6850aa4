import { type Said, said } from '../../../error/said.ts';
import { StudyError } from '../../../error/study-error.ts';
import type { TableLayout } from '../../layout/contract.ts';
import { plainLayout } from '../../layout/read.ts';
import type { CellStatistic, FitRow } from '../../layout/shown-rows.ts';
import type { TableModel, TableRow, Text } from '../contract.ts';
import { headRow } from '../parts.ts';
import { transposed } from '../transposed.ts';
import { calledBy } from '../variable-names.ts';
import { adjustedNotes, requireFamily } from './adjusted.ts';
import { groupsOf, headsOf, type ModelGroup, type ShownColumn, shownColumns } from './columns.ts';
import type { ModelColumn, RegressionTableSpec } from './contract.ts';
import { addedRows, effectRows, fitOf, fitRow, type ModelRow, rowOf, testRows } from './fit-rows.ts';
import { standardNotes } from './notes.ts';
import { termRows } from './term-rows.ts';
import { type ShownTerm, shownTerms } from './terms.ts';

/**
 * A table of models side by side: estimates with stars, what was asked for below them, then effects, observations and fit; laid out as
 * its author or a house style has it.
 * @throws bad-option for a word of the layout that the models have nothing for: a term, a column, an effect, a value too many
 */
export function regressionTable(spec: RegressionTableSpec): TableModel {
  const layout = spec.layout ?? plainLayout;
  requireTogether(spec, layout);
  const models = spec.columns.map((column) => column.model);
  const groups = groupsOf(spec, layout);
  const shown = shownColumns(Math.max(...groups.map(({ columns }) => columns.length)), layout);
  const terms = shownTerms(spec, models, layout);
  const below = belowOf(spec, layout);
  const bodies = groups.map((group) => bodyOf(spec, group, { layout, shown, terms, below }));
  const { columns, spanners } = headsOf(spec, groups, layout);
  const families = spec.families ?? [];
  requireFamily(families, 'below', layout.below ?? []);
  requireFamily(families, 'beside', layout.beside);
  const notes = standardNotes(spec, {
    below,
    isStacked: layout.isStacked,
    hasXtregWithin: fitsOf(spec, layout).includes('r2_xtreg_within'),
  });
  const table: TableModel = {
    id: spec.id,
    number: spec.number,
    title: layout.title ?? spec.title,
    ...(layout.label === null ? {} : { label: layout.label }),
    stub: '',
    ...(spanners.length === 0 ? {} : { spanners }),
    columns,
    rows: joined(groups, bodies),
    notes: layout.isOnlyNotes
      ? layout.notes
      : [...notes, ...adjustedNotes(families, [...below, ...layout.beside]), ...spec.notes, ...layout.notes],
    isSynthetic: spec.isSynthetic,
  };
  return layout.isTransposed ? transposed(table) : table;
}

/** @throws bad-option for words that do not go together */
function requireTogether(
  { columns }: RegressionTableSpec,
  { isStacked, isTransposed, panels, below, beside }: TableLayout,
): void {
  const refuse = (option: string, expected: Said): never => {
    throw new StudyError('bad-option', { option, value: 'true', expected, suggestion: null });
  };
  if (isTransposed && panels.length > 0) refuse('transpose', said('expected.no_panels'));
  if (!isStacked) return;
  if (beside.length > 0 || (below !== null && !['se', 't'].includes(below.join())))
    refuse('stacked', said('expected.one_below'));
  if (columns.every(({ others = [] }) => others.length === 0)) refuse('stacked', said('expected.several_covariances'));
}

function belowOf({ statistic }: RegressionTableSpec, { below, beside, house }: TableLayout): readonly CellStatistic[] {
  return below ?? (beside.length > 0 ? [] : (house?.models.below ?? [statistic]));
}

/** Rows of the fit: those asked for; of a house style those that some model has. */
function fitsOf(spec: RegressionTableSpec, { fit, house }: TableLayout): readonly FitRow[] {
  if (fit !== null) return fit;
  if (house === null) return fitOf(spec);
  const models = spec.columns.map(({ model }) => model);
  return house.models.fit.filter((one) =>
    fitRow(one, models, null).cells.some((cell) => 'value' in cell && cell.value !== null),
  );
}

interface Body {
  readonly terms: readonly TableRow[];
  readonly foot: readonly TableRow[];
}

/** The rows of one group of models: its terms, and what stands below a rule. */
function bodyOf(
  spec: RegressionTableSpec,
  { columns, from }: ModelGroup,
  how: {
    readonly layout: TableLayout;
    readonly shown: readonly ShownColumn[];
    readonly terms: readonly ShownTerm[];
    readonly below: readonly CellStatistic[];
  },
): Body {
  const { layout, shown, below } = how;
  const models = columns.map(({ model }) => model);
  const present = new Set(models.flatMap((model) => [...model.coef.map(({ term }) => term), ...model.collinear]));
  const terms = how.terms.filter(({ term }) => present.has(term));
  const look = { below, isStacked: layout.isStacked, names: spec.names, families: spec.families ?? [] };
  const named = groupOutcomes(spec, columns, layout);
  const rows = terms.flatMap((term, i) => {
    const own = termRows(term, columns, shown, look);
    const isFirst = term.head !== null && JSON.stringify(term.head) !== JSON.stringify(terms[i - 1]?.head ?? null);
    return isFirst && term.head !== null ? [headRow(`head.${term.term}`, term.head, shown.length), ...own] : own;
  });
  const observations = layout.house?.models.observations ?? null;
  const samples = spec.samples?.slice(from, from + columns.length);
  const foot: readonly ModelRow[] = [
    ...effectRows(spec, models, layout),
    ...(samples === undefined
      ? []
      : [
          {
            id: 'sample',
            label: spec.samplesLabel ?? ({ key: 'row.sample' } as const),
            cells: samples.map((label) => ({ kind: 'label', label, align: 'end' }) as const),
          },
        ]),
    ...addedRows(layout, from, columns.length, spec.columns.length),
    ...fitsOf(spec, layout).map((fit) => fitRow(fit, models, observations)),
    ...testRows(spec.tests ?? [], from, columns.length),
  ];
  return { terms: [...named.map((row) => rowOf(row, shown)), ...rows], foot: foot.map((row) => rowOf(row, shown)) };
}

/** What the models of a panel explain, and their names, where heads of columns cannot say it for all panels. */
function groupOutcomes(
  spec: RegressionTableSpec,
  columns: readonly ModelColumn[],
  { panels, headers }: TableLayout,
): readonly ModelRow[] {
  if (panels.length === 0) return [];
  const row = (id: 'outcome' | 'name', texts: readonly Text[]): ModelRow => ({
    id,
    label: { key: `row.${id}` },
    cells: texts.map((label) => ({ kind: 'label', label, align: 'end' }) as const),
  });
  const outcomes = columns.map(({ model }): Text => calledBy(model.depvar, spec.names ?? {}) ?? model.depvar);
  return [
    ...(spec.outcome === undefined || headers === 'outcomes' ? [row('outcome', outcomes)] : []),
    ...(headers === 'names'
      ? [
          row(
            'name',
            columns.map(({ model }) => model.id),
          ),
        ]
      : []),
  ];
}

/** Groups one below the other, each under its head; rows of the foot that are alike in all of them stand once, below. */
function joined(groups: readonly ModelGroup[], bodies: readonly Body[]): readonly TableRow[] {
  const [only] = bodies;
  if (bodies.length === 1 && only !== undefined && groups[0]?.head === null)
    return [...only.terms, ...ruled(only.foot)];
  const width = Math.max(
    0,
    ...bodies.flatMap(({ terms, foot }) => [...terms, ...foot].map(({ cells }) => cells.length)),
  );
  const cellsOf = (row: TableRow): string => JSON.stringify(row.cells);
  const isShared = (row: TableRow): boolean =>
    bodies.every(({ foot }) => foot.some((one) => one.id === row.id && cellsOf(one) === cellsOf(row)));
  const shared = (only?.foot ?? []).filter(isShared);
  return [
    ...groups.flatMap(({ head }, i) => {
      const body = bodies[i];
      if (body === undefined) return [];
      const own = [...body.terms, ...ruled(body.foot.filter((row) => !isShared(row)))];
      const named = own.map((row) => ({ ...row, id: `${i + 1}.${row.id}` }));
      const first = headRow(`panel.${i + 1}`, head ?? '', width);
      return [i === 0 ? first : { ...first, ruled: true }, ...named];
    }),
    ...ruled(shared),
  ];
}

/** The first of some rows with a rule above it. */
function ruled(rows: readonly TableRow[]): readonly TableRow[] {
  return rows.map((row, i) => (i === 0 ? { ...row, ruled: true } : row));
}
