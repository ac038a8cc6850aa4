import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { RawFile, RawFiles, RawKind, TableFile } from '../../data/panel/contract.ts';
import { StudyError } from '../../error/study-error.ts';
import { textSource } from '../engine/text-source.ts';
import { hasSheetEnding, sheetEndings } from '../file/file-format.ts';

/**
 * The raw tables below a folder, by kind: `registry/`, `energy/`, `yearbook/`, `patents/`; reference tables come from
 * `reference`. Registry and reference tables that the engine cannot read as they stand are copies in a form that it can.
 * @param needs measures by the kind of table that they need; left out: every kind is needed
 * @throws file-not-found for a kind that is needed, file-unreadable
 */
export async function listRawFiles(
  folder: string,
  reference: string,
  needs?: ReadonlyMap<RawKind, readonly string[]>,
): Promise<RawFiles> {
  const list = (kind: RawKind): TableFile[] => {
    const isNeeded = needs === undefined || needs.has(kind);
    return isNeeded ? listTableFiles(folder, kind, needs?.get(kind)) : tablesIn(folder, kind);
  };
  return {
    registry: list('registry'),
    energy: list('energy'),
    yearbook: list('yearbook'),
    patents: list('patents'),
    reference: await listReferenceFiles(reference),
  };
}

/** The reference tables in a folder. @throws file-not-found */
export async function listReferenceFiles(folder: string): Promise<RawFiles['reference']> {
  const file = (name: string, role: string): Promise<RawFile> => {
    const path = join(folder, name);
    if (!existsSync(path)) throw new StudyError('file-not-found', { path, role, nearest: null });
    return rawFile(path);
  };
  return {
    cities: await file('cities.csv', 'reference table of cities'),
    fuels: await file('fuels.csv', 'reference table of fuels'),
    gridFactors: await file('grid_factors.csv', 'reference table of grid factors'),
    keywords: await file('keywords.csv', 'keyword list'),
    keywordExclusions: await optionalFile(join(folder, 'keyword_exclusions.csv')),
    exchangeRates: await file('exchange_rates.csv', 'reference table of exchange rates'),
    cityAliases: await optionalFile(join(folder, 'city_aliases.csv')),
    divisionChanges: await optionalFile(join(folder, 'division_changes.csv')),
  };
}

/**
 * The raw tables of a kind: every file in its folder or below it whose ending is read, by code unit of the path
 * below the folder, whatever order the file system has. What spreadsheets and systems leave behind is no table: lock files
 * (~$x.xlsx), names that begin with a dot, Thumbs.db.
 * @param measures that need them, for the error
 * @throws file-not-found when there is none
 */
export function listTableFiles(folder: string, kind: RawKind, measures: readonly string[] = []): TableFile[] {
  const files = tablesIn(folder, kind);
  if (files.length > 0) return files;
  const path = join(folder, kind, `*{${sheetEndings.join(',')}}`);
  const needed = measures.length === 0 ? '' : `, needed by ${measures.join(', ')}`;
  throw new StudyError('file-not-found', { path, role: `raw table (${kind})${needed}`, nearest: null });
}

/** The raw tables of a kind, none when there is no folder. */
function tablesIn(folder: string, kind: RawKind): TableFile[] {
  const place = join(folder, kind);
  const names = existsSync(place)
    ? readdirSync(place, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && isTable(entry.name))
        .map((entry) => join(entry.parentPath, entry.name).slice(place.length + 1))
        .filter((name) => !/(^|[\\/])\./.test(name))
    : [];
  const ordered = names.map((name) => name.replaceAll('\\', '/')).sort();
  return ordered.map((name) => ({ path: join(place, name), name: `${kind}/${name}` }));
}

function isTable(name: string): boolean {
  return hasSheetEnding(name) && !name.startsWith('~$');
}

async function rawFile(path: string): Promise<RawFile> {
  const { path: readable, headers } = await textSource(path, { delimiter: ',' });
  return readable === path ? { path, headers } : { path: readable, original: path, headers };
}

async function optionalFile(path: string): Promise<RawFile | null> {
  return existsSync(path) ? rawFile(path) : null;
}
