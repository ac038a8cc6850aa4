import type { Expected } from '../../../error/said.ts';
import { StudyError } from '../../../error/study-error.ts';
import type { ColumnTable } from '../../../table/column.ts';

/** The reference tables of a study, every column as text. */
export interface ReferenceTables {
  readonly cities: ColumnTable;
  readonly fuels: ColumnTable | null;
  readonly gridFactors: ColumnTable | null;
  readonly keywords: ColumnTable | null;
  /** Null: neither the study nor its pack has one; likewise below. */
  readonly keywordExclusions: ColumnTable | null;
  readonly cityAliases: ColumnTable | null;
  readonly divisionChanges: ColumnTable | null;
  readonly exchangeRates: ColumnTable | null;
}

/** A reference table that is needed. @throws file-not-found */
export function requireTable(table: ColumnTable | null, path: string, role: Expected): ColumnTable {
  if (table !== null) return table;
  throw new StudyError('file-not-found', { path, role, nearest: null });
}
