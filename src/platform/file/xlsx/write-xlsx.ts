import writeExcelFile from 'write-excel-file/node';
import { at, ownEntry } from '../../../error/at.ts';
import { withoutTimes } from '../../../output/document/same-bytes.ts';
import { type Column, type ColumnTable, columnNamed } from '../../../table/column.ts';

type Cell = { readonly value: string | number } | null;

/**
 * A table as an xlsx workbook: sheet `data`, names in its first row, and sheet `variables` with the label of each column
 * that has one. The bytes depend on the table alone: the archive's times are those of 1 January 1980.
 * @param labels label by column name
 */
export async function writeXlsx(table: ColumnTable, labels: Readonly<Record<string, string>>): Promise<Buffer> {
  const columns = table.names.map((name) => columnNamed(table, name));
  const rows = Array.from({ length: table.nrow }, (_, i) => columns.map((column) => cellOf(column, i)));
  const list = table.names.flatMap((name) => {
    const label = ownEntry(labels, name);
    return label === undefined ? [] : [[{ value: name }, { value: label }]];
  });
  const sheets = [{ sheet: 'data', data: [heading(table.names), ...rows], stickyRowsCount: 1 }];
  if (list.length > 0) {
    sheets.push({ sheet: 'variables', data: [heading(['variable', 'label']), ...list], stickyRowsCount: 1 });
  }
  return withoutTimes(await writeExcelFile(sheets).toBuffer());
}

/** Rows of cells as a workbook of one sheet; null for an empty cell. The bytes depend on the rows alone. */
export async function writeXlsxRows(
  sheet: string,
  rows: readonly (readonly (string | number | null)[])[],
): Promise<Buffer> {
  const data = rows.map((row) => row.map((value): Cell => (value === null ? null : { value })));
  return withoutTimes(await writeExcelFile([{ sheet, data }]).toBuffer());
}

function heading(names: readonly string[]): Cell[] {
  return names.map((value) => ({ value, fontWeight: 'bold' }));
}

function cellOf(column: Column, row: number): Cell {
  if (column.kind === 'number') {
    const value = at(column.values, row);
    return Number.isFinite(value) ? { value } : null;
  }
  const code = at(column.codes, row);
  const value = code < 0 ? '' : at(column.levels, code);
  return value === '' ? null : { value };
}
