import { at } from '../error/at.ts';
import { type ColumnTable, cellText, columnNamed, columnTable, textColumn } from './column.ts';

/**
 * A table with the columns of another beside each row that has its key, as text; of a name that both have, the other's column is
 * kept. A row whose key the other lacks has missing cells there.
 */
export function joinByKey(table: ColumnTable, other: ColumnTable, key: string): ColumnTable {
  const rows = new Map<string, number>();
  for (let row = 0; row < other.nrow; row++) rows.set(cellText(columnNamed(other, key), row) ?? '', row);
  const places = Array.from({ length: table.nrow }, (_, row) => rows.get(cellText(columnNamed(table, key), row) ?? ''));
  const added = other.names
    .filter((name) => name !== key)
    .map((name) => [
      name,
      textColumn(places.map((row) => (row === undefined ? null : cellText(columnNamed(other, name), row)))),
    ]);
  return columnTable({ ...table.columns, ...Object.fromEntries(added) });
}

/** Tables one below the other, as text, with the columns of the first; a cell of a column that another lacks is missing. */
export function stackTables(tables: readonly ColumnTable[]): ColumnTable {
  const { names } = at(tables, 0);
  const cellsOf = (name: string): (string | null)[] =>
    tables.flatMap((table) =>
      Array.from({ length: table.nrow }, (_, row) =>
        Object.hasOwn(table.columns, name) ? cellText(columnNamed(table, name), row) : null,
      ),
    );
  return columnTable(Object.fromEntries(names.map((name) => [name, textColumn(cellsOf(name))])));
}
