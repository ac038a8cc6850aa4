import { at, lastOf } from '../../error/at.ts';
import { keysOf, withKeys } from '../../error/known-keys.ts';
import { meaningOfNote } from '../language/header-notes.ts';
import { type KeyRole, keyHeaders } from '../language/key-headers.ts';
import { unitMention } from '../language/patterns.ts';
import type { IndicatorDefinition } from '../source/contract.ts';
import { lineOf, type RawSheet } from '../source/raw-sheet.ts';
import { readUnit, saysNoUnit } from '../source/unit-text.ts';
import { readNumber } from './cell.ts';
import {
  aliasKey,
  type ColumnHeader,
  type DeclaredHeader,
  type FindIndicator,
  type IsName,
  indicatorFinder,
  readHeader,
  yearOfCell,
} from './header.ts';
import type { LedgerLine } from './ledger.ts';
import { isBanner } from './row-kind.ts';
import { type FileYear, type SheetYear, type TitleUnits, unitsOfTitles, yearOfSheet } from './subject.ts';
import { type UnitColumn, unitColumnsOf, type ValueColumn, valueColumnsOf } from './table-columns.ts';

/** Where a table stands in its sheet, and what its columns are. Indices count from 0. */
export interface LocatedTable {
  readonly sheet: RawSheet;
  /** First row below the header. */
  readonly firstRow: number;
  readonly headerRows: readonly number[];
  /** Number of columns, up to the last one with a header. */
  readonly width: number;
  readonly keys: Readonly<Record<KeyRole, number | null>>;
  readonly values: readonly ValueColumn[];
  readonly units: readonly UnitColumn[];
  /** Columns inside the table without a header. */
  readonly unnamed: readonly number[];
  /** Year of the whole sheet, when neither rows nor columns say it. */
  readonly year: SheetYear;
  readonly titleUnits: TitleUnits;
  readonly find: FindIndicator;
  readonly isName: IsName;
  readonly ledger: readonly LedgerLine[];
}

/** How far down a header is looked for. */
const headerSearch = 30;

/**
 * Finds the header of a sheet, over several rows or below titles, and what its columns hold. Known shapes: a column per
 * indicator, a column per year of one indicator or of the one that the row names, and one row per value.
 * @returns null when no row names a column of places
 */
export function locateTable(
  sheet: RawSheet,
  indicators: readonly IndicatorDefinition[],
  { fileYear, headers: declared }: { readonly fileYear: FileYear | null; readonly headers: readonly DeclaredHeader[] },
): LocatedTable | null {
  const top = sheet.rows.findIndex((row, i) => i < headerSearch && row.some((cell) => isKey(cell, placeRoles)));
  if (top < 0) return null;
  const keyColumns = at(sheet.rows, top).flatMap((cell, j) => (isKey(cell, allRoles) ? [j] : []));
  const first = isUpperHeader(sheet.rows[top - 1]) ? top - 1 : top;
  let last = top;
  while (last + 1 < sheet.rows.length && isLowerHeader(at(sheet.rows, last + 1), keyColumns)) last++;
  const headerRows = Array.from({ length: last - first + 1 }, (_, i) => first + i);

  const find = indicatorFinder(indicators, declared);
  const isName: IsName = (text) => find({ name: text, notes: [] }) !== null;
  const groups = headerGroups(sheet, headerRows, keyColumns);
  const width = Math.max(...headerRows.map((i) => filledWidth(at(sheet.rows, i))));
  const headers = Array.from({ length: width }, (_, j) => {
    const ways = groups.map((rows) => readHeader(headerParts(sheet, rows, j), isName));
    return combined(ways, find);
  });
  const keys = keyColumnsOf(groups, sheet, width, isName);
  const keyPlaces = Object.values(keys);

  const titles = sheet.rows.slice(0, first).flatMap((row) => row.filter((cell) => cell.trim() !== ''));
  const plainTitles = [...new Set(titles)].filter((text) => !isBanner(text) || unitMention.test(text));
  const name = (sheet.path.split('/').at(-1) ?? '').replace(/\.[^.]*$/, '');
  const names = [name, sheet.sheet ?? ''];
  const ledger: LedgerLine[] = [];
  const note = (
    column: number,
    rule: LedgerLine['rule'],
    after: string | null,
    before = at(headers, column).text,
  ): void => {
    const at = { file: sheet.path, sheet: sheet.sheet, row: lineOf(sheet, last), column: column + 1 };
    ledger.push({ ...at, before, after, rule, place: null, year: null, indicator: null });
  };
  if (headerRows.length > 1 || first > 0)
    note(at(keyColumns, 0), 'header-rows', `${lineOf(sheet, first)}-${lineOf(sheet, last)}`);
  const units = unitColumnsOf(headers, keyPlaces, find, isUnitHeader);
  const columns = valueColumnsOf({
    headers,
    taken: [...keyPlaces.flatMap((at) => (at === null ? [] : [at])), ...units.map(({ column }) => column)],
    find,
    subject: indicatorOfSubject([...names, ...plainTitles], indicators, find),
    hasRowIndicator: keys.indicator !== null,
    hasYearColumn: keys.year !== null,
    note,
  });
  return {
    sheet,
    firstRow: last + 1,
    headerRows,
    width,
    keys,
    values: columns,
    units,
    unnamed: headers.flatMap((header, column) => (header.text === '' && !keyPlaces.includes(column) ? [column] : [])),
    year: yearOfSheet(sheet.path, [sheet.sheet ?? '', ...plainTitles], fileYear),
    titleUnits: unitsOfTitles(names, plainTitles, find),
    find,
    isName,
    ledger,
  };
}

const allRoles: readonly KeyRole[] = keysOf(keyHeaders);
const placeRoles: readonly KeyRole[] = ['code', 'name'];

const aliasRanks: Readonly<Record<KeyRole, ReadonlyMap<string, number>>> = withKeys(
  allRoles,
  (role) => new Map([...keyHeaders[role]].reverse().map((alias, i, all) => [aliasKey(alias), all.length - i])),
);

/** Place of a header among the names of a role, from 1; null for a header that is none. */
function rankOf(text: string, role: KeyRole): number | null {
  const own = aliasRanks[role].get(aliasKey(text));
  if (own !== undefined || text.length > 16) return own ?? null;
  return aliasRanks[role].get(aliasKey(readHeader([text], () => false).name)) ?? null;
}

function isKey(cell: string, roles: readonly KeyRole[]): boolean {
  return cell !== '' && roles.some((role) => rankOf(cell, role) !== null);
}

function isUnitHeader(text: string): boolean {
  return aliasRanks.unit.has(aliasKey(text));
}

/** For each role the column whose header stands first among the role's names. */
function keyColumnsOf(
  groups: readonly (readonly number[])[],
  sheet: RawSheet,
  width: number,
  isName: IsName,
): Record<KeyRole, number | null> {
  const texts = Array.from({ length: width }, (_, j) => {
    const parts = groups.map((rows) => headerParts(sheet, rows, j));
    return parts.flatMap((one) => (one.length === 0 ? [] : [one.join('|'), readHeader(one, isName).name]));
  });
  return withKeys(allRoles, (role) => {
    let best: { readonly column: number; readonly rank: number } | null = null;
    for (const [column, ways] of texts.entries()) {
      for (const text of ways) {
        // A header that a series goes by is that series, however common its word is.
        const isSeries = role === 'value' && isName(text);
        const rank = text === '' || isSeries ? null : rankOf(text, role);
        if (rank !== null && (best === null || rank < best.rank)) best = { column, rank };
      }
    }
    return best?.column ?? null;
  });
}

/** Rows of a header that name all columns once more (codes, then words) are headers of their own; others belong together. */
function headerGroups(sheet: RawSheet, headerRows: readonly number[], keyColumns: readonly number[]): number[][] {
  const groups: number[][] = [];
  for (const i of headerRows) {
    const isOwn = groups.length > 0 && keyColumns.some((j) => isKey(at(sheet.rows, i)[j] ?? '', allRoles));
    const isAbove =
      groups.length === 1 &&
      at(groups, 0).every((k) => keyColumns.every((j) => !isKey(at(sheet.rows, k)[j] ?? '', allRoles)));
    if (groups.length === 0 || (isOwn && !isAbove)) groups.push([i]);
    else lastOf(groups).push(i);
  }
  return groups;
}

/** Of several headers of one column the last that an indicator knows; its unit is that of any of them. */
function combined(ways: readonly ColumnHeader[], find: FindIndicator): ColumnHeader {
  if (ways.length === 1) return at(ways, 0);
  const known =
    ways.filter((way) => find(way) !== null).at(-1) ??
    [...ways].reverse().find(({ text }) => text !== '') ??
    at(ways, 0);
  return {
    ...known,
    text: ways
      .map(({ text }) => text)
      .filter((text) => text !== '')
      .join('|'),
    unit: known.unit || (ways.find(({ unit }) => unit !== '')?.unit ?? ''),
    scope: ways.some(({ scope }) => scope === 'part') ? 'part' : 'whole',
  };
}

function filledWidth(row: readonly string[]): number {
  return row.reduce((width, cell, j) => (cell.trim() === '' ? width : j + 1), 0);
}

function isText(cell: string): boolean {
  return !readNumber(cell).isReadable || yearOfCell(cell) !== null;
}

/** A row above the key headers belongs to the header when it names several columns; a title has one or two cells. */
function isUpperHeader(row: readonly string[] | undefined): boolean {
  if (row === undefined) return false;
  const filled = row.filter((cell) => cell.trim() !== '');
  return new Set(filled).size >= 3 && filled.every(isText) && !filled.every(isBanner);
}

/** A row below the key headers belongs to the header when its key cells are blank, units or headers, and no cell is a value. */
function isLowerHeader(row: readonly string[], keyColumns: readonly number[]): boolean {
  const filled = row.filter((cell) => cell.trim() !== '');
  if (filled.length === 0) return false;
  const keys = keyColumns.map((j) => (row[j] ?? '').trim());
  if (keys.every((cell) => cell === '')) return filled.every(isText);
  const isHeading = (cell: string): boolean =>
    cell === '' || isKey(cell, allRoles) || saysNoUnit(cell) || readUnit(cell) !== null;
  return (
    keys.every(isHeading) &&
    keys.filter((cell) => cell !== '').length > 1 &&
    filled.every((cell) => isText(cell) || saysNoUnit(cell))
  );
}

/** Texts of one column from the top row of the header down; a blank upper cell belongs to the text left of it. */
function headerParts(sheet: RawSheet, headerRows: readonly number[], column: number): string[] {
  const lowest = lastOf(headerRows);
  const parts = headerRows.flatMap((i) => {
    const own = (at(sheet.rows, i)[column] ?? '').trim();
    if (own !== '' || i === lowest) return [own];
    const hasLower = headerRows.some((below) => below > i && (at(sheet.rows, below)[column] ?? '').trim() !== '');
    if (!hasLower) return [''];
    for (let j = column - 1; j >= 0; j--) {
      const left = (at(sheet.rows, i)[j] ?? '').trim();
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
  find: FindIndicator,
): IndicatorDefinition | null {
  const isName: IsName = (text) => find({ name: text, notes: [] }) !== null;
  for (const text of subject) {
    const header = readHeader([text], isName);
    const exact = find(header);
    const isRate = exact !== null && Object.keys(exact.indicator.unit.bases).length === 0;
    if (exact !== null && header.notes.every((note) => meaningOfNote(note, isRate) !== 'other-series'))
      return exact.indicator;
    const key = aliasKey(text);
    const inside = indicators
      .flatMap((indicator) => indicator.headers.map((alias) => ({ indicator, alias: aliasKey(alias) })))
      .filter(({ alias }) => alias.length > 2 && key.includes(alias))
      .sort((a, b) => b.alias.length - a.alias.length);
    if (inside.length > 0) return at(inside, 0).indicator;
  }
  return null;
}
