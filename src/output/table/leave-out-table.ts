import type { LeaveOut, LeftOut } from '../../model/result/leave-out.ts';
import type { LevelName, OfModel } from './after-fit-parts.ts';
import { absentNote, modelCells, withModels } from './after-fit-parts.ts';
import type { Cell, TableColumn, TableModel, TableRow, Text } from './contract.ts';
import { counted, empty, plain, tableOf } from './parts.ts';

const columns: readonly TableColumn[] = [
  { id: 'levels', label: { key: 'leave_out.levels' } },
  { id: 'estimate', label: { key: 'coef.estimate' } },
  { id: 'lowest', label: { key: 'leave_out.lowest' } },
  { id: 'without_lowest', label: { key: 'leave_out.without' } },
  { id: 'highest', label: { key: 'leave_out.highest' } },
  { id: 'without_highest', label: { key: 'leave_out.without' } },
  { id: 'sign_changes', label: { key: 'leave_out.sign_changes' } },
];

/** How far a coefficient moves when one level at a time is left out; a row a column. */
export function leaveOutTable(
  asked: readonly OfModel<LeaveOut>[],
  hasModels: boolean,
  levelName: LevelName,
): TableModel {
  const isUndetermined = asked.some(({ value }) => value.groups.some(({ undetermined }) => undetermined > 0));
  return tableOf(
    'leave-out',
    { key: 'leave_out.title' },
    {
      stub: { key: 'leave_out.by' },
      columns: withModels(columns, hasModels),
      rows: asked.flatMap(({ model, value }) =>
        value.groups.map(
          ({ by, levels, lowest, highest, sign_changes }): TableRow => ({
            id: `${model.id}.${value.term}.${by}`,
            label: { kind: 'label', label: { key: 'leave_out.row', values: { term: value.term, by } } },
            cells: [
              ...modelCells(model, hasModels),
              counted(levels),
              plain(value.estimate),
              ...endCells(lowest, (level) => levelName(by, level)),
              ...endCells(highest, (level) => levelName(by, level)),
              counted(sign_changes),
            ],
          }),
        ),
      ),
      notes: [
        { key: 'leave_out.note' },
        ...(isUndetermined ? [{ key: 'leave_out.undetermined' } as const] : []),
        ...asked.flatMap(({ model, value }) =>
          absentNote(model, { text: value.term, absent: value.absent }, hasModels),
        ),
      ],
    },
  );
}

function endCells(end: LeftOut | null, nameOf: (level: string) => Text): readonly Cell[] {
  return [
    plain(end?.estimate ?? null),
    end === null ? empty : { kind: 'label', label: nameOf(end.level), align: 'end' },
  ];
}
