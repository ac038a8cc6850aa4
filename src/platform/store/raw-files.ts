import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { RawFile, RawFiles, TableFile } from '../../data/panel/contract.ts';
import { StudyError } from '../../error/study-error.ts';
import { readCsvHead } from '../engine/csv-file.ts';

/**
 * The raw tables below a folder, by kind: `registry/`, `energy/`, `yearbook/`, `patents/`; reference tables come from
 * `reference`.
 * @throws file-not-found
 */
export function listRawFiles(folder: string, reference: string): RawFiles {
  return {
    registry: csvFiles(folder, 'registry'),
    energy: tableFiles(folder, 'energy'),
    yearbook: tableFiles(folder, 'yearbook'),
    patents: tableFiles(folder, 'patents'),
    reference: listReferenceFiles(reference),
  };
}

/** The reference tables in a folder. @throws file-not-found */
export function listReferenceFiles(folder: string): RawFiles['reference'] {
  return {
    cities: rawFile(join(folder, 'cities.csv'), 'reference table of cities'),
    fuels: rawFile(join(folder, 'fuels.csv'), 'reference table of fuels'),
    gridFactors: rawFile(join(folder, 'grid_factors.csv'), 'reference table of grid factors'),
    keywords: rawFile(join(folder, 'keywords.csv'), 'keyword list'),
    exchangeRates: rawFile(join(folder, 'exchange_rates.csv'), 'reference table of exchange rates'),
  };
}

/** Files of statistical tables, of every format that is read; in order of their names. */
function tableFiles(folder: string, kind: string): TableFile[] {
  const place = join(folder, kind);
  const names = existsSync(place) ? readdirSync(place).filter(isTable) : [];
  if (names.length === 0)
    throw new StudyError('file-not-found', { path: join(place, '*.csv'), role: `raw table (${kind})`, nearest: null });
  return names.sort().map((name) => ({ path: join(place, name), name: `${kind}/${name}` }));
}

const tableEndings = ['.csv', '.tsv', '.txt', '.xlsx', '.xls', '.dta', '.parquet'];

/** Lock files of office programs (~$x.xlsx) and hidden files are none. */
function isTable(name: string): boolean {
  return !/^[.~]/.test(name) && tableEndings.some((ending) => name.toLowerCase().endsWith(ending));
}

function csvFiles(folder: string, kind: string): RawFile[] {
  const place = join(folder, kind);
  const names = existsSync(place) ? readdirSync(place).filter((name) => name.toLowerCase().endsWith('.csv')) : [];
  if (names.length === 0)
    throw new StudyError('file-not-found', { path: join(place, '*.csv'), role: `raw table (${kind})`, nearest: null });
  return names.sort().map((name) => rawFile(join(place, name), `raw table (${kind})`));
}

function rawFile(path: string, role: string): RawFile {
  if (!existsSync(path)) throw new StudyError('file-not-found', { path, role, nearest: null });
  return { path, headers: readCsvHead(path, ',').headers };
}
