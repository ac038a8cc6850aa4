import type { Cell, TableModel, TableRow } from '../contract.ts';
import { empty, tableOf } from '../parts.ts';
import type { CauseOf, RunDiff, Scalar } from './contract.ts';
import { told } from './words.ts';

const names = ['in', 'part', 'row', 'column', 'before', 'after', 'value_before', 'value_after', 'from'] as const;

type Recorded = Partial<Readonly<Record<(typeof names)[number], Scalar>>>;

/** Every change in a row, for programs: what it is, where, before, after, what it can have come from. */
export function diffRecords({ verdicts, claims, parts, cells, numbers }: RunDiff): TableModel {
  const rows: readonly (Recorded & { readonly what: string })[] = [
    ...verdicts.map(({ id, vcov, before, after, cause }) => ({
      ...{ what: 'verdict', in: id, column: vcov === null ? null : [vcov.type, ...vcov.by].join(':') },
      ...{ before: before?.verdict ?? null, after: after?.verdict ?? null, from: causeRecord(cause) },
    })),
    ...claims.map(({ table, column, term, before, after, cause }) => ({
      ...{
        what: 'claim',
        in: table,
        row: term,
        column,
        before: before?.verdict ?? null,
        after: after?.verdict ?? null,
      },
      ...{ value_before: before?.obtained ?? null, value_after: after?.obtained ?? null, from: causeRecord(cause) },
    })),
    ...parts.map(({ kind, change, in: table, part, name, cause }) => ({
      ...{ what: `${kind} ${change}`, in: table, part, row: name, from: causeRecord(cause) },
    })),
    ...cells.map(({ weight, table, part, row, column, before, after, change, cause }) => ({
      ...{ what: weight, in: table, part, row, column, before, after },
      ...{ value_before: change?.before ?? null, value_after: change?.after ?? null, from: causeRecord(cause) },
    })),
    ...numbers.map(({ weight, path, before, after, cause }) => ({
      ...{ what: weight, in: path, before, after, from: causeRecord(cause) },
    })),
  ];
  return tableOf('changes', told('diff.numbers'), {
    stub: 'what',
    columns: names.map((id) => ({ id, label: id })),
    rows: rows.map(
      (row, i): TableRow => ({
        id: `${i + 1}`,
        label: { kind: 'verbatim', text: row.what },
        cells: names.map((name) => cellOf(row[name] ?? null)),
      }),
    ),
  });
}

function cellOf(value: Scalar): Cell {
  if (value === null || value === '') return empty;
  return typeof value === 'number' ? { kind: 'number', value } : { kind: 'verbatim', text: String(value) };
}

function causeRecord({ among }: CauseOf): string {
  return among.map((one) => (typeof one === 'string' ? one : one.option)).join(' ');
}
