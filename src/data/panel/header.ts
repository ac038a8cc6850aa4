import { at } from '../../error/at.ts';
import { nearestName } from '../../error/nearest-name.ts';
import type { Expected } from '../../error/said.ts';
import { StudyError } from '../../error/study-error.ts';
import { type ColumnTable, columnNamed, ownColumns } from '../../table/column.ts';
import type { ReferenceFile } from './contract.ts';

/** The header of `file` that is one of `aliases`, or null. */
export function findHeader(file: ReferenceFile, aliases: readonly string[]): string | null {
  const wanted = aliases.map((alias) => alias.normalize('NFKC'));
  return file.table.names.find((header) => wanted.includes(header.normalize('NFKC').trim())) ?? null;
}

/**
 * The header of `file` that is one of `aliases`.
 * @throws missing-header
 */
export function requireHeader(file: ReferenceFile, aliases: readonly string[]): string {
  const found = findHeader(file, aliases);
  if (found !== null) return found;
  throw new StudyError('missing-header', {
    file: file.path,
    header: at(aliases, 0),
    aliases,
    known: file.table.names,
    nearest: nearestName(at(aliases, 0), file.table.names),
  });
}

/** A reference table that a step needs. @throws file-not-found */
export function requireFile(file: ReferenceFile | null, path: string, role: Expected): ReferenceFile {
  if (file !== null) return file;
  throw new StudyError('file-not-found', { path, role, nearest: null });
}

/** Some columns of a reference table, as an engine is given them. */
export function columnsOf({ table }: ReferenceFile, names: readonly string[]): ColumnTable {
  const kept = [...new Set(names)];
  return {
    nrow: table.nrow,
    names: kept,
    columns: ownColumns(kept.map((name) => [name, columnNamed(table, name)])),
  };
}
