import type { ErrorDetail } from '../../../error/codes.ts';
import { StudyError } from '../../../error/study-error.ts';
import type { ColumnTable } from '../../../table/column.ts';

/** A prefecture-level city or municipality, current or dissolved: a row of reference/cities.csv. */
export interface GazetteerCity {
  /** Six-digit code. */
  readonly code: number;
  /** Full name in simplified characters, with 市. */
  readonly name: string;
  readonly province: string;
  readonly provinceCode: number;
  /** First year as a prefecture-level city; null when before the records. */
  readonly since: number | null;
  /** Year since which the city is no more; null for a current one. */
  readonly dissolved: number | null;
}

/** Another name or code of a city: a row of reference/city_aliases.csv. */
export interface PlaceAlias {
  /** A name in simplified characters; a code of six digits, or the first four of a code and its counties'. */
  readonly alias: string;
  /** The city meant. Null: a division that is no prefecture-level city, or a word that is no place. */
  readonly city: number | null;
  /** Code of a division that is no city of the gazetteer: an autonomous prefecture, a county. Null when `city` is not. */
  readonly division: number | null;
  readonly kind: 'name' | 'code';
  /** First and last year in which it holds, both included; null: open. */
  readonly from: number | null;
  readonly to: number | null;
}

/** A change of the area of cities: a row of reference/division_changes.csv. */
export interface DivisionChange {
  /** merge: `from` goes into `to` whole; split: `from` is divided among several `to`; transfer: a county moves. */
  readonly kind: 'merge' | 'split' | 'transfer';
  readonly from: number;
  readonly to: number;
  /** First year of the new area. */
  readonly year: number;
  /** Declared share of `from` that went to `to`, of one; null for a transfer and where none is declared. */
  readonly share: number | null;
  readonly what: string;
}

/** Cities of the reference table, its cells as text or numbers. @throws reference-invalid */
export function readGazetteer(table: ColumnTable, file = 'reference/cities.csv'): GazetteerCity[] {
  const cell = cellsOf(table, file);
  return rowsOf(table, (row) => ({
    code: cell.number('code', row),
    name: cell.text('name_zh', row),
    province: cell.text('province_zh', row),
    provinceCode: cell.number('province_code', row),
    since: cell.numberOrNull('prefecture_level_since', row),
    dissolved: cell.numberOrNull('dissolved', row),
  }));
}

/**
 * Aliases of the reference table. A code outside the gazetteer is that of a division that is no city, an empty one says that
 * the word is no place. @throws reference-invalid
 */
export function readAliases(
  table: ColumnTable,
  gazetteer: readonly GazetteerCity[],
  file = 'reference/city_aliases.csv',
): PlaceAlias[] {
  const cell = cellsOf(table, file);
  const known = new Set(gazetteer.map(({ code }) => code));
  return rowsOf(table, (row) => {
    const code = cell.numberOrNull('code', row);
    const isCity = code !== null && known.has(code);
    if (code !== null && !(Number.isInteger(code) && code >= 110000 && code <= 820000))
      throw cell.fault('code', row, 'not-a-code');
    const kind = cell.oneOf('kind', row, ['name', 'code'] as const);
    const alias = cell.text('alias', row);
    if (alias === '') throw cell.fault('alias', row, 'empty');
    if (kind === 'code' && !/^\d{4}(?:\d{2})?$/.test(alias)) throw cell.fault('alias', row, 'not-a-code');
    if (kind === 'code' && !isCity) throw cell.fault('code', row, 'unknown-city');
    return {
      alias,
      city: isCity ? code : null,
      division: isCity ? null : code,
      kind,
      from: cell.numberOrNull('valid_from', row),
      to: cell.numberOrNull('valid_to', row),
    };
  });
}

/** Changes of the reference table, between cities of the gazetteer; shares of one split sum to 1. @throws reference-invalid */
export function readDivisionChanges(
  table: ColumnTable,
  gazetteer: readonly GazetteerCity[],
  file = 'reference/division_changes.csv',
): DivisionChange[] {
  const cell = cellsOf(table, file);
  const known = new Set(gazetteer.map(({ code }) => code));
  const changes = rowsOf(table, (row): DivisionChange => {
    const city = (name: string): number => {
      const code = cell.number(name, row);
      if (!known.has(code)) throw cell.fault(name, row, 'unknown-city');
      return code;
    };
    return {
      kind: cell.oneOf('kind', row, ['merge', 'split', 'transfer'] as const),
      from: city('from'),
      to: city('to'),
      year: cell.number('year', row),
      share: cell.numberOrNull('share', row),
      what: cell.text('what', row),
    };
  });
  changes.forEach(({ kind, from, share }, row) => {
    if (kind !== 'split' || share === null) return;
    const parts = changes.filter((other) => other.kind === 'split' && other.from === from);
    const sum = parts.reduce((total, part) => total + (part.share ?? Number.NaN), 0);
    if (!(Math.abs(sum - 1) <= shareTolerance) || parts.some((part) => (part.share ?? 0) < 0))
      throw cell.fault('from', row, 'shares');
  });
  return changes;
}

/** Shares are written with a few decimals: thirds must pass. */
const shareTolerance = 1e-3;

function rowsOf<T>(table: ColumnTable, read: (row: number) => T): T[] {
  return Array.from({ length: table.nrow }, (_, row) => read(row));
}

type Fault = ErrorDetail<'reference-invalid'>['reason'];

/** Cells of a reference table; errors name the line of the file (the header is line 1). */
function cellsOf(table: ColumnTable, file: string) {
  const text = (name: string, row: number): string => {
    const column = table.columns[name];
    if (column === undefined) throw fault(name, -1, 'no-column');
    if (column.kind === 'text') return (column.levels[column.codes[row] ?? -1] ?? '').trim();
    return Number.isNaN(column.values[row]) ? '' : String(column.values[row]);
  };
  const fault = (column: string, row: number, reason: Fault, known: readonly string[] = []): StudyError => {
    const value = row < 0 ? '' : text(column, row);
    return new StudyError('reference-invalid', { file, line: row + 2, column, value, reason, known });
  };
  const numberOrNull = (name: string, row: number): number | null => {
    const written = text(name, row);
    if (written === '') return null;
    const value = Number(written);
    if (!Number.isFinite(value)) throw fault(name, row, 'not-a-number');
    return value;
  };
  const number = (name: string, row: number): number => {
    const value = numberOrNull(name, row);
    if (value === null) throw fault(name, row, 'empty');
    return value;
  };
  const oneOf = <T extends string>(name: string, row: number, known: readonly T[]): T => {
    const written = text(name, row);
    const found = known.find((value) => value === written);
    if (found === undefined) throw fault(name, row, 'not-known', known);
    return found;
  };
  return { text, number, numberOrNull, oneOf, fault };
}
