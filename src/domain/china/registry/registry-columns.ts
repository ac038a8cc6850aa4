import { at } from '../../../error/at.ts';
import { keysOf, withKeys } from '../../../error/known-keys.ts';
import { nearestName } from '../../../error/nearest-name.ts';
import { StudyError } from '../../../error/study-error.ts';
import { registryHeaders } from '../source/tables.ts';

export type RegistryField = keyof typeof registryHeaders;

/** Where the fields of a registry table stand, from 0; -1 for one that it lacks. */
export type RegistryColumns = Readonly<Record<RegistryField, number>> & {
  /** Cells of the header: a row with more is broken. */
  readonly count: number;
};

/**
 * Finds the fields of a registry table by the aliases of their headers. Needed are a date of founding and one of name and
 * scope; everything else may be absent.
 * @throws missing-header
 */
export function registryColumns(headers: readonly string[], file: string): RegistryColumns {
  const plain = headers.map((header) => header.normalize('NFKC').replace(/\s+/gu, ''));
  const places = withKeys(keysOf(registryHeaders), (field) => placeOf(plain, registryHeaders[field]));
  const columns = { ...places, count: headers.length };
  if (columns.founded < 0) throw missing(registryHeaders.founded, headers, file);
  if (columns.name < 0 && columns.scope < 0) throw missing(registryHeaders.scope, headers, file);
  return columns;
}

/** The first alias that is there wins, so that the order of the columns does not matter. */
function placeOf(headers: readonly string[], aliases: readonly string[]): number {
  for (const alias of aliases) {
    const at = headers.indexOf(alias.normalize('NFKC'));
    if (at >= 0) return at;
  }
  return -1;
}

function missing(aliases: readonly string[], known: readonly string[], file: string): StudyError {
  const nearest = nearestName(at(aliases, 0), known);
  return new StudyError('missing-header', { file, header: at(aliases, 0), aliases, known, nearest });
}
