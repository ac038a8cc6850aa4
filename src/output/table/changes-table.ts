import type { ChangePart, ColumnChange } from '../../model/result/changes.ts';
import { modelName } from './after-fit-parts.ts';
import { coefficientCells, coefficientColumns } from './coefficient-cells.ts';
import type { TableModel, Text } from './contract.ts';
import { covarianceNote } from './covariance-name.ts';
import { tableOf, words } from './parts.ts';

/** Printed names of models and of variables. */
interface ChangeNames {
  readonly models?: Readonly<Record<string, Text>>;
  readonly variables?: Readonly<Record<string, Text>>;
}

/** A table a change: its parts, then the whole; those that are not taken apart are told below the last. */
export function changesTables(changes: readonly ColumnChange[], names: ChangeNames = {}): readonly TableModel[] {
  const nameOf = (id: string): Text => names.models?.[id] ?? modelName(id);
  const variable = (name: string): Text => names.variables?.[name] ?? name;
  const isNormal = false;
  const untold = changes.flatMap(({ from, to, reason }): Text[] => {
    if (reason === null) return [];
    const values = { from: nameOf(from), to: nameOf(to), reason: { key: `changes.why.${reason}` } as const };
    return [{ key: 'changes.no_parts', values }];
  });
  const tables = changes
    .filter(({ reason }) => reason === null)
    .map((change, k): TableModel => {
      const { term, from, to, vcov, total, parts } = change;
      const values = { term: variable(term), from: nameOf(from), to: nameOf(to) };
      const lines = [
        ...parts.map((part) => ({
          id: `${part.what}.${part.term}`,
          label: partName(part, change, variable),
          line: part,
        })),
        ...(total === null ? [] : [{ id: 'total', label: { key: 'changes.total' } as const, line: total }]),
      ];
      return tableOf(
        `changes-${k + 1}`,
        { key: 'changes.title_of', values },
        {
          stub: { key: 'changes.part' },
          columns: coefficientColumns(isNormal),
          rows: lines.map(({ id, label, line }) => ({
            id,
            label: words(label),
            cells: coefficientCells(line),
            ...(id === 'total' ? { ruled: true } : {}),
          })),
          notes: [...(vcov === null ? [] : [covarianceNote(vcov, names.variables)]), { key: 'changes.note' }],
        },
      );
    });
  const [last] = tables.slice(-1);
  if (untold.length === 0) return tables;
  if (last !== undefined) return [...tables.slice(0, -1), { ...last, notes: [...last.notes, ...untold] }];
  const [first] = changes;
  const title: Text = { key: 'changes.title', values: { term: variable(first?.term ?? '') } };
  return [
    tableOf('changes', title, {
      stub: { key: 'changes.part' },
      columns: coefficientColumns(isNormal),
      rows: [],
      notes: untold,
    }),
  ];
}

function partName({ what, term }: ChangePart, { nobs }: ColumnChange, variable: (name: string) => Text): Text {
  switch (what) {
    case 'rows_left':
      return { key: 'changes.rows_left', values: { rows: nobs.from - nobs.common } };
    case 'rows_joined':
      return { key: 'changes.rows_joined', values: { rows: nobs.to - nobs.common } };
    case 'effects':
      return { key: 'changes.effects' };
    default:
      return { key: `changes.${what}`, values: { name: variable(term) } };
  }
}
