import type { AddedVariable } from '../../model/result/added-variable.ts';
import { absentNote, modelCells, type OfModel, withModels } from './after-fit-parts.ts';
import type { TableModel } from './contract.ts';
import { counted, plain, tableOf, words } from './parts.ts';

/** What the plot of a term net of the rest shows: its slope, and how much of the rest of the outcome it explains. */
export function addedVariableTable(asked: readonly OfModel<AddedVariable>[], hasModels: boolean): TableModel {
  const columns = [
    { id: 'estimate', label: { key: 'added.slope' } },
    { id: 'partial_r2', label: { key: 'added.partial_r2' } },
    { id: 'nobs', label: { key: 'column.obs' } },
  ] as const;
  return tableOf(
    'added_variable',
    { key: 'added.title' },
    {
      columns: withModels(columns, hasModels),
      rows: asked.map(({ model, value }) => ({
        id: `${model.id}.${value.term}`,
        label: words(value.term),
        cells: [
          ...modelCells(model, hasModels),
          plain(value.estimate),
          plain(value.partial_r2, 4),
          counted(value.nobs),
        ],
      })),
      notes: [
        { key: 'added.note' },
        ...asked.flatMap(({ model, value }) =>
          absentNote(model, { text: value.term, absent: value.absent }, hasModels),
        ),
      ],
    },
  );
}
