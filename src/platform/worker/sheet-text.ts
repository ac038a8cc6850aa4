import { closeSync, mkdtempSync, openSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { TableFile } from '../../data/panel/contract.ts';
import { at } from '../../error/at.ts';
import { StudyError } from '../../error/study-error.ts';
import type { SheetReader } from '../../study/ports.ts';

/** Files that are scanned as they are. */
const delimited = ['.csv', '.tsv', '.txt'];
const rowsAtOnce = 10_000;
/** Twice the cells that are read of a sheet at once: a table with a header over each column has no more, short rows filled up. */
const paddedCells = 40_000_000;

export function isDelimited(name: string): boolean {
  return delimited.includes(extname(name).toLowerCase());
}

/**
 * The sheets of a workbook as delimited text in `folder`, a file each; the row of a sheet is the line of its text unless a
 * cell holds a line end. Empty sheets are left out, and so is what stands to the right of the header, in no column: one cell at the far
 * end of a sheet would make every line as long as a sheet is wide.
 * @throws unsupported-format without a reader; file-unreadable for a header over far more cells than a sheet may have
 */
export async function sheetTexts(input: TableFile, folder: string, reader?: SheetReader): Promise<TableFile[]> {
  if (reader === undefined) throw new StudyError('unsupported-format', { path: input.name, known: delimited });
  const own = mkdtempSync(join(folder, 'sheets-'));
  const sheets = await reader.sheets(input.path, input.name);
  return sheets.flatMap(({ sheet, rows }, i) => {
    if (rows.length === 0) return [];
    const width = at(rows, 0).length;
    if (rows.length * width > paddedCells) throw tooLarge(input.name, sheet);
    const path = join(own, `${i}.csv`);
    const handle = openSync(path, 'w');
    for (let from = 0; from < rows.length; from += rowsAtOnce) {
      const lines = rows.slice(from, from + rowsAtOnce).map((row) => `${lineOf(row, width)}\n`);
      writeFileSync(handle, lines.join(''));
    }
    closeSync(handle);
    return [{ path, name: sheet === null ? input.name : `${input.name}[${sheet}]` }];
  });
}

function tooLarge(path: string, sheet: string | null): StudyError<'file-unreadable'> {
  return new StudyError('file-unreadable', { path, line: null, column: null, reason: 'sheet-too-large', sheet });
}

/** A row of a sheet is short when its last cells are empty. */
function lineOf(row: readonly string[], width: number): string {
  return Array.from({ length: width }, (_, i) => quoted(row[i] ?? '')).join(',');
}

function quoted(cell: string): string {
  return /[",\n\r]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
