import { tableDocument } from '../../output/document/blocks.ts';
import type { Document } from '../../output/document/contract.ts';
import { modelRecords } from '../../output/table/model-records.ts';
import type { StudyTable } from './contract.ts';

/**
 * What stands behind a table, for the file beside it: the coefficients of every model under every covariance, for programs, and all
 * that the report folds below the table. Null where there is nothing more.
 */
export function detailsDocument({ blocks, models }: StudyTable): Document | null {
  const [{ table }, ...folded] = blocks;
  if (models.length === 0 && folded.length === 0) return null;
  const { title } = tableDocument(table);
  const records = modelRecords(models.flatMap(({ results }) => results));
  return {
    title,
    blocks: [
      { kind: 'heading', text: title },
      { kind: 'forms', screen: [], page: [], records: models.length === 0 ? [] : [{ kind: 'table', table: records }] },
      ...folded,
    ],
    data: {},
  };
}
