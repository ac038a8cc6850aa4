import type { EarlierTreatment, PlaceboTest, RandomDates } from '../../model/result/placebo.ts';
import type { ModelAfterFit, OfModel } from './after-fit-parts.ts';
import { absentNote, modelCells, textOf, withModels } from './after-fit-parts.ts';
import { coefficientCells, coefficientColumns } from './coefficient-cells.ts';
import type { TableModel, TableRow, Text } from './contract.ts';
import { covarianceNote } from './covariance-name.ts';
import { counted, tableOf } from './parts.ts';
import { intervalNote, permutationColumns, permutationRows } from './permutation-table.ts';

/** Fake treatment dates: the treatment some periods earlier, then dates at random. */
export function placeboTables(tests: readonly OfModel<PlaceboTest>[], hasModels: boolean): readonly TableModel[] {
  const moved = tests.filter(({ value }) => value.earlier.length > 0);
  const drawn = tests.flatMap(({ model, value }) =>
    value.random === null ? [] : [{ model, value, random: value.random }],
  );
  const absent = tests.flatMap(({ model, value }) =>
    absentNote(model, { text: value.term, absent: value.absent }, hasModels),
  );
  return [
    ...(moved.length === 0 ? [] : [earlierTable(moved, hasModels, absent)]),
    ...(drawn.length === 0 ? [] : [datesTable(drawn, hasModels, moved.length === 0 ? absent : [])]),
  ];
}

function earlierTable(tests: readonly OfModel<PlaceboTest>[], hasModels: boolean, absent: readonly Text[]): TableModel {
  return tableOf(
    'placebo-earlier',
    { key: 'placebo.earlier_title' },
    {
      stub: { key: 'placebo.periods_earlier' },
      columns: withModels(
        [
          ...coefficientColumns(false),
          { id: 'units', label: { key: 'placebo.units' } },
          { id: 'rows', label: { key: 'placebo.rows' } },
          { id: 'nobs', label: { key: 'column.obs' } },
        ],
        hasModels,
      ),
      rows: tests.flatMap(({ model, value }) => [
        ownRow(model, value, hasModels),
        ...value.earlier.map((one) => earlierRow(model, value, one, hasModels)),
      ]),
      notes: [
        { key: 'placebo.earlier_note' },
        ...(tests.some(({ value }) => value.of === 'average') ? [{ key: 'placebo.average' } as const] : []),
        ...tests.slice(0, 1).map(({ model }) => covarianceNote(model.vcov)),
        ...tests.flatMap(({ model, value }) => reasonNotes(model, value, hasModels)),
        ...absent,
      ],
    },
  );
}

function ownRow(model: ModelAfterFit, value: PlaceboTest, hasModels: boolean): TableRow {
  return {
    id: `${model.id}.${value.term}.0`,
    label: { kind: 'label', label: { key: 'placebo.own', values: { term: value.term } } },
    cells: [
      ...modelCells(model, hasModels),
      ...coefficientCells(value),
      counted(value.treated),
      { kind: 'empty' },
      counted(model.nobs),
    ],
  };
}

function earlierRow(model: ModelAfterFit, { term }: PlaceboTest, one: EarlierTreatment, hasModels: boolean): TableRow {
  return {
    id: `${model.id}.${term}.${one.periods}`,
    label: { kind: 'label', label: { key: 'placebo.moved', values: { term, periods: one.periods } } },
    cells: [
      ...modelCells(model, hasModels),
      ...coefficientCells(one),
      counted(one.units),
      counted(one.rows),
      { kind: 'count', value: one.nobs },
    ],
  };
}

function reasonNotes(model: ModelAfterFit, { term, earlier }: PlaceboTest, hasModels: boolean): readonly Text[] {
  const text = textOf(model, term, hasModels);
  return (['none-switch', 'not-estimable'] as const).flatMap((reason): Text[] => {
    const periods = earlier.filter((one) => one.reason === reason).map((one) => String(one.periods));
    return periods.length === 0
      ? []
      : [{ key: `placebo.no_${reason}`, values: { text, periods: periods.join(', ') } } as const];
  });
}

interface Drawn extends OfModel<PlaceboTest> {
  readonly random: RandomDates;
}

function datesTable(tests: readonly Drawn[], hasModels: boolean, absent: readonly Text[]): TableModel {
  return tableOf(
    'placebo-dates',
    { key: 'placebo.dates_title' },
    {
      stub: { key: 'placebo.term' },
      columns: withModels(permutationColumns, hasModels),
      rows: tests.flatMap(({ model, value: { term }, random }) =>
        permutationRows(model, { ...random, term, absent: [] }, hasModels),
      ),
      notes: [
        ...methodNotes(tests),
        ...(tests.some(({ value }) => value.of === 'average') ? [{ key: 'placebo.average' } as const] : []),
        ...tests.flatMap(({ model, value, random }) => {
          const text = textOf(model, value.term, hasModels);
          const { failed, reps, interval } = random;
          return [
            ...(interval === null ? [] : [intervalNote(text, interval)]),
            ...(failed === 0 ? [] : [{ key: 'placebo.failed', values: { text, failed, reps } } as const]),
          ];
        }),
        ...absent,
      ],
    },
  );
}

/** How dates were drawn, once for all models that were drawn alike. */
function methodNotes(tests: readonly Drawn[]): readonly Text[] {
  const seen = new Set<string>();
  return tests.flatMap(({ random: { how, periods, reps, seed, is_enumerated: isAll }, value }): Text[] => {
    const key = JSON.stringify([how, periods, reps, isAll, value.units, value.treated]);
    if (seen.has(key)) return [];
    seen.add(key);
    const values = { units: value.units, treated: value.treated, periods: periods ?? 0 };
    const what: Text = { key: `placebo.how_${how}`, values };
    if (isAll) return [{ key: 'placebo.note_enumerated', values: { what, reps } }];
    return [{ key: 'placebo.note', values: { what, reps, seed: String(seed) } }];
  });
}
