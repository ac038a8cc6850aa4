import type { PlaceAnswer, PlaceIndex } from '../place/contract.ts';
import type { IndicatorDefinition } from '../source/contract.ts';
import { lineOf, type RawSheet } from '../source/raw-sheet.ts';
import { type KeyRole, keyHeaders } from '../source/tables.ts';
import { foldRule, foldText, readNumber, scaleDigits } from './cell.ts';
import { indicatorFinder, readHeader, yearOfCell } from './header.ts';
import type { LedgerLine, LedgerRule } from './ledger.ts';
import { type LocatedTable, locateTable } from './locate.ts';
import type { Observation } from './observation.ts';

/** What stops a sheet from being read whole; each with its place. Decided on by whoever asked for the reading. */
export type SheetFault =
  | { readonly kind: 'missing-header'; readonly role: KeyRole; readonly aliases: readonly string[] }
  | { readonly kind: 'unreadable'; readonly row: number; readonly header: string; readonly cell: string }
  | { readonly kind: 'excel-code'; readonly row: number; readonly header: string; readonly cell: string }
  | {
      readonly kind: 'unknown-unit';
      readonly row: number | null;
      readonly header: string;
      readonly unit: string;
      readonly known: readonly string[];
    }
  | { readonly kind: 'ragged'; readonly row: number; readonly expected: number; readonly found: number }
  | {
      readonly kind: 'unknown-city';
      readonly row: number;
      readonly name: string;
      readonly reason: Exclude<PlaceAnswer, { city: number }>['reason'];
      readonly nearest: readonly string[];
    };

export interface TableReading {
  readonly observations: readonly Observation[];
  readonly ledger: readonly LedgerLine[];
  readonly faults: readonly SheetFault[];
  /** Rows below the header that are not blank, and how many of them are rows of a city. */
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

/** Which indicators a kind of table may hold, and where cities are looked up. */
export interface TableContext {
  readonly indicators: readonly IndicatorDefinition[];
  readonly places: PlaceIndex;
}

/**
 * Reads one sheet of values by city and year, as it came: whatever was changed, left out or not understood stands in the
 * ledger or among the faults.
 */
export function readTable(sheet: RawSheet, context: TableContext): TableReading {
  const table = locateTable(sheet, context.indicators);
  if (table === null) return onlyFault({ kind: 'missing-header', role: 'name', aliases: keyHeaders.name });
  const isLong = table.keys.value !== null && table.keys.indicator !== null;
  if (!isLong && table.values.length === 0 && (table.keys.value ?? table.keys.indicator) !== null) {
    const role = table.keys.value === null ? 'value' : 'indicator';
    return onlyFault({ kind: 'missing-header', role, aliases: keyHeaders[role] });
  }
  if (table.keys.year === null && table.year === null && table.values.every(({ year }) => year === null))
    return onlyFault({ kind: 'missing-header', role: 'year', aliases: keyHeaders.year });
  return readRows(table, context, isLong);
}

function onlyFault(fault: SheetFault): TableReading {
  return { observations: [], ledger: [], faults: [fault], rows: 0, rowsUsed: 0, leftOut: noRowLeftOut };
}

/** What is carried from row to row while a sheet is read. */
interface Reading {
  readonly table: LocatedTable;
  readonly observations: Observation[];
  readonly ledger: LedgerLine[];
  readonly faults: SheetFault[];
}

function readRows(table: LocatedTable, context: TableContext, isLong: boolean): TableReading {
  const { sheet, keys } = table;
  const out: Reading = { table, observations: [], ledger: [...table.ledger], faults: [] };
  const keyed = rowKeys(out);
  const resolve = cachedResolve(context.places);
  const find = indicatorFinder(context.indicators);
  const factors = table.values.map(({ indicator, header }) => {
    const unit = header.unit === '' && !isHarmless(header.note) ? header.note : header.unit;
    return unitFactor(out, indicator, header.text, unit);
  });
  const headerTexts = new Set(table.headerRows.map((i) => sheet.rows[i].join('\u0000')));
  let rows = 0;
  let rowsUsed = 0;
  const leftOut = { ...noRowLeftOut };
  for (let i = table.firstRow; i < sheet.rows.length; i++) {
    const row = sheet.rows[i];
    if (row.every((cell) => cell.trim() === '')) continue;
    rows++;
    const line = lineOf(sheet, i);
    const whole = (rule: RowRule, before: string): void => {
      leftOut[rule]++;
      out.ledger.push(ledgerLine(out, line, null, before, null, rule));
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
    if (isRagged(table, row)) {
      out.faults.push({ kind: 'ragged', row: line, expected: table.width, found: row.length });
      continue;
    }
    const rowYear = keys.year === null ? null : yearOfCell(yearText);
    if (keys.year !== null && rowYear === null) {
      out.faults.push({ kind: 'unreadable', row: line, header: headerOf(table, keys.year), cell: yearText });
      continue;
    }
    if (/[eE]\+/.test(code)) {
      out.faults.push({ kind: 'excel-code', row: line, header: headerOf(table, keys.code!), cell: code });
      continue;
    }
    const year = rowYear ?? table.year;
    const answer = resolve(code, province, name, year);
    if (answer.city === null) {
      const label = [code, name].filter((text) => text !== '').join(' ');
      if (answer.reason === 'not-a-city') whole('province-row', label);
      else {
        out.faults.push({
          kind: 'unknown-city',
          row: line,
          name: label,
          reason: answer.reason,
          nearest: answer.nearest,
        });
      }
      continue;
    }
    if (isCounty(code)) {
      whole('county-row', [code, name].filter((text) => text !== '').join(' '));
      continue;
    }
    out.ledger.push(...fills, ...foldedKeys(out, row, line, { city: answer.city, year }));
    if (answer.rule !== 'exact') {
      const column = (answer.rule === 'city-code' ? keys.code : (keys.name ?? keys.code)) ?? 0;
      const before = row[column] ?? '';
      out.ledger.push({
        ...ledgerLine(out, line, column, before, String(answer.city), answer.rule),
        city: answer.city,
        year,
      });
    }
    rowsUsed++;
    if (isLong) readLongRow(out, row, line, { city: answer.city, year, find });
    else {
      table.values.forEach(({ column, indicator, year: ownYear, header }, v) => {
        const cellYear = ownYear ?? year;
        const factor = factors[v];
        if (cellYear === null || factor === null) return;
        readCell(out, row[column] ?? '', line, column, {
          city: answer.city,
          year: cellYear,
          indicator,
          factor,
          header: header.text,
        });
      });
    }
  }
  return { observations: out.observations, ledger: out.ledger, faults: out.faults, rows, rowsUsed, leftOut };
}

interface CellTarget {
  readonly city: number;
  readonly year: number;
  readonly indicator: IndicatorDefinition;
  readonly factor: number;
  readonly header: string;
}

function readCell(out: Reading, written: string, line: number, column: number, target: CellTarget): void {
  const { city, year, indicator } = target;
  const reading = readNumber(written);
  // What stands behind a number is a unit when it is a word; letters are a slip of the pen.
  if (!reading.isReadable || (reading.unit !== '' && !/\p{Script=Han}/u.test(reading.unit))) {
    out.faults.push({ kind: 'unreadable', row: line, header: target.header, cell: written });
    return;
  }
  let factor: number | null = target.factor;
  if (reading.unit !== '') factor = unitFactor(out, indicator, target.header, reading.unit, line);
  if (factor === null) return;
  const value = reading.digits === null ? null : scaleDigits(reading.digits, factor);
  const after = value === null ? null : String(value);
  const at = { city, year, indicator: indicator.id };
  for (const rule of reading.rules) {
    out.ledger.push({ ...ledgerLine(out, line, column, written, reading.digits, rule), ...at });
  }
  if (factor !== 1 && value !== null) {
    out.ledger.push({ ...ledgerLine(out, line, column, written, after, 'unit-converted'), ...at });
  }
  const { path, sheet } = out.table.sheet;
  out.observations.push({
    city,
    year,
    indicator: indicator.id,
    value,
    written,
    place: { file: path, sheet, row: line, column: column + 1 },
  });
}

function readLongRow(
  out: Reading,
  row: readonly string[],
  line: number,
  at: { city: number; year: number | null; find: ReturnType<typeof indicatorFinder> },
): void {
  const { keys } = out.table;
  const label = row[keys.indicator!] ?? '';
  const header = readHeader([label], () => false);
  const indicator = at.find(header) ?? at.find({ name: header.name, note: '' });
  if (indicator === null) {
    out.ledger.push(ledgerLine(out, line, keys.indicator, label, null, 'unknown-header'));
    return;
  }
  const rule = foldRule(label);
  if (rule !== null) {
    const line_ = ledgerLine(out, line, keys.indicator, label, indicator.headers[0], rule);
    out.ledger.push({ ...line_, city: at.city, year: at.year, indicator: indicator.id });
  }
  const unit = (keys.unit === null ? '' : foldText(row[keys.unit] ?? '')) || header.note || out.table.unit;
  const factor = unitFactor(out, indicator, headerOf(out.table, keys.unit ?? keys.value!), unit, line);
  if (factor === null || at.year === null) return;
  const target = { city: at.city, year: at.year, indicator, factor, header: headerOf(out.table, keys.value!) };
  readCell(out, row[keys.value!] ?? '', line, keys.value!, target);
}

/**
 * Factor into the indicator's own unit. Without a unit in the header, that of a title is taken when the indicator knows
 * it; without any, the values are in the indicator's own. Null, with a fault, for a unit that it does not take.
 */
function unitFactor(
  out: Reading,
  indicator: IndicatorDefinition,
  header: string,
  unit: string,
  row: number | null = null,
): number | null {
  const find = (text: string): number | undefined =>
    Object.entries(indicator.units).find(([name]) => foldText(name) === foldText(text))?.[1];
  if (unit === '') return out.table.unit === '' ? 1 : (find(out.table.unit) ?? 1);
  const factor = find(unit);
  if (factor !== undefined) return factor;
  out.faults.push({ kind: 'unknown-unit', row, header, unit, known: Object.keys(indicator.units) });
  return null;
}

/** Keys of a row; blank province cells carry the province above, blank city cells only in tables with a year column. */
function rowKeys(out: Reading): (
  row: readonly string[],
  index: number,
) => {
  code: string;
  name: string;
  province: string;
  yearText: string;
  /** What was filled, for the ledger if the row turns out to be a city's. */
  fills: readonly LedgerLine[];
} {
  const { keys, sheet } = out.table;
  const above = { code: '', name: '', province: '' };
  const text = (row: readonly string[], role: KeyRole): string =>
    keys[role] === null ? '' : foldText(row[keys[role]] ?? '');
  return (row, index) => {
    const found = { code: text(row, 'code'), name: text(row, 'name'), province: text(row, 'province') };
    const yearText = text(row, 'year');
    const filled: KeyRole[] = [];
    const hasCity = found.code !== '' || found.name !== '';
    if (!hasCity && keys.year !== null && yearText !== '') {
      found.code = above.code;
      found.name = above.name;
      filled.push(keys.code === null ? 'name' : 'code');
      if (keys.code !== null && keys.name !== null) filled.push('name');
    }
    if (found.province === '' && keys.province !== null && (hasCity || filled.length > 0) && above.province !== '') {
      found.province = above.province;
      filled.push('province');
    }
    const fills = filled.flatMap((role) => {
      const value = found[role as 'code' | 'name' | 'province'];
      return value === '' ? [] : [ledgerLine(out, lineOf(sheet, index), keys[role], '', value, 'fill-down')];
    });
    Object.assign(above, found);
    return { ...found, yearText, fills };
  };
}

/** A code of a county or a district among cities: its values are a part of those of its city. */
function isCounty(code: string): boolean {
  return /^\d{4}(?!00)\d\d/.test(foldText(code));
}

/** Keys of a city's row that have blanks inside, full-width characters or a footnote mark: 北　京　市, 重庆市①. */
function foldedKeys(
  out: Reading,
  row: readonly string[],
  line: number,
  at: { city: number; year: number | null },
): LedgerLine[] {
  const { keys } = out.table;
  return [keys.code, keys.province, keys.name].flatMap((column) => {
    const written = column === null ? '' : (row[column] ?? '');
    const rule = column === null ? null : foldRule(written);
    return rule === null ? [] : [{ ...ledgerLine(out, line, column, written, foldText(written), rule), ...at }];
  });
}

/** A row of a text file has as many cells as the header; a cell too many anywhere is no cell of any column. */
function isRagged({ sheet, width }: LocatedTable, row: readonly string[]): boolean {
  if (row.slice(width).some((cell) => cell.trim() !== '')) return true;
  return sheet.reading.format === 'csv' && row.length < width;
}

/** Words in the brackets of a header that change no number; any other text there is taken for a unit. */
function isHarmless(note: string): boolean {
  return note === '' || /价|口径|含|人民币|户籍|常住|年末|年底|合计|总计|规模以上|可比|=100|全社会/.test(note);
}

const footnote = /^(?:注|备注|说明|资料来源|数据来源|来源|附注|note|source)/i;

/** A note: it says so, or one lone cell of prose. */
function isFootnote(row: readonly string[], code: string, name: string): boolean {
  const filled = row.filter((cell) => cell.trim() !== '');
  const first = filled[0].normalize('NFKC').trim();
  if (footnote.test(first)) return true;
  if (filled.length > 1) return false;
  return (code === '' && name === '') || first.length > 12 || /^[①-⑳*]/u.test(filled[0].trim());
}

function cachedResolve(places: PlaceIndex) {
  const answers = new Map<string, PlaceAnswer>();
  return (code: string, province: string, name: string, year: number | null): PlaceAnswer => {
    const key = `${code}|${province}|${name}|${year}`;
    let answer = answers.get(key);
    if (answer === undefined) {
      answer = places.resolve({ code: code || null, province: province || null, name: name || null, year });
      answers.set(key, answer);
    }
    return answer;
  };
}

function headerOf(table: LocatedTable, column: number): string {
  const texts = table.headerRows.map((i) => (table.sheet.rows[i][column] ?? '').trim()).filter((text) => text !== '');
  return texts.join('|');
}

function ledgerLine(
  out: Reading,
  row: number,
  column: number | null,
  before: string,
  after: string | null,
  rule: LedgerRule,
): LedgerLine {
  const { path, sheet } = out.table.sheet;
  return {
    file: path,
    sheet,
    row,
    column: column === null ? null : column + 1,
    before,
    after,
    rule,
    city: null,
    year: null,
    indicator: null,
  };
}
