import { existsSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import type { TableFile } from '../../data/panel/contract.ts';
import type { UnitAlias } from '../../data/source/name-index.ts';
import type { Pack } from '../../domain/contract.ts';
import { at } from '../../error/at.ts';
import { nearestName } from '../../error/nearest-name.ts';
import { said } from '../../error/said.ts';
import { StudyError } from '../../error/study-error.ts';
import type { ResolvedPanelFileStudy } from '../../study/language/resolve-panel-file.ts';
import { readUnitTables, type UnitPlaces, type UnitTables } from '../../study/panel-source/read-unit-tables.ts';
import { textAt, textRows } from '../../table/cell-at.ts';
import { type ColumnTable, columnTable, textColumn } from '../../table/column.ts';
import { sheetReader } from '../file/sheet-reader.ts';
import { type InputRecord, inputRecord, recordingSheets } from '../store/input-record.ts';
import { referenceFile, tableFilesIn } from '../store/raw-files.ts';
import { referencePaths } from '../store/reference-paths.ts';
import { referenceFolders } from './reference-folders.ts';
import { pathInStudy, refuseLinksOut } from './study-paths.ts';

const placesFile = 'places.csv';

/** The raw tables that a study names by `data.tables`. @throws file-not-found when there is none */
export function tablesOfStudy(folder: string, { data }: Pick<ResolvedPanelFileStudy, 'data'>): readonly TableFile[] {
  if (data.tables === null) return [];
  const role = said('file.unit_tables');
  const place = pathInStudy(folder, data.tables, role);
  if (!isAbsolute(data.tables)) refuseLinksOut(place, folder, role);
  const files = existsSync(place) ? tableFilesIn(place) : [];
  if (files.length === 0) throw new StudyError('file-not-found', { path: place, role, nearest: null });
  return files;
}

/**
 * Reads them into a panel: units by the places of the study, else of its pack; series of the study and its pack.
 * @throws file-not-found without a table of places, reference-invalid, the errors of reading
 */
export async function readTablesOf(
  folder: string,
  study: ResolvedPanelFileStudy,
  pack: Pack | null,
  record: InputRecord = inputRecord(),
): Promise<UnitTables> {
  const own = study.data.series;
  const isOwn = new Set(own.map(({ id }) => id));
  const ofPack = Object.values(pack?.tables ?? {})
    .flat()
    .filter(({ id }) => !isOwn.has(id));
  const folders = referenceFolders({ folder, study });
  const places = await placesOf(folders, record);
  const groups = groupsOf(pack, places, existsSync(join(at(folders, 0), placesFile)));
  return readUnitTables(recordingSheets(sheetReader(), record), tablesOfStudy(folder, study), {
    ...places,
    unit: study.panel.unit,
    time: study.panel.time,
    indicators: [...own, ...ofPack],
    definitions: pack?.definitions ?? [],
    groups,
    priority: study.data.priority,
  });
}

/**
 * Groups of a pack by the column of the table of places that holds each. A study that has a table of places of its own carries those
 * that stand in it.
 * @throws unknown-column for a column that the pack's own table of places lacks
 */
function groupsOf(pack: Pack | null, { places }: UnitPlaces, isOwn: boolean): Readonly<Record<string, string>> {
  const groups = Object.entries(pack?.groups ?? {}).map(([group, { column }]) => [group, column] as const);
  const known = places.names;
  const missing = groups.find(([, column]) => !known.includes(column));
  if (missing !== undefined && !isOwn) {
    const [group, name] = missing;
    const where = `${pack?.id}: groups.${group}`;
    throw new StudyError('unknown-column', { name, where, known, nearest: nearestName(name, known) });
  }
  return Object.fromEntries(groups.filter(([, column]) => known.includes(column)));
}

async function placesOf(folders: readonly string[], record: InputRecord): Promise<UnitPlaces> {
  const [path] = referencePaths(folders, placesFile);
  if (path === undefined) {
    const role = said('file.places');
    throw new StudyError('file-not-found', { path: join(at(folders, 0), placesFile), role, nearest: null });
  }
  const places = await trimmedTable(path, record);
  if (!places.names.includes('code')) {
    const known = places.names;
    throw new StudyError('missing-header', { file: path, header: 'code', aliases: ['code'], known, nearest: null });
  }
  const files = referencePaths(folders, 'aliases.csv', placesFile);
  const tables = await Promise.all(files.map((file) => trimmedTable(file, record)));
  return { places, aliases: tables.flatMap((table) => textRows(table).map(aliasOf)) };
}

function aliasOf({ alias = '', code = '', from = '', to = '' }: Readonly<Record<string, string>>): UnitAlias {
  const year = (text: string): number | null => (text === '' ? null : Number(text));
  return { alias, code: code === '' ? null : code, from: year(from), to: year(to) };
}

/** A reference table in text; blanks around a cell are none of it. */
async function trimmedTable(path: string, record: InputRecord): Promise<ColumnTable> {
  const { table } = await referenceFile(path, record);
  const cells = (name: string): (string | null)[] =>
    Array.from({ length: table.nrow }, (_, row) => textAt(table, name, row).trim() || null);
  return columnTable(Object.fromEntries(table.names.map((name) => [name, textColumn(cells(name))])));
}
