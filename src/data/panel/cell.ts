import { at } from '../../error/at.ts';
import { StudyError } from '../../error/study-error.ts';
import { duckdb } from '../../platform/engine/duckdb/dialect.ts';
import { numberAt, textAt } from '../../table/cell-at.ts';
import { cleanText, readCsv } from '../sql/read-csv.ts';
import type { PanelCheck, RawFile } from './contract.ts';

const { quoteName, quoteText } = duckdb;

/** What stands for a missing cell in yearbooks; never zero. */
export const missingMarks = ['', '-', '--', '—', '——', '…', '...', 'NA', 'N/A', 'null'] as const;

/** Text of a cell without surrounding blanks, NULL when it is one of the missing marks. */
export function cleanCell(header: string): string {
  return cleanText(header, missingMarks);
}

/** A cell as a number, thousands separators allowed; NULL when missing. What is no number is found by `unreadableCells`. */
export function numberCell(header: string): string {
  return `TRY_CAST(replace(${cleanCell(header)}, ',', '') AS DOUBLE)`;
}

/** Raw files with one set of headers as something to select from, every column as text. */
export function readFiles(files: readonly RawFile[]): string {
  return readCsv(
    at(files, 0).headers,
    files.map(({ path }) => path),
  );
}

/** Loads files with one set of headers into a table that remembers each row's place: `filename`, and `line` from 2 on. */
export function loadText(table: string, files: readonly RawFile[]): string {
  const source = readCsv(
    at(files, 0).headers,
    files.map(({ path }) => path),
    { filename: true },
  );
  return `CREATE OR REPLACE TABLE ${table} AS
    SELECT *, row_number() OVER (PARTITION BY filename ORDER BY loaded) + 1 AS line
    FROM (SELECT *, row_number() OVER () AS loaded FROM ${source})`;
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
        reason: 'no-number',
        cell: textAt(rows, 'cell'),
      }),
  };
}
