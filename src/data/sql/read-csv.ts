import { duckdb } from '../../platform/engine/duckdb/dialect.ts';

const { quoteName, quoteText } = duckdb;

/**
 * `read_csv` of files with one set of headers, every column as text. Nothing is guessed: a sniffer takes a broken file for
 * one with another delimiter and says nothing, and types are this program's decision.
 */
export function readCsv(
  headers: readonly string[],
  paths: readonly string[],
  options: { delimiter?: string; filename?: boolean } = {},
): string {
  const columns = headers.map((header) => `${quoteText(header)}: 'VARCHAR'`).join(', ');
  const delimiter = options.delimiter === '\t' ? "E'\\t'" : quoteText(options.delimiter ?? ',');
  const filename = options.filename === true ? ', filename = true' : '';
  return `read_csv([${paths.map(quoteText).join(', ')}], auto_detect = false, header = true, columns = {${columns}},
    delim = ${delimiter}, quote = '"', escape = '"', max_line_size = 4194304${filename})`;
}

/** A text cell as it is used: surrounding blanks off, NULL when it is one of the marks of a missing cell. */
export function cleanText(header: string, missing: readonly string[]): string {
  const trimmed = `trim(${quoteName(header)})`;
  return `(CASE WHEN ${trimmed} IN (${missing.map(quoteText).join(', ')}) THEN NULL ELSE ${trimmed} END)`;
}
