import { StudyError } from '../../error/study-error.ts';
import { numberAt, textAt } from '../../table/cell-at.ts';
import type { Dialect } from '../sql/dialect.ts';
import type { PanelCheck } from './contract.ts';

/** What stands for a missing cell in yearbooks; never zero. */
export const missingMarks = ['', '-', '--', '—', '——', '…', '...', 'NA', 'N/A', 'null'] as const;

/** Text of a cell without surrounding blanks, NULL when it is one of the missing marks. */
export function cleanCell(header: string, { quoteName, quoteText }: Dialect): string {
  const trimmed = `trim(${quoteName(header)})`;
  return `(CASE WHEN ${trimmed} IN (${missingMarks.map(quoteText).join(', ')}) THEN NULL ELSE ${trimmed} END)`;
}

/** A cell as a number, thousands separators allowed; NULL when missing. What is no number is found by `unreadableCells`. */
export function numberCell(header: string, dialect: Dialect): string {
  return dialect.numberOfText(`replace(${cleanCell(header, dialect)}, ',', '')`);
}

/** Column of the line of a row in the file that it comes from. */
export const lineColumn = 'line';

/**
 * Finds the first cell of a loaded table's columns that is neither a number nor missing.
 * @param path the file that the table was read from
 */
export function unreadableCells(
  { table, path }: { readonly table: string; readonly path: string },
  headers: readonly string[],
  dialect: Dialect,
): PanelCheck {
  const { quoteName, quoteText } = dialect;
  const cases = headers
    .map(
      (header) =>
        `WHEN ${cleanCell(header, dialect)} IS NOT NULL AND ${numberCell(header, dialect)} IS NULL THEN ${quoteText(header)}`,
    )
    .join(' ');
  const values = headers.map((header) => `WHEN ${quoteText(header)} THEN ${quoteName(header)}`).join(' ');
  return {
    sql: `SELECT ${lineColumn}, bad AS column_name, CASE bad ${values} END AS cell
      FROM (SELECT *, CASE ${cases} END AS bad FROM ${table}) AS read WHERE bad IS NOT NULL ORDER BY ${lineColumn} LIMIT 1`,
    toError: (rows) =>
      new StudyError('file-unreadable', {
        path,
        line: numberAt(rows, lineColumn),
        column: textAt(rows, 'column_name'),
        reason: 'no-number',
        cell: textAt(rows, 'cell'),
      }),
  };
}
