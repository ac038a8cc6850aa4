import { writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { reasonOf, StudyError } from '../../error/study-error.ts';
import { scratchFolder } from './encoding.ts';

/**
 * The first sheet of an xlsx workbook as a CSV copy; dates become yyyy-mm-dd.
 * @throws file-unreadable
 */
export async function spreadsheetCopy(path: string): Promise<string> {
  const { default: readSheets } = await import('read-excel-file/node');
  let rows: readonly (readonly unknown[])[];
  try {
    const sheets = (await readSheets(path)) as unknown;
    rows = firstSheet(sheets);
  } catch (cause) {
    throw new StudyError(
      'file-unreadable',
      { path, line: null, column: null, reason: `not an xlsx workbook: ${reasonOf(cause)}` },
      { cause },
    );
  }
  const copy = join(scratchFolder(), `${basename(path)}.csv`);
  writeFileSync(copy, `${rows.map((row) => row.map(csvCell).join(',')).join('\n')}\n`);
  return copy;
}

/** The reader gives a list of sheets ({ sheet, data }) or, in older versions, the rows of the first one. */
function firstSheet(sheets: unknown): readonly (readonly unknown[])[] {
  const list = sheets as readonly unknown[];
  const first = list[0];
  if (first !== undefined && !Array.isArray(first)) return (first as { data: readonly (readonly unknown[])[] }).data;
  return list as readonly (readonly unknown[])[];
}

function csvCell(value: unknown): string {
  if (value === null || value === undefined) return '';
  const text = value instanceof Date ? value.toISOString().slice(0, 10) : String(value);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
