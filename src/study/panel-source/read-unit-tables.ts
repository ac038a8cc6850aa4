import type { OtherDefinition } from '../../data/clean/definitions.ts';
import type { LedgerLine } from '../../data/clean/ledger.ts';
import type { Observation } from '../../data/clean/observation.ts';
import type { UnitSlip } from '../../data/clean/unit-slips.ts';
import type { TableFile } from '../../data/panel/contract.ts';
import type { IndicatorDefinition } from '../../data/source/contract.ts';
import { type NamedUnit, nameIndex, type UnitAlias } from '../../data/source/name-index.ts';
import type { PlaceAnswer, PlaceQuery } from '../../data/source/places.ts';
import { StudyError } from '../../error/study-error.ts';
import { textAt } from '../../table/cell-at.ts';
import { type Column, type ColumnTable, columnTable, numberColumn, textColumn } from '../../table/column.ts';
import type { SheetReader } from '../ports.ts';
import { readRawTables, type TableSource } from '../read-raw.ts';
import type { PanelFiles } from './read-panel-files.ts';

/** The units of a panel: a table of places, as text, and their other names. */
export interface UnitPlaces {
  /** code, name_en, name_zh and what else it has; a row a unit. */
  readonly places: ColumnTable;
  readonly aliases: readonly UnitAlias[];
}

/** A panel made of raw tables, with what takes its numbers back to their cells. */
export interface UnitTables extends PanelFiles {
  readonly ledger: readonly LedgerLine[];
  readonly observations: readonly Observation[];
  readonly slips: readonly UnitSlip[];
  /** The tables, file by file. */
  readonly sources: readonly TableSource[];
  /** Codes of the units by the number that stands for them, from 1. */
  readonly codes: readonly string[];
  /** Series of which a value was read. */
  readonly series: readonly string[];
}

interface UnitTableOptions extends UnitPlaces {
  /** Column of the panel for the code of the unit, and for the year. */
  readonly unit: string;
  readonly time: string;
  readonly indicators: readonly IndicatorDefinition[];
  readonly definitions: readonly OtherDefinition[];
  /** Columns of the table of places that the panel carries, by their names there. */
  readonly groups: Readonly<Record<string, string>>;
  readonly priority: readonly string[];
}

/** Columns of the table of places that hold names, and codes of other lists. */
const nameColumns = ['name_en', 'name_zh'] as const;
const codeColumns = ['code2', 'number'] as const;

/**
 * Reads raw tables of any unit by year, in any of the shapes that yearbooks have: cells to values with their places, mended as
 * the ledger shows; a row a unit and year of which any value was read, a column a series.
 * @throws missing-header, unknown-unit, unknown-year, unresolved-place, file-unreadable, duplicate-source, empty-sample
 */
export async function readUnitTables(
  reader: SheetReader,
  files: readonly TableFile[],
  options: UnitTableOptions,
): Promise<UnitTables> {
  const { places, aliases, indicators, definitions, priority } = options;
  const units = namedUnits(places);
  const raw = await readRawTables(
    reader,
    { tables: files },
    {
      indicators: { tables: indicators },
      definitions,
      places: nameIndex(units, aliases),
      unresolved: {
        kind: 'unit',
        codeOf: (place) => units[place - 1]?.code ?? place,
        entry: (query, answer) => aliasRow(query, answer, units),
      },
      settle: { zeroIsMissing: {}, rules: [], priority },
      onFile: async () => undefined,
    },
  );
  const { observations, ledger, slips, sources } = raw;
  const table = panelTable(observations, options);
  if (table.nrow === 0) throw new StudyError('empty-sample', { where: 'data.tables', rows: 0, dropped: {} });
  const labels = Object.fromEntries(indicators.map(({ id, label }) => [id, label.en]));
  return {
    table,
    files: sources.flatMap((source) =>
      source.files.map(({ name, rows }) => ({ path: name, rows, columns: table.names.length, absent: [] })),
    ),
    joins: [],
    about: { labels, valueTexts: {}, periods: {}, panel: null },
    ledger,
    observations,
    slips,
    sources,
    codes: units.map(({ code }) => code),
    series: indicators.map(({ id }) => id).filter((id) => table.names.includes(id)),
  };
}

function namedUnits(places: ColumnTable): NamedUnit[] {
  const text = (name: string, row: number): string => (name in places.columns ? textAt(places, name, row) : '');
  const year = (name: string, row: number): number | null => (text(name, row) === '' ? null : Number(text(name, row)));
  const filled = (names: readonly string[], row: number): string[] =>
    names.map((name) => text(name, row)).filter((one) => one !== '');
  return Array.from({ length: places.nrow }, (_, row) => ({
    id: row + 1,
    code: text('code', row),
    names: filled(nameColumns, row),
    codes: filled(codeColumns, row),
    from: year('from', row),
    to: year('to', row),
  }));
}

/** The row of the table of aliases that makes a name its nearest unit, or, where none is near, no unit. */
function aliasRow(
  { code, name }: PlaceQuery,
  { reason, nearest }: PlaceAnswer & { readonly place: null },
  units: readonly NamedUnit[],
): string | null {
  if (reason !== 'unknown') return null;
  const written = name ?? code ?? '';
  if (written === '') return null;
  const meant = units.find(({ names }) => names[0] === nearest[0])?.code ?? '';
  return `${/[",\n]/.test(written) ? `"${written.replaceAll('"', '""')}"` : written},${meant},,`;
}

/** A row a unit and year, sorted by code and year; a series of which no value was read is no column. */
function panelTable(observations: readonly Observation[], options: UnitTableOptions): ColumnTable {
  const { places, unit, time, groups, indicators } = options;
  const values = new Map<string, number>();
  const rows = new Map<string, { id: number; year: number }>();
  const read = new Set<string>();
  for (const { place: id, year, indicator, value } of observations) {
    if (value === null) continue;
    rows.set(`${id}|${year}`, { id, year });
    values.set(`${indicator}|${id}|${year}`, value);
    read.add(indicator);
  }
  const codeOf = (id: number): string => textAt(places, 'code', id - 1);
  const sorted = [...rows.values()].sort((a, b) => {
    const [one, two] = [codeOf(a.id), codeOf(b.id)];
    return one < two ? -1 : one > two ? 1 : a.year - b.year;
  });
  const ofPlace = (name: string): Column => textColumn(sorted.map(({ id }) => textAt(places, name, id - 1) || null));
  const named = nameColumns.filter((name) => name in places.columns);
  return columnTable({
    [unit]: textColumn(sorted.map(({ id }) => codeOf(id))),
    [time]: numberColumn(sorted.map(({ year }) => year)),
    ...Object.fromEntries(named.map((name) => [name, ofPlace(name)])),
    ...Object.fromEntries(Object.entries(groups).map(([group, column]) => [group, ofPlace(column)])),
    ...Object.fromEntries(
      indicators
        .filter(({ id }) => read.has(id))
        .map(({ id }) => [id, numberColumn(sorted.map((row) => values.get(`${id}|${row.id}|${row.year}`) ?? null))]),
    ),
  });
}
