import { closeSync, existsSync, openSync, readdirSync, readSync } from 'node:fs';
import { join } from 'node:path';
import type { RawFile, RawFiles } from '../../data/panel/contract.ts';
import { StudyError } from '../../error/study-error.ts';

const headLength = 1 << 16;

/**
 * The raw tables below a folder, by kind: `registry/`, `energy/`, `yearbook/`, `patents/`; reference tables come from
 * `reference`.
 * @throws file-not-found
 */
export function listRawFiles(folder: string, reference: string): RawFiles {
  return {
    registry: csvFiles(folder, 'registry'),
    energy: csvFiles(folder, 'energy'),
    yearbook: csvFiles(folder, 'yearbook'),
    patents: csvFiles(folder, 'patents'),
    reference: {
      cities: rawFile(join(reference, 'cities.csv'), 'reference table of cities'),
      fuels: rawFile(join(reference, 'fuels.csv'), 'reference table of fuels'),
      gridFactors: rawFile(join(reference, 'grid_factors.csv'), 'reference table of grid factors'),
      keywords: rawFile(join(reference, 'keywords.csv'), 'keyword list'),
      exchangeRates: rawFile(join(reference, 'exchange_rates.csv'), 'reference table of exchange rates'),
    },
  };
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
  return { path, headers: readHeaders(path) };
}

/** Cells of the first line, quotes and byte order mark taken off. */
function readHeaders(path: string): string[] {
  const handle = openSync(path, 'r');
  const head = Buffer.alloc(headLength);
  const length = readSync(handle, head, 0, headLength, 0);
  closeSync(handle);
  const text = new TextDecoder('utf-8').decode(head.subarray(0, length));
  const line = text.split(/\r?\n/, 1)[0];
  if (line.trim() === '')
    throw new StudyError('file-unreadable', { path, line: 1, column: null, reason: 'no header line' });
  return (line.match(/("([^"]|"")*"|[^,]*)(,|$)/g) ?? [])
    .map((cell) => cell.replace(/,$/, '').replace(/^"|"$/g, '').replaceAll('""', '"'))
    .slice(0, line.split(',').length);
}
