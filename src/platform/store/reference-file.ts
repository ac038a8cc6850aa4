import type { ReferenceFile } from '../../data/panel/contract.ts';
import { lineOf, type RawSheet } from '../../data/source/raw-sheet.ts';
import { StudyError } from '../../error/study-error.ts';
import { dataSheet } from '../../file/data-sheet.ts';
import { fileError } from '../../file/file-error.ts';
import { columnTable, textColumn } from '../../table/column.ts';
import { headerName } from '../../table/column-name.ts';
import { sheetReader } from '../file/sheet-reader.ts';

/**
 * A reference table, whatever its encoding, its line ends or its format; its cells are texts as they stand, and missing where
 * they are empty. Blank rows are none.
 * @throws file-not-found, file-unreadable, unsupported-format
 */
export async function readReferenceFile(path: string): Promise<ReferenceFile> {
  return referenceTable(dataSheet(await sheetReader().sheets(path, path), null, path).sheet, path);
}

/** The same of a sheet whose header stands in its first row. @throws file-unreadable */
export function referenceTable(sheet: RawSheet, path: string): ReferenceFile {
  const { rows, reading } = sheet;
  const headers = headersOf(filledPart(rows), path, lineOf(sheet, 0));
  const width = headers.length;
  const kept = filledRows(sheet, width, reading.format === 'csv');
  const cell = (i: number, j: number): string | null => rows[i]?.[j] || null;
  const columns = headers.map((header, j) => [header, textColumn(kept.map((i) => cell(i, j)))] as const);
  return {
    path,
    table: columnTable(Object.fromEntries(columns)),
    lines: Float64Array.from(kept, (i) => lineOf(sheet, i)),
  };
}

/**
 * Places of the rows below the header that hold something. Cells that are absent at the end of a row of a workbook are empty,
 * empty ones behind the last header of any row are none; one with text there is an error, as is a row of a text file that is too
 * short.
 */
function filledRows(sheet: RawSheet, width: number, isText: boolean): number[] {
  return sheet.rows.flatMap((row, i) => {
    if (i === 0 || row.every((cell) => cell.trim() === '')) return [];
    if ((isText && row.length < width) || row.slice(width).some((cell) => cell.trim() !== '')) {
      const place = { sheet: sheet.sheet, expected: width, found: row.length };
      throw fileError(sheet.path, 'ragged-row', lineOf(sheet, i), undefined, place);
    }
    return [i];
  });
}

/** @throws file-unreadable when there are none, or a name stands twice */
function headersOf(row: readonly string[], path: string, line: number): string[] {
  const headers = row.map(headerName);
  if (headers.every((header) => header === '')) throw fileError(path, 'no-header', line);
  const twice = headers.find((header, i) => headers.indexOf(header) !== i);
  if (twice === undefined) return headers;
  throw new StudyError('file-unreadable', { path, line, column: null, reason: 'repeated-header', cell: twice });
}

/** The header up to the last column that has a name or a cell with text. */
function filledPart([header = [], ...rows]: readonly (readonly string[])[]): readonly string[] {
  let width = header.length;
  while (
    width > 0 &&
    (header[width - 1] ?? '').trim() === '' &&
    rows.every((row) => (row[width - 1] ?? '').trim() === '')
  )
    width--;
  return header.slice(0, width);
}
