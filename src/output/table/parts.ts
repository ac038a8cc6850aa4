import type { Cell, TableModel, Text } from './contract.ts';

// Small parts that tables are put together from.

export const empty: Cell = { kind: 'empty' };

export function blanks(count: number): readonly Cell[] {
  return Array<Cell>(count).fill(empty);
}

/** A number, with decimals of its own when they are given. */
export function plain(value: number | null, decimals?: number): Cell {
  return { kind: 'number', value, ...(decimals === undefined ? {} : { decimals }) };
}

/** A table without number, stub and notes, unless they are among `parts`, on data that are not simulated. */
export function tableOf(
  id: string,
  title: Text,
  parts: Pick<TableModel, 'columns' | 'rows'> & Partial<TableModel>,
): TableModel {
  return { id, number: '', title, stub: '', notes: [], isSynthetic: false, ...parts };
}

/** Texts as a language joins them; nothing for none. */
export function joinedBy(parts: readonly Text[], key: 'list.comma' | 'list.semicolon' | 'list.and'): Text {
  return parts.length === 0 ? '' : parts.reduce((first, second) => ({ key, values: { first, second } }));
}
