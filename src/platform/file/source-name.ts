import { existsSync } from 'node:fs';

/** A data source as a user writes it: a file, or a part of one behind `::` (a sheet of a workbook, a table of a database). */
export interface SourceName {
  readonly file: string;
  /** Null when the whole file is meant. */
  readonly part: string | null;
}

/** Splits `FILE::PART` at its first `::` unless there is a file of the whole name. */
export function splitSource(text: string): SourceName {
  const at = text.indexOf('::');
  if (at <= 0 || existsSync(text)) return { file: text, part: null };
  return { file: text.slice(0, at), part: text.slice(at + 2) };
}
