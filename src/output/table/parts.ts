import type { Cell, Spanner, TableModel, TableRow, Text } from './contract.ts';

// Small parts that tables are put together from.

export const empty: Cell = { kind: 'empty' };

export function blanks(count: number): readonly Cell[] {
  return Array<Cell>(count).fill(empty);
}

/** A number, with decimals of its own when they are given. */
export function plain(value: number | null, decimals?: number): Cell {
  return { kind: 'number', value, ...(decimals === undefined ? {} : { decimals }) };
}

/** Words of the program or the author in a cell, at its start. */
export function words(label: Text): Cell {
  return label === '' ? empty : { kind: 'label', label };
}

/** A name as it is typed or stored: a path, a column, a formula. */
export function code(text: string): Cell {
  return { kind: 'verbatim', text, isCode: true };
}

export function counted(value: number | null): Cell {
  return { kind: 'count', value };
}

/** A table without number, stub and notes, unless they are among `parts`, on data that are not simulated. */
export function tableOf(
  id: string,
  title: Text,
  parts: Pick<TableModel, 'columns' | 'rows'> & Partial<TableModel>,
): TableModel {
  return { id, number: '', title, stub: '', notes: [], isSynthetic: false, ...parts };
}

/** A heading over all of so many columns. */
export function spannerOver(count: number, label: Text): readonly Spanner[] {
  return [{ label, from: 0, count }];
}

/** A row that heads those below it. */
export function headRow(id: string, label: Text, columns: number): TableRow {
  return { id, label: { kind: 'label', label }, cells: blanks(columns), isHead: true };
}

/** Texts as a language joins them; nothing for none. */
export function joinedBy(
  parts: readonly Text[],
  key: 'list.space' | 'list.comma' | 'list.semicolon' | 'list.and',
): Text {
  return parts.length === 0 ? '' : parts.reduce((first, second) => ({ key, values: { first, second } }));
}
