import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ReferenceFile, TableFile } from '../../data/panel/contract.ts';
import type { RawFiles, RawKind } from '../../domain/china/panel/contract.ts';
import { at } from '../../error/at.ts';
import { said } from '../../error/said.ts';
import { StudyError } from '../../error/study-error.ts';
import { hasSheetEnding, sheetEndings } from '../../file/file-format.ts';
import { type InputRecord, inputRecord } from './input-record.ts';
import { readReferenceFile } from './reference-file.ts';
import { referencePaths } from './reference-paths.ts';
import { withSlashes } from './slashes.ts';

/**
 * The raw tables below a folder, by kind: `registry/`, `energy/`, `yearbook/`, `patents/`; reference tables come from
 * `reference`, and are read.
 * @param reference folders of reference tables, the first one first
 * @param needs kinds of table that measures need, others are not listed: one without a file is empty; left out: every kind is there
 * @param record gets the reference tables, which are read here
 * @throws file-not-found for a kind that must be there, file-unreadable
 */
export async function listRawFiles(
  folder: string,
  reference: readonly string[],
  needs?: { readonly has: (kind: RawKind) => boolean },
  record: InputRecord = inputRecord(),
): Promise<RawFiles> {
  const list = (kind: RawKind): TableFile[] => {
    if (needs === undefined) return listTableFiles(folder, kind);
    return needs.has(kind) ? tablesIn(folder, kind) : [];
  };
  return {
    registry: list('registry'),
    energy: list('energy'),
    yearbook: list('yearbook'),
    patents: list('patents'),
    reference: await listReferenceFiles(reference, record),
  };
}

/**
 * The reference tables, each in the first of the folders that has it. What belongs to another table is not taken from behind it:
 * a list of keywords of the study's own is not read with the exclusions of its pack.
 * @throws file-not-found when none has the table of places
 */
export async function listReferenceFiles(
  folders: readonly string[],
  record: InputRecord = inputRecord(),
): Promise<RawFiles['reference']> {
  const file = async (name: string, upTo: string = name): Promise<ReferenceFile | null> => {
    const [path] = referencePaths(folders, name, upTo);
    return path === undefined ? null : referenceFile(path, record);
  };
  const cities = await file('cities.csv');
  if (cities === null) {
    const path = join(at(folders, 0), 'cities.csv');
    throw new StudyError('file-not-found', { path, role: said('file.cities'), nearest: null });
  }
  return {
    cities,
    groups: await file('groups.csv'),
    fuels: await file('fuels.csv'),
    gridFactors: await file('grid_factors.csv'),
    keywords: await file('keywords.csv'),
    keywordExclusions: await file('keyword_exclusions.csv', 'keywords.csv'),
    exchangeRates: await file('exchange_rates.csv'),
    cityAliases: await Promise.all(
      referencePaths(folders, 'city_aliases.csv', 'cities.csv').map((path) => referenceFile(path, record)),
    ),
    divisionChanges: await file('division_changes.csv', 'cities.csv'),
  };
}

/**
 * The raw tables of a kind: every file in its folder or below it whose ending is read, by code unit of the path
 * below the folder, whatever order the file system has. What spreadsheets and systems leave behind is no table: lock files
 * (~$x.xlsx), names that begin with a dot, Thumbs.db.
 * @throws file-not-found when there is none
 */
export function listTableFiles(folder: string, kind: RawKind): TableFile[] {
  const files = tablesIn(folder, kind);
  if (files.length > 0) return files;
  const path = join(folder, kind, `*{${sheetEndings.join(',')}}`);
  throw new StudyError('file-not-found', { path, role: said('file.raw_table', { kind }), nearest: null });
}

/** The raw tables of a kind, none when there is no folder. */
function tablesIn(folder: string, kind: RawKind): TableFile[] {
  const place = join(folder, kind);
  if (!existsSync(place)) return [];
  return tableFilesIn(place).map(({ path, name }) => ({ path, name: `${kind}/${name}` }));
}

/** Every raw table in a folder or below it, by code unit of the path below the folder. */
export function tableFilesIn(place: string): TableFile[] {
  const names = readdirSync(place, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && isTable(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(place.length + 1))
    .filter((name) => !/(^|[\\/])\./.test(name));
  const ordered = names.map(withSlashes).sort();
  return ordered.map((name) => ({ path: join(place, name), name }));
}

function isTable(name: string): boolean {
  return hasSheetEnding(name) && !name.startsWith('~$');
}

/** A reference table, noted in the record of what is read. @throws file-not-found, file-unreadable, input-changed */
export async function referenceFile(path: string, record: InputRecord): Promise<ReferenceFile> {
  await record.note(path);
  return readReferenceFile(path);
}
