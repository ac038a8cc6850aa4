import { at } from '../../error/at.ts';
import type { KeyRole } from '../language/key-headers.ts';
import { lineOf } from '../source/raw-sheet.ts';
import { foldRule, foldText, foldWords } from './cell.ts';
import type { LedgerLine, LedgerRule } from './ledger.ts';
import type { LocatedTable } from './locate.ts';

/** What the key columns of a row say. */
export interface RowKeys {
  readonly code: string;
  readonly name: string;
  readonly province: string;
  readonly yearText: string;
  /** What was filled, for the ledger if the row turns out to be a place's. */
  readonly fills: readonly LedgerLine[];
}

/** Keys of a row; blank province cells carry the province above, blank place cells only in tables with a year column. */
export function rowKeys(table: LocatedTable): (row: readonly string[], index: number) => RowKeys {
  const { keys, sheet } = table;
  const above = { code: '', name: '', province: '' };
  const text = (row: readonly string[], role: KeyRole): string =>
    keys[role] === null ? '' : foldText(row[keys[role]] ?? '');
  return (row, index) => {
    const words = (role: KeyRole): string => (keys[role] === null ? '' : foldWords(row[keys[role]] ?? ''));
    const found = { code: text(row, 'code'), name: words('name'), province: words('province') };
    const yearText = text(row, 'year');
    const filled: (keyof typeof found)[] = [];
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
      const value = found[role];
      return value === '' ? [] : [lineIn(table, lineOf(sheet, index), keys[role], '', value, 'fill-down')];
    });
    Object.assign(above, found);
    return { ...found, yearText, fills };
  };
}

/** Keys of a place's row that have blanks inside, full-width characters or a footnote mark: 北　京　市, 重庆市①. */
export function foldedKeys(
  table: LocatedTable,
  row: readonly string[],
  line: number,
  at: { place: number; year: number | null },
): LedgerLine[] {
  const { keys } = table;
  return [keys.code, keys.province, keys.name].flatMap((column) => {
    const written = column === null ? '' : (row[column] ?? '');
    const rule = column === null ? null : foldRule(written);
    return rule === null ? [] : [{ ...lineIn(table, line, column, written, foldText(written), rule), ...at }];
  });
}

/** A code of a county or a district among places: its values are a part of those of its place. */
export function isCounty(code: string): boolean {
  return /^\d{4}(?!00)\d\d/.test(foldText(code));
}

/** The header of a column, its rows joined by |. */
export function headerOf(table: LocatedTable, column: number): string {
  const texts = table.headerRows
    .map((i) => (at(table.sheet.rows, i)[column] ?? '').trim())
    .filter((text) => text !== '');
  return texts.join('|');
}

/** A ledger line about a row of a table, of no place yet. */
export function lineIn(
  table: LocatedTable,
  row: number,
  column: number | null,
  before: string,
  after: string | null,
  rule: LedgerRule,
): LedgerLine {
  const { path, sheet } = table.sheet;
  // Written out: there is a line for every cell that was changed, and copying one object into another takes ten times as long.
  return {
    file: path,
    sheet,
    row,
    column: column === null ? null : column + 1,
    before,
    after,
    rule,
    place: null,
    year: null,
    indicator: null,
  };
}
