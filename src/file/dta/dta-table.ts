import type { DataTable } from '../data-table.ts';
import type { ColumnRules } from '../delimited/read-columns.ts';
import { withRules } from '../reading-rules.ts';
import { readDtaTable } from './dta-sheet.ts';

/** The variables of a dta file as `--text`, `--number` and `--missing` have them. @throws file-unreadable, not-numeric */
export function tableOfDta(bytes: Uint8Array, path: string, rules: ColumnRules): DataTable {
  const { table, notes, about } = readDtaTable(bytes, path);
  return { table: withRules(table, rules), header: null, notes, about };
}
