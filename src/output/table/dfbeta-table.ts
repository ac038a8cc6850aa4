import { at } from '../../error/at.ts';
import { roundSignificant } from '../../math/round-significant.ts';
import type { Dfbeta, DfbetaGroup, DfbetaMember } from '../../model/result/dfbeta.ts';
import type { LevelName, ModelAfterFit, OfModel } from './after-fit-parts.ts';
import { absentNote, modelCells, textOf, withModels } from './after-fit-parts.ts';
import type { TableColumn, TableModel, TableRow, Text } from './contract.ts';
import { counted, plain, tableOf, words } from './parts.ts';

/** Members of a group that the table shows. */
const shownMembers = 8;

const columns: readonly TableColumn[] = [
  { id: 'member', label: { key: 'dfbeta.member' } },
  { id: 'rows', label: { key: 'dfbeta.rows' } },
  { id: 'estimate', label: { key: 'dfbeta.estimate_without' } },
  { id: 'dfbeta', label: { key: 'dfbeta.dfbeta' } },
  { id: 'dfbetas', label: { key: 'dfbeta.dfbetas' } },
];

/** The rows, units and periods that move a coefficient most, by group. */
export function dfbetaTable(asked: readonly OfModel<Dfbeta>[], hasModels: boolean, levelName: LevelName): TableModel {
  return tableOf(
    'dfbeta',
    { key: 'dfbeta.title' },
    {
      stub: { key: 'dfbeta.by' },
      columns: withModels(columns, hasModels),
      rows: asked.flatMap(({ model, value }) =>
        value.groups.flatMap((group) =>
          mostInfluential(group, shownMembers).map((member, k): TableRow => {
            const values = { term: value.term, by: groupName(group) };
            return {
              id: `${model.id}.${value.term}.${group.by ?? ''}.${member.place}`,
              label: { kind: 'label', label: { key: 'leave_out.row', values } },
              ...(k === 0 && group !== at(value.groups, 0) ? { ruled: true } : {}),
              cells: [
                ...modelCells(model, hasModels),
                words(group.by === null ? member.level : levelName(group.by, member.level)),
                counted(member.rows),
                plain(member.dfbeta === null ? null : (value.estimate ?? Number.NaN) - member.dfbeta),
                plain(member.dfbeta),
                plain(member.dfbetas, 3),
              ],
            };
          }),
        ),
      ),
      notes: [
        { key: 'dfbeta.note' },
        ...asked.flatMap(({ model, value }) => value.groups.map((group) => groupNote(model, value, group, hasModels))),
        ...asked.flatMap(({ model, value }) =>
          absentNote(model, { text: value.term, absent: value.absent }, hasModels),
        ),
      ],
    },
  );
}

/** Those farthest from zero, those that decide the coefficient alone before them. */
export function mostInfluential({ members }: DfbetaGroup, count: number): readonly DfbetaMember[] {
  const far = ({ dfbeta, dfbetas }: DfbetaMember): number =>
    dfbeta === null ? Number.POSITIVE_INFINITY : Math.abs(dfbetas ?? 0);
  return [...members].sort((a, b) => far(b) - far(a) || a.place - b.place).slice(0, count);
}

/** What is left out one at a time. */
export function groupName({ by }: DfbetaGroup): Text {
  return by ?? { key: 'dfbeta.row' };
}

function groupNote(model: ModelAfterFit, value: Dfbeta, group: DfbetaGroup, hasModels: boolean): Text {
  const { levels, cutoff, beyond, undetermined } = group;
  const shown = roundSignificant(cutoff, 3);
  const values = { text: textOf(model, value.term, hasModels), by: groupName(group), levels, beyond, cutoff: shown };
  return undetermined === 0
    ? { key: 'dfbeta.beyond', values }
    : { key: 'dfbeta.beyond_undetermined', values: { ...values, undetermined } };
}
