import type { RawSheet } from '../data/source/raw-sheet.ts';
import { at } from '../error/at.ts';
import type { SheetOutline } from '../error/codes.ts';
import type { Diagnostic } from '../error/diagnostic.ts';
import { nearestOrLonger } from '../error/nearest-name.ts';
import { StudyError } from '../error/study-error.ts';
import { tableStart } from './table-start.ts';

/** A sheet that is taken as the data, with what is to be said about the choice. */
export interface ChosenSheet {
  readonly sheet: RawSheet;
  readonly notes: readonly Diagnostic[];
}

/**
 * The sheet of a file that is meant. Without a name it is the first one that is not hidden; if it holds no table while
 * others have cells, the choice is the user's. A name is taken as it is written, else by its letters whatever their case and
 * width; a whole number is a place, from 1, where no sheet has a number for its name.
 * @param sheets sheets with cells, at least one
 * @param path how errors call the file
 * @throws unknown-sheet, choose-sheet
 */
export function chooseSheet(sheets: readonly RawSheet[], wanted: string | null, path: string): ChosenSheet {
  if (wanted !== null) return { sheet: namedSheet(sheets, wanted, path), notes: [] };
  const shown = sheets.filter(({ reading }) => reading.isHidden !== true);
  const candidates = shown.length === 0 ? sheets : shown;
  const sheet = at(candidates, 0);
  const others = candidates.slice(1);
  if (others.length === 0) return { sheet, notes: [] };
  if (!holdsTable(sheet))
    throw new StudyError('choose-sheet', { path, first: sheet.sheet ?? '', sheets: outlines(sheets) });
  const detail = { path, sheet: sheet.sheet ?? '', others: outlines(others).map(outlineText) };
  return { sheet, notes: [{ code: 'sheet-taken', severity: 'note', detail }] };
}

function namedSheet(sheets: readonly RawSheet[], wanted: string, path: string): RawSheet {
  const exact = sheets.find(({ sheet }) => sheet === wanted);
  if (exact !== undefined) return exact;
  const alike = sheets.filter(({ sheet }) => sheet !== null && fold(sheet) === fold(wanted));
  const [first, second] = alike;
  if (first !== undefined && second === undefined) return first;
  const isPlace = /^[1-9]\d{0,3}$/.test(wanted) && !sheets.some(({ sheet }) => /^\d+$/.test(sheet?.trim() ?? ''));
  const placed = isPlace ? sheets[Number(wanted) - 1] : undefined;
  if (placed !== undefined && placed.sheet !== null) return placed;
  const named = sheets.filter(({ sheet }) => sheet !== null);
  const nearest = nearestOrLonger(
    wanted,
    named.map(({ sheet }) => sheet ?? ''),
  );
  throw new StudyError('unknown-sheet', { path, sheet: wanted, sheets: outlines(named), nearest });
}

function fold(name: string): string {
  return name.normalize('NFKC').replace(/\s+/gu, ' ').trim().toLowerCase();
}

/** A table has two columns or more and two rows or more, and most of its rows have a second cell that is no prose. */
function holdsTable({ rows }: RawSheet): boolean {
  const body = rows.slice(tableStart(rows)).filter((row) => row.some((cell) => cell.trim() !== ''));
  const isRecord = (row: readonly string[]): boolean => {
    const filled = row.filter((cell) => cell.trim() !== '');
    return filled.length > 1 && filled.filter((cell) => cell.length > longestCell).length * 2 < filled.length;
  };
  return body.length > 1 && body.filter(isRecord).length * 2 > body.length;
}

/** Letters from which on a cell is prose. */
const longestCell = 60;

/** Name and extent of each sheet. */
export function outlines(sheets: readonly RawSheet[]): SheetOutline[] {
  return sheets.map(({ sheet, rows, reading }) => ({
    name: sheet ?? '',
    rows: rows.length,
    columns: rows.reduce((most, { length }) => Math.max(most, length), 0),
    isHidden: reading.isHidden === true,
  }));
}

function outlineText({ name, rows, columns }: SheetOutline): string {
  return `${name} (${rows} x ${columns})`;
}
