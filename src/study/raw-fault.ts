import type { SheetFault } from '../data/clean/read-table.ts';
import type { PlaceAnswer, PlaceIndex, PlaceQuery } from '../data/source/places.ts';
import type { RawSheet } from '../data/source/raw-sheet.ts';
import { at } from '../error/at.ts';
import { nearestName } from '../error/nearest-name.ts';
import { StudyError } from '../error/study-error.ts';

/** What an error about places that were not found says. */
export interface UnresolvedPlaces {
  /** city: of the gazetteer of cities; unit: of any table of places. */
  readonly kind: 'city' | 'unit';
  /** Code of a place by its number, as people know it. */
  readonly codeOf: (place: number) => number | string;
  /** The row of the table of aliases that would settle one; null where a row would not help. */
  readonly entry: (query: PlaceQuery, answer: PlaceAnswer & { readonly place: null }) => string | null;
}

/** A place as its row writes it. */
function written({ code, province, name, year }: PlaceQuery): { readonly written: string } {
  const texts = [code, province, name].filter((text) => text !== null && text.trim() !== '');
  return { written: `${texts.join(' ')}${year === null ? '' : ` (${year})`}` };
}

/** What tells of places that were not found, and where they are looked up. */
interface Told {
  readonly unresolved: UnresolvedPlaces;
  readonly places: Pick<PlaceIndex, 'nearest'>;
}

type FaultOf<K extends SheetFault['kind']> = Extract<SheetFault, { kind: K }>;

/** The first kind of fault of a sheet as an error, with its place and how many more there are. */
export function faultError(sheet: RawSheet, faults: readonly SheetFault[], told: Told): StudyError {
  const fault = at(faults, 0);
  const path = sheet.sheet === null ? sheet.path : `${sheet.path} [${sheet.sheet}]`;
  const more = faults.filter(({ kind }) => kind === fault.kind).length - 1;
  switch (fault.kind) {
    case 'missing-header':
      return missingHeader(sheet, path, fault);
    case 'unknown-year': {
      const { written, years, reason } = fault;
      return new StudyError('unknown-year', { file: path, written, years, reason });
    }
    case 'unreadable': {
      const { row, header, cell } = fault;
      return new StudyError('file-unreadable', { path, line: row, column: header, reason: 'no-number', cell, more });
    }
    case 'excel-code': {
      const { row, header, cell } = fault;
      return new StudyError('file-unreadable', { path, line: row, column: header, reason: 'cut-code', cell, more });
    }
    case 'unknown-unit': {
      const { row, column, header, indicator, unit, cell, known, doubt } = fault;
      const detail = { row, column, header, indicator, unit, cell, known, reason: doubt, more };
      return new StudyError('unknown-unit', { file: path, ...detail });
    }
    case 'ragged': {
      const { row, expected, found } = fault;
      const detail = { path, line: row, column: null, reason: 'ragged-row' as const, expected, found, more };
      return new StudyError('file-unreadable', detail);
    }
    case 'unknown-place':
      return unresolved(path, faults, told);
  }
}

/** The cells of the first row that looks like a header. */
export function widestRow({ rows }: RawSheet): readonly string[] {
  const row = rows.find((cells) => cells.filter((cell) => cell !== '').length > 1) ?? at(rows, 0);
  return row.filter((cell) => cell !== '');
}

function missingHeader(sheet: RawSheet, path: string, { aliases }: FaultOf<'missing-header'>): StudyError {
  const known = widestRow(sheet);
  const header = aliases.find((alias) => nearestName(alias, known) !== null) ?? at(aliases, 0);
  return new StudyError('missing-header', { file: path, header, aliases, known, nearest: nearestName(header, known) });
}

/** Names for which near ones are looked for: far more than are shown, and done within a second for some thousand places. */
const mostProposed = 100;

/** Every place of the sheet that has no city, each name once with its first row. */
function unresolved(
  path: string,
  faults: readonly SheetFault[],
  { unresolved: told, places: index }: Told,
): StudyError {
  const rows = faults.flatMap((one) => (one.kind === 'unknown-place' ? [one] : []));
  const byName = new Map<string, FaultOf<'unknown-place'>[]>();
  for (const fault of rows) {
    const { code, province, name } = fault.query;
    const key = JSON.stringify([fault.reason, code, province, name]);
    const own = byName.get(key);
    if (own === undefined) byName.set(key, [fault]);
    else own.push(fault);
  }
  const places = [...byName.values()].map((alike, i) => {
    const { query, reason, row } = at(alike, 0);
    const isProposed = i < mostProposed;
    const nearest = isProposed ? index.nearest(query) : [];
    return {
      ...written(query),
      row,
      rows: alike.length,
      reason,
      nearest,
      entry: isProposed ? told.entry(query, { place: null, reason, nearest }) : null,
    };
  });
  const unproposed = Math.max(0, places.length - mostProposed);
  return new StudyError('unresolved-place', { file: path, count: rows.length, places, unproposed, kind: told.kind });
}
