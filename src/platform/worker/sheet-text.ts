import { closeSync, mkdtempSync, openSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { TableFile } from '../../data/panel/contract.ts';
import { StudyError } from '../../error/study-error.ts';
import type { SheetReader } from '../../study/ports.ts';

/** Files that are scanned as they are. */
const delimited = ['.csv', '.tsv', '.txt'];
const rowsAtOnce = 10_000;

export function isDelimited(name: string): boolean {
  return delimited.includes(extname(name).toLowerCase());
}

/**
 * The sheets of a workbook as delimited text in `folder`, a file each; the row of a sheet is the line of its text unless a
 * cell holds a line end. Empty sheets are left out.
 * @throws unsupported-format without a reader
 */
export async function sheetTexts(input: TableFile, folder: string, reader?: SheetReader): Promise<TableFile[]> {
  if (reader === undefined) throw new StudyError('unsupported-format', { path: input.name, known: delimited });
  const own = mkdtempSync(join(folder, 'sheets-'));
  const sheets = await reader.sheets(input.path, input.name);
  return sheets.flatMap(({ sheet, rows }, i) => {
    if (rows.length === 0) return [];
    const width = rows.reduce((most, { length }) => Math.max(most, length), 0);
    const path = join(own, `${i}.csv`);
    const handle = openSync(path, 'w');
    for (let at = 0; at < rows.length; at += rowsAtOnce) {
      const lines = rows.slice(at, at + rowsAtOnce).map((row) => `${lineOf(row, width)}\n`);
      writeFileSync(handle, lines.join(''));
    }
    closeSync(handle);
    return [{ path, name: sheet === null ? input.name : `${input.name}[${sheet}]` }];
  });
}

/** A row of a sheet is short when its last cells are empty. */
function lineOf(row: readonly string[], width: number): string {
  return Array.from({ length: width }, (_, i) => quoted(row[i] ?? '')).join(',');
}

function quoted(cell: string): string {
  return /[",\n\r]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
