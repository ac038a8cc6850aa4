import { StudyError } from '../../error/study-error.ts';
import type { ColumnTable } from '../../table/column.ts';
import { duckdb } from '../sql/dialect/duckdb.ts';
import type { PanelCheck } from './contract.ts';

const { quoteName, quoteText } = duckdb;

/** What stands for a missing cell in yearbooks; never zero. */
export const missingMarks = ['', '-', '--', '—', '——', '…', '...', 'NA', 'N/A', 'null'] as const;

/** `read_csv` of files, every column as text: types are this program's decision, not the reader's. */
export function readCsv(paths: readonly string[], withFilename = false): string {
  const list = paths.map(quoteText).join(', ');
  const filename = withFilename ? ', filename = true' : '';
  return `read_csv([${list}], header = true, all_varchar = true, delim = ',', quote = '"', escape = '"'${filename})`;
}

/** Text of a cell without surrounding blanks, NULL when it is one of the missing marks. */
export function cleanCell(header: string): string {
  const trimmed = `trim(${quoteName(header)})`;
  return `(CASE WHEN ${trimmed} IN (${missingMarks.map(quoteText).join(', ')}) THEN NULL ELSE ${trimmed} END)`;
}

/** A cell as a number, thousands separators allowed; NULL when missing. What is no number is found by `unreadableCells`. */
export function numberCell(header: string): string {
  return `TRY_CAST(replace(${cleanCell(header)}, ',', '') AS DOUBLE)`;
}

/** Loads files as text into a table that remembers where each row stands: `filename`, and `line` from 2 on. */
export function loadText(table: string, paths: readonly string[]): string {
  return `CREATE OR REPLACE TABLE ${table} AS
    SELECT *, row_number() OVER (PARTITION BY filename ORDER BY loaded) + 1 AS line
    FROM (SELECT *, row_number() OVER () AS loaded FROM ${readCsv(paths, true)})`;
}

/** Finds the first cell of a loaded table's columns that is neither a number nor missing. */
export function unreadableCells(table: string, headers: readonly string[]): PanelCheck {
  const cases = headers
    .map(
      (header) => `WHEN ${cleanCell(header)} IS NOT NULL AND ${numberCell(header)} IS NULL THEN ${quoteText(header)}`,
    )
    .join(' ');
  const values = headers.map((header) => `WHEN ${quoteText(header)} THEN ${quoteName(header)}`).join(' ');
  return {
    sql: `SELECT filename, line, bad AS column_name, CASE bad ${values} END AS cell
      FROM (SELECT *, CASE ${cases} END AS bad FROM ${table}) WHERE bad IS NOT NULL ORDER BY filename, line LIMIT 1`,
    toError: (rows) =>
      new StudyError('file-unreadable', {
        path: textAt(rows, 'filename'),
        line: numberAt(rows, 'line'),
        column: textAt(rows, 'column_name'),
        reason: `"${textAt(rows, 'cell')}" is not a number`,
      }),
  };
}

/** First cell of a numeric column. */
export function numberAt(rows: ColumnTable, name: string, row = 0): number {
  const column = rows.columns[name];
  if (column?.kind !== 'number') throw new StudyError('internal', { reason: `no numeric column ${name}` });
  return column.values[row];
}

/** A cell of a text column; empty when missing. */
export function textAt(rows: ColumnTable, name: string, row = 0): string {
  const column = rows.columns[name];
  if (column === undefined) throw new StudyError('internal', { reason: `no column ${name}` });
  if (column.kind === 'number') return Number.isNaN(column.values[row]) ? '' : String(column.values[row]);
  return column.codes[row] < 0 ? '' : column.levels[column.codes[row]];
}
