import { at } from '../../error/at.ts';
import { keyHeaders } from '../language/key-headers.ts';
import type { IndicatorDefinition } from '../source/contract.ts';
import type { PlaceAnswer, PlaceIndex, PlaceQuery } from '../source/places.ts';
import { lineOf, type RawSheet } from '../source/raw-sheet.ts';
import { readNumber } from './cell.ts';
import { type DeclaredHeader, yearOfCell } from './header.ts';
import type { LedgerLine } from './ledger.ts';
import { type LocatedTable, locateTable } from './locate.ts';
import type { Observation } from './observation.ts';
import { longReader, type Reading, wideReader } from './read-values.ts';
import { foldedKeys, headerOf, isCounty, lineIn, rowKeys } from './row-keys.ts';
import { cellsOutside, isFootnote } from './row-kind.ts';
import type { SheetFault } from './sheet-fault.ts';
import type { FileYear } from './subject.ts';

export type { SheetFault } from './sheet-fault.ts';

export interface TableReading {
  readonly observations: readonly Observation[];
  readonly ledger: readonly LedgerLine[];
  readonly faults: readonly SheetFault[];
  /** Rows below the header that are not blank, and how many of them are rows of a place. */
  readonly rows: number;
  readonly rowsUsed: number;
  /** Why the others are not, of a sheet without faults. */
  readonly leftOut: Readonly<Record<RowRule, number>>;
}

/** Rules that leave a whole row out. */
export const rowRules = ['header-rows', 'footnote-row', 'province-row', 'county-row'] as const;
export type RowRule = (typeof rowRules)[number];

export const noRowLeftOut: Readonly<Record<RowRule, number>> = {
  'header-rows': 0,
  'footnote-row': 0,
  'province-row': 0,
  'county-row': 0,
};

/** Which indicators a kind of table may hold, where places are looked up, and what the study declares of headers and years. */
export interface TableContext {
  readonly indicators: readonly IndicatorDefinition[];
  readonly places: PlaceIndex;
  readonly headers?: readonly DeclaredHeader[];
  /** What the year in this file's name is. */
  readonly fileYear?: FileYear | null;
}

/**
 * Reads one sheet of values by place and year, as it came: whatever was changed, left out or not understood stands in the
 * ledger or among the faults.
 */
export function readTable(sheet: RawSheet, context: TableContext): TableReading {
  const { headers = [], fileYear = null } = context;
  const table = locateTable(sheet, context.indicators, { headers, fileYear });
  if (table === null)
    return onlyFault({ kind: 'missing-header', role: 'name', aliases: keyHeaders.name, isUnknown: true });
  const isLong = table.keys.value !== null && table.keys.indicator !== null;
  if (!isLong && table.values.length === 0 && (table.keys.value ?? table.keys.indicator) !== null) {
    const role = table.keys.value === null ? 'value' : 'indicator';
    return onlyFault({ kind: 'missing-header', role, aliases: keyHeaders[role] });
  }
  const isYearOpen = table.keys.year === null && (isLong || table.values.some(({ year }) => year === null));
  if (isYearOpen && table.year.kind !== 'year') {
    const { year } = table;
    if (year.kind === 'yearbook' || year.kind === 'several') {
      const years = year.kind === 'yearbook' ? [year.year] : year.years;
      return onlyFault({ kind: 'unknown-year', written: year.written, years, reason: year.kind });
    }
    return onlyFault({ kind: 'missing-header', role: 'year', aliases: keyHeaders.year });
  }
  if (table.keys.year === null && !isLong && table.values.length === 0 && table.year.kind !== 'year')
    return onlyFault({ kind: 'missing-header', role: 'year', aliases: keyHeaders.year, isUnknown: true });
  return readRows(table, context, isLong);
}

function onlyFault(fault: SheetFault): TableReading {
  return { observations: [], ledger: [], faults: [fault], rows: 0, rowsUsed: 0, leftOut: noRowLeftOut };
}

function readRows(table: LocatedTable, context: TableContext, isLong: boolean): TableReading {
  const { sheet, keys } = table;
  const out: Reading = { table, observations: [], ledger: [...table.ledger], faults: [] };
  const keyed = rowKeys(table);
  const resolve = cachedResolve(context.places);
  const readRow = isLong && keys.value !== null ? longReader(out, keys.value) : wideReader(out);
  const headerTexts = new Set(table.headerRows.map((i) => at(sheet.rows, i).join('\u0000')));
  const sheetYear = table.year.kind === 'year' ? table.year.year : null;
  let rows = 0;
  let rowsUsed = 0;
  // The row of a province stands above its places where no column says whose they are.
  let heading: string | null = null;
  const leftOut = { ...noRowLeftOut };
  for (let i = table.firstRow; i < sheet.rows.length; i++) {
    const row = at(sheet.rows, i);
    if (row.every((cell) => cell.trim() === '')) continue;
    const line = lineOf(sheet, i);
    const outside = cellsOutside(row, table.width, table.unnamed);
    const isCut = outside.some(({ column, text }) => column >= table.width && isCutNumber(sheet, text));
    if (!isCut)
      for (const { column, text } of outside) out.ledger.push(lineIn(table, line, column, text, null, 'stray-cell'));
    if (outside.length > 0 && !isCut && row.filter((cell) => cell.trim() !== '').length === outside.length) continue;
    rows++;
    const whole = (rule: RowRule, before: string): void => {
      leftOut[rule]++;
      out.ledger.push(lineIn(table, line, null, before, null, rule));
    };
    if (headerTexts.has(row.join('\u0000'))) {
      whole('header-rows', row.find((cell) => cell.trim() !== '') ?? '');
      continue;
    }
    const { code, name, province, yearText, fills } = keyed(row, i);
    if (isFootnote(row, code, name)) {
      whole('footnote-row', row.find((cell) => cell.trim() !== '') ?? '');
      continue;
    }
    if (isCut || (sheet.reading.format === 'csv' && row.length < table.width)) {
      out.faults.push({ kind: 'ragged', row: line, expected: table.width, found: row.length });
      continue;
    }
    const rowYear = keys.year === null ? null : yearOfCell(yearText);
    if (keys.year !== null && rowYear === null) {
      out.faults.push({ kind: 'unreadable', row: line, header: headerOf(table, keys.year), cell: yearText });
      continue;
    }
    if (keys.code !== null && /[eE]\+/.test(code)) {
      out.faults.push({ kind: 'excel-code', row: line, header: headerOf(table, keys.code), cell: code });
      continue;
    }
    const year = rowYear ?? sheetYear;
    const query = { code: code || null, province: province || null, name: name || null, year };
    const alone = resolve(query);
    const isBelow = heading !== null && keys.province === null && alone.place === null && alone.reason === 'ambiguous';
    const answer = isBelow ? resolve({ ...query, province: heading }) : alone;
    if (answer.place === null) {
      const label = [code, name].filter((text) => text !== '').join(' ');
      if (answer.reason === 'no-unit') {
        heading = label;
        whole('province-row', label);
      } else if (i === table.firstRow && isTranslation(row)) {
        headerTexts.add(row.join('\u0000'));
        whole('header-rows', label);
      } else {
        out.faults.push({ kind: 'unknown-place', row: line, name: label, query, reason: answer.reason });
      }
      continue;
    }
    if (isCounty(code)) {
      whole('county-row', [code, name].filter((text) => text !== '').join(' '));
      continue;
    }
    out.ledger.push(...fills, ...foldedKeys(table, row, line, { place: answer.place, year }));
    if (answer.rule !== 'exact') {
      const column = (answer.rule === 'city-code' ? keys.code : (keys.name ?? keys.code)) ?? 0;
      const found = lineIn(table, line, column, row[column] ?? '', String(answer.place), answer.rule);
      out.ledger.push({ ...found, place: answer.place, year });
    }
    rowsUsed++;
    readRow(row, { line, place: answer.place, year });
  }
  return { observations: out.observations, ledger: out.ledger, faults: out.faults, rows, rowsUsed, leftOut };
}

/** The words of the header once more in Latin letters, as printed yearbooks have them below the Chinese ones. */
function isTranslation(row: readonly string[]): boolean {
  const words = row.filter((cell) => cell.trim() !== '');
  return words.length > 0 && words.every((cell) => /[a-z]{2}/i.test(cell) && !/[\p{Script=Han}\d]/u.test(cell));
}

/** In a text file a number right of the table is the rest of one that a separator cut: 1,234 without quotes. */
function isCutNumber({ reading }: RawSheet, text: string): boolean {
  const number = readNumber(text);
  return reading.format === 'csv' && number.isReadable && number.digits !== null;
}

function cachedResolve(places: PlaceIndex) {
  const answers = new Map<string, PlaceAnswer>();
  return (query: PlaceQuery): PlaceAnswer => {
    const key = JSON.stringify([query.code, query.province, query.name, query.year]);
    let answer = answers.get(key);
    if (answer === undefined) {
      answer = places.resolve(query);
      answers.set(key, answer);
    }
    return answer;
  };
}
