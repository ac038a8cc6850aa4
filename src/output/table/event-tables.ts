import type { EventStudy } from '../../model/result/event-study.ts';
import type { ModelAfterFit, OfModel } from './after-fit-parts.ts';
import { modelCells, textOf, withModels } from './after-fit-parts.ts';
import { coefficientCells, coefficientColumns } from './coefficient-cells.ts';
import type { TableColumn, TableModel, TableRow, Text } from './contract.ts';
import { joinedBy, plain, tableOf } from './parts.ts';

/** Event studies: the joint test of the periods before, and of cohorts the effects from the treatment on. */
export function eventTables(studies: readonly OfModel<EventStudy>[], hasModels: boolean): readonly TableModel[] {
  const tested = studies.filter(({ value }) => value.pre_trend !== null);
  const averaged = studies.filter(({ value }) => value.att !== null);
  const notes = notesOf(studies, hasModels);
  const tables = [
    ...(tested.length === 0 ? [] : [testsTable(tested, hasModels)]),
    ...(averaged.length === 0 ? [] : [effectsTable(averaged, hasModels)]),
  ];
  return tables.map((table, i) => (i === tables.length - 1 ? { ...table, notes: [...table.notes, ...notes] } : table));
}

const testColumns: readonly TableColumn[] = [
  { id: 'f', label: { key: 'after.f' } },
  { id: 'df1', label: { key: 'after.df1' } },
  { id: 'df2', label: { key: 'after.df2' } },
  { id: 'p', label: { key: 'after.p' } },
];

function testsTable(studies: readonly OfModel<EventStudy>[], hasModels: boolean): TableModel {
  return tableOf(
    'event_tests',
    { key: 'event.tests' },
    {
      stub: { key: 'event.test' },
      columns: withModels(testColumns, hasModels),
      rows: studies.map(({ model, value }): TableRow => {
        const { pre_trend: test } = value;
        const [df1, df2] = test?.df ?? [0, null];
        const periods = listed((test?.periods ?? []).map(String));
        return {
          id: `${model.id}.pre_trend`,
          label: { kind: 'label', label: { key: 'event.periods', values: { periods } } },
          cells: [
            ...modelCells(model, hasModels),
            plain(test?.stat ?? null, 4),
            { kind: 'count', value: df1 },
            df2 !== null && !Number.isInteger(df2) ? plain(df2, 1) : { kind: 'count', value: df2 },
            { kind: 'p', value: test?.p ?? null },
          ],
        };
      }),
      notes: studies.flatMap(({ model, value }): Text[] => {
        const reason = value.pre_trend?.reason;
        const text = textOf(model, termOf(value), hasModels);
        return reason === undefined ? [] : [{ key: `after.no_test_${reason}`, values: { text } }];
      }),
    },
  );
}

/** The treatment as a formula names it. */
function termOf({ form, cohort, period }: EventStudy): string {
  return `${form}(${[...(cohort === null ? [] : [cohort]), period].join(', ')})`;
}

function effectsTable(studies: readonly OfModel<EventStudy>[], hasModels: boolean): TableModel {
  return tableOf(
    'event_effects',
    { key: 'event.effects' },
    {
      stub: { key: 'event.group' },
      columns: withModels([...coefficientColumns(false), { id: 'rows', label: { key: 'event.rows' } }], hasModels),
      rows: studies.flatMap(({ model, value }) => effectRows(model, value, hasModels)),
    },
  );
}

const all: Text = { key: 'event.all' };
const cohortText = (cohort: string): Text => ({ key: 'event.cohort', values: { cohort } });

function effectRows(model: ModelAfterFit, { att, by_cohort: cohorts }: EventStudy, hasModels: boolean): TableRow[] {
  const treated = cohorts.reduce((sum, one) => sum + one.treated, 0);
  const rows = [
    ...(att === null ? [] : [{ id: 'att', label: all, line: att, treated }]),
    ...cohorts.map((one) => ({
      id: one.cohort,
      label: cohortText(one.cohort),
      line: one,
      treated: one.treated,
    })),
  ];
  return rows.map(({ id, label, line, treated: count }) => ({
    id: `${model.id}.${id}`,
    label: { kind: 'label', label },
    cells: [...modelCells(model, hasModels), ...coefficientCells(line), { kind: 'count', value: count }],
  }));
}

function notesOf(studies: readonly OfModel<EventStudy>[], hasModels: boolean): readonly Text[] {
  const notes = studies.flatMap(({ model, value }): Text[] => {
    const { pre_trend, references, controls } = value;
    const text = textOf(model, termOf(value), hasModels);
    return [
      {
        key: 'event.references',
        values: {
          ...{ text, periods: listed(references.map(String)), controls: controlsText(controls), rows: controls.rows },
        },
      },
      ...endsNote(value),
      ...(pre_trend === null ? [{ key: 'event.no_before', values: { text } } as const] : []),
    ];
  });
  const forms = new Set(studies.map(({ value }) => value.form));
  return [
    ...new Map(notes.map((note) => [JSON.stringify(note), note])).values(),
    ...(forms.has('event') ? [{ key: 'event.plain' } as const] : []),
    ...(forms.has('sunab') ? [{ key: 'event.shares' } as const] : []),
    ...(studies.some(({ value }) => value.pre_trend !== null) ? [{ key: 'event.power' } as const] : []),
  ];
}

/** Which periods the ends hold. */
export function endsNote({ leads, lags }: EventStudy): readonly Text[] {
  if (leads !== null && lags !== null) return [{ key: 'event.ends', values: { leads: `-${leads}`, lags } }];
  if (leads !== null) return [{ key: 'event.end_before', values: { leads: `-${leads}` } }];
  return lags === null ? [] : [{ key: 'event.end_after', values: { lags } }];
}

function controlsText({ kinds, cohorts }: EventStudy['controls']): Text {
  if (kinds.length === 0) return { key: 'event.control_none' };
  const parts = kinds.map((kind): Text => {
    return kind === 'never'
      ? { key: 'event.control_never' }
      : { key: `event.control_${kind}`, values: { cohorts: listed(cohorts) } };
  });
  return joinedBy(parts, 'list.comma');
}

/** `-5, -4, -3`: names and signs. */
export function listed(texts: readonly string[]): Text {
  return joinedBy(texts, 'list.comma');
}
