import type { IndicatorDefinition } from '../source/contract.ts';
import { lineOf, type RawSheet } from '../source/raw-sheet.ts';
import { type KeyRole, keyHeaders } from '../source/tables.ts';
import { foldText, readNumber } from './cell.ts';
import { aliasKey, type ColumnHeader, indicatorFinder, readHeader, yearInName, yearOfCell } from './header.ts';
import type { LedgerLine } from './ledger.ts';

/** A value column: whose values it holds, and of which year when the header says so. */
export interface ValueColumn {
  readonly column: number;
  readonly header: ColumnHeader;
  readonly indicator: IndicatorDefinition;
  /** The year in a header of a city × year table; null when rows or the sheet say it. */
  readonly year: number | null;
}

/** Where a table stands in its sheet, and what its columns are. Indices count from 0. */
export interface LocatedTable {
  readonly sheet: RawSheet;
  /** First row below the header. */
  readonly firstRow: number;
  readonly headerRows: readonly number[];
  /** Number of columns. */
  readonly width: number;
  readonly keys: Readonly<Record<KeyRole, number | null>>;
  readonly values: readonly ValueColumn[];
  /** Year of the whole sheet (file name, sheet name or title), null when rows or columns say it. */
  readonly year: number | null;
  /** Unit that a title gives for the whole sheet (单位：万元); empty for none. */
  readonly unit: string;
  readonly ledger: readonly LedgerLine[];
}

/** How far down a header is looked for. */
const headerSearch = 30;

/**
 * Finds the header of a sheet, over several rows or below titles, and what its columns hold. Three shapes are known: a column
 * per indicator, a column per year of one indicator, and one row per value with a column that names the indicator.
 * @returns null when no row names a city column
 */
export function locateTable(sheet: RawSheet, indicators: readonly IndicatorDefinition[]): LocatedTable | null {
  const top = sheet.rows.findIndex((row, i) => i < headerSearch && row.some((cell) => isKey(cell, cityRoles)));
  if (top < 0) return null;
  const keyColumns = sheet.rows[top].flatMap((cell, j) => (isKey(cell, allRoles) ? [j] : []));
  const first = isUpperHeader(sheet.rows[top - 1]) ? top - 1 : top;
  let last = top;
  while (last + 1 < sheet.rows.length && isLowerHeader(sheet.rows[last + 1], keyColumns)) last++;
  const headerRows = Array.from({ length: last - first + 1 }, (_, i) => first + i);

  const find = indicatorFinder(indicators);
  const units = new Set(indicators.flatMap(({ units }) => Object.keys(units).map((unit) => foldText(unit))));
  const isUnit = (text: string): boolean => units.has(text);
  const width = Math.max(...headerRows.map((i) => sheet.rows[i].length));
  const headers = Array.from({ length: width }, (_, j) => readHeader(headerParts(sheet, headerRows, j), isUnit));
  const keys = Object.fromEntries(
    allRoles.map((role) => {
      const at = headers.findIndex(({ name, text }) => isAlias(name, role) || isAlias(text, role));
      return [role, at < 0 ? null : at];
    }),
  ) as Record<KeyRole, number | null>;

  const titles = sheet.rows.slice(0, first).flatMap((row) => row.filter((cell) => cell.trim() !== ''));
  const name = sheet.path.split('/').at(-1) ?? '';
  const subject = [name.replace(/\.[^.]*$/, ''), sheet.sheet ?? '', ...titles];
  const ledger: LedgerLine[] = [];
  const note = (column: number, rule: LedgerLine['rule'], after: string | null): void => {
    ledger.push({
      file: sheet.path,
      sheet: sheet.sheet,
      row: lineOf(sheet, last),
      column: column + 1,
      before: headers[column].text,
      after,
      rule,
      city: null,
      year: null,
      indicator: null,
    });
  };
  if (headerRows.length > 1 || first > 0) {
    note(keyColumns[0], 'header-rows', `${lineOf(sheet, first)}-${lineOf(sheet, last)}`);
  }
  const values: ValueColumn[] = [];
  const subjectIndicator = indicatorOfSubject(subject, indicators, isUnit);
  headers.forEach((header, column) => {
    if (Object.values(keys).includes(column) || header.text === '') return;
    if (header.scope === 'districts') {
      note(column, 'district-column', null);
      return;
    }
    const year = yearOfCell(header.text) ?? yearOfCell(header.name);
    const indicator = year === null ? find(header) : subjectIndicator;
    if (indicator !== null) values.push({ column, header, indicator, year });
    else note(column, 'unknown-header', null);
  });
  return {
    sheet,
    firstRow: last + 1,
    headerRows,
    width,
    keys,
    values,
    year: subject.reduce<number | null>((found, text) => found ?? yearInName(text), null),
    unit: subject.reduce((found, text) => found || unitOfTitle(text) || readHeader([text], isUnit).unit, ''),
    ledger,
  };
}

const allRoles = Object.keys(keyHeaders) as KeyRole[];
const cityRoles: readonly KeyRole[] = ['code', 'name'];

const aliasSets = Object.fromEntries(
  allRoles.map((role) => [role, new Set(keyHeaders[role].map(aliasKey))]),
) as unknown as Readonly<Record<KeyRole, ReadonlySet<string>>>;

function isAlias(text: string, role: KeyRole): boolean {
  return aliasSets[role].has(aliasKey(text));
}

function isKey(cell: string, roles: readonly KeyRole[]): boolean {
  return cell !== '' && roles.some((role) => isAlias(cell, role));
}

/** A row above the key headers belongs to the header when it names several columns; a title has one or two cells. */
function isUpperHeader(row: readonly string[] | undefined): boolean {
  if (row === undefined) return false;
  const filled = row.filter((cell) => cell.trim() !== '');
  return filled.length >= 3 && filled.every((cell) => !readNumber(cell).isReadable || yearOfCell(cell) !== null);
}

/** A row below the key headers belongs to the header when its key cells are blank and no cell is a value. */
function isLowerHeader(row: readonly string[], keyColumns: readonly number[]): boolean {
  if (keyColumns.some((j) => (row[j] ?? '').trim() !== '')) return false;
  const filled = row.filter((cell) => cell.trim() !== '');
  return filled.length > 0 && filled.every((cell) => !readNumber(cell).isReadable || yearOfCell(cell) !== null);
}

/** Texts of one column from the top row of the header down; a blank upper cell belongs to the text left of it. */
function headerParts(sheet: RawSheet, headerRows: readonly number[], column: number): string[] {
  const lowest = headerRows.at(-1)!;
  const parts = headerRows.flatMap((i) => {
    const own = (sheet.rows[i][column] ?? '').trim();
    if (own !== '' || i === lowest) return [own];
    const hasLower = headerRows.some((below) => below > i && (sheet.rows[below][column] ?? '').trim() !== '');
    if (!hasLower) return [''];
    for (let j = column - 1; j >= 0; j--) {
      const left = (sheet.rows[i][j] ?? '').trim();
      if (left !== '') return isKey(left, allRoles) ? [''] : [left];
    }
    return [''];
  });
  return parts.filter((part, i) => part !== '' && parts.indexOf(part) === i);
}

/** The indicator that a file name, a sheet name or a title is about; the longest header that stands in it counts. */
function indicatorOfSubject(
  subject: readonly string[],
  indicators: readonly IndicatorDefinition[],
  isUnit: (text: string) => boolean,
): IndicatorDefinition | null {
  const find = indicatorFinder(indicators);
  for (const text of subject) {
    const exact = find(readHeader([text], isUnit));
    if (exact !== null) return exact;
    const key = aliasKey(text);
    const inside = indicators
      .flatMap((indicator) => indicator.headers.map((alias) => ({ indicator, alias: aliasKey(alias) })))
      .filter(({ alias }) => alias.length > 2 && key.includes(alias))
      .sort((a, b) => b.alias.length - a.alias.length);
    if (inside.length > 0) return inside[0].indicator;
  }
  return null;
}

function unitOfTitle(text: string): string {
  return /单位[:：]\s*([^\s)）,，;；]+)/u.exec(text.normalize('NFKC'))?.[1] ?? '';
}
