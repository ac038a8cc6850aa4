import { csvRecords } from '../../../table/csv-text.ts';
import type { FormattedTable } from '../../format/format-table.ts';
import { guardedField } from './escape.ts';
import { headingAlone } from './table-head.ts';

/**
 * A table as CSV (RFC 4180, UTF-8): numbers in full precision, every row with a label of its own, no title, no field that a spreadsheet
 * takes for a formula.
 */
export function csvTable(table: FormattedTable): string {
  const heading = [table.stub, ...table.columns.map((_, j) => headingAlone(table, j))];
  const records = [heading, ...table.rows.map((row) => [row.alone, ...row.cells.map((cell) => cell.exact)])];
  if (table.synthetic !== null) records.push([table.synthetic, ...table.columns.map(() => '')]);
  return csvRecords(records.map((fields) => fields.map(guardedField)));
}
