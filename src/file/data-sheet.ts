import { lineOf, type RawSheet } from '../data/source/raw-sheet.ts';
import { at } from '../error/at.ts';
import type { Diagnostic } from '../error/diagnostic.ts';
import { StudyError } from '../error/study-error.ts';
import { headerName } from '../table/column-name.ts';
import { type ChosenSheet, chooseSheet } from './choose-sheet.ts';
import { fileError } from './file-error.ts';
import { tableStart } from './table-start.ts';

/**
 * The sheet of a file that a command takes as its data, its header in the first row: titles above the table are off. A
 * formula without a saved value is refused, since its cell would be empty or text.
 * @param sheets of the file
 * @param part the sheet that is meant; null for none in particular
 * @param name how errors call the file
 * @throws file-unreadable, unknown-sheet, choose-sheet
 */
export function dataSheet(sheets: readonly RawSheet[], part: string | null, name: string): ChosenSheet {
  if (part !== null) refusePart(sheets, part, name);
  const { sheet, notes } = chooseSheet(sheets, part, name);
  const { bareFormula } = sheet.reading;
  if (bareFormula != null) {
    const column = columnLetters(bareFormula.column);
    const place = { sheet: sheet.sheet, column };
    throw fileError(name, 'formula-without-value', bareFormula.row + 1, undefined, place);
  }
  const table = withoutTitles(sheet);
  const data = withoutEmptyEnd(table.sheet);
  if (data.reading.format === 'csv') refuseRagged(data);
  return { sheet: data, notes: [...(sheet.reading.notes ?? []), ...notes, ...table.notes] };
}

/** A sheet with its header made names, and without columns at its right end that have neither a name nor a cell. */
function withoutEmptyEnd(sheet: RawSheet): RawSheet {
  let width = 0;
  for (const row of sheet.rows) {
    let last = row.length;
    while (last > width && at(row, last - 1).trim() === '') last--;
    width = Math.max(width, last);
  }
  const [header = [], ...rows] = sheet.rows.map((row) => (row.length > width ? row.slice(0, width) : row));
  return { ...sheet, rows: [header.map(headerName), ...rows] };
}

/** A row of a text file has as many cells as its header. */
function refuseRagged(sheet: RawSheet): void {
  const expected = at(sheet.rows, 0).length;
  sheet.rows.forEach((row, i) => {
    if (row.length === expected || row.every((cell) => cell.trim() === '')) return;
    throw fileError(sheet.path, 'ragged-row', lineOf(sheet, i), undefined, { expected, found: row.length });
  });
}

function refusePart(sheets: readonly RawSheet[], part: string, path: string): void {
  if (sheets.every(({ sheet }) => sheet === null))
    throw new StudyError('unknown-sheet', { path, sheet: part, sheets: [], nearest: null });
}

function withoutTitles(sheet: RawSheet): ChosenSheet {
  const { format } = sheet.reading;
  const start = format === 'dta' || format === 'parquet' ? 0 : tableStart(sheet.rows);
  if (start === 0) return { sheet, notes: [] };
  const rows = sheet.rows.slice(start);
  const header = lineOf(sheet, start);
  const lines = Int32Array.from(rows, (_, i) => lineOf(sheet, start + i));
  const titles = sheet.rows.slice(0, start).filter((row) => row.some((cell) => cell.trim() !== '')).length;
  const detail = { path: sheet.path, rows: titles, header };
  const notes: Diagnostic[] = titles === 0 ? [] : [{ code: 'titles-passed', severity: 'note', detail }];
  return { sheet: { ...sheet, rows, lines }, notes };
}

/** The letters of a column of a spreadsheet, from 0: A, B, … Z, AA. */
export function columnLetters(column: number): string {
  let letters = '';
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26))
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  return letters;
}
