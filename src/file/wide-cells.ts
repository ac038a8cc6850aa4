import type { RawSheet } from '../data/source/raw-sheet.ts';
import { limitOf, requireBudget } from '../error/budget.ts';
import type { ColumnTable } from '../table/column.ts';

/** @param path how errors call the file @throws over-budget (cell) */
export function refuseWideCells(path: string, sheets: readonly RawSheet[]): void {
  const limit = limitOf('cell');
  for (const { rows } of sheets) {
    for (const row of rows) for (const cell of row) if (cell.length > limit) requireBudget('cell', cell.length, path);
  }
}

/** The same of a table. @throws over-budget (cell, name) */
export function refuseWideTable(path: string, { names, columns }: ColumnTable): void {
  for (const name of names) {
    requireBudget('name', name.length, path);
    const column = columns[name];
    if (column?.kind === 'text') for (const level of column.levels) requireBudget('cell', level.length, path);
  }
}
