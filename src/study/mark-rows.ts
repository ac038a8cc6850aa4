import { isStudyError } from '../error/study-error.ts';
import { numberAt } from '../table/cell-at.ts';
import { filterFault } from './filter-fault.ts';
import type { QueryEngine } from './ports.ts';

/**
 * 1 at the rows of the engine's table `panel` that meet a condition, in its order; a condition that is unknown keeps none.
 * @param where the place of the condition in words of the user's input
 * @throws unknown-column, bad-where
 */
export async function markPanelRows(
  engine: QueryEngine,
  condition: string,
  { where, known }: { readonly where: string; readonly known: readonly string[] },
): Promise<Uint8Array> {
  const marks = await engine
    .table(`SELECT CASE WHEN (${condition}\n) THEN 1 ELSE 0 END AS kept FROM panel ORDER BY rowid`)
    .catch((error: unknown) => {
      throw isStudyError(error, 'engine-failure') ? filterFault(error, { where, known }) : error;
    });
  return Uint8Array.from({ length: marks.nrow }, (_, row) => numberAt(marks, 'kept', row));
}
