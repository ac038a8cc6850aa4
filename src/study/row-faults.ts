import type { ColumnTable } from '../table/column.ts';
import { type ModelTask, modelEstimator } from './estimate-models.ts';
import type { StudyCore } from './language/resolve.ts';
import type { ResolvedModel } from './language/resolve-models.ts';
import { columnsAlone } from './without/column-keys.ts';
import { isOfRows, type RowFault } from './without/row-fault.ts';

/** Models of a study, and columns of them, that the rows of its panel do not give. */
export async function rowFaults(
  { models, panel }: StudyCore,
  table: ColumnTable,
  isFault: typeof isOfRows,
): Promise<readonly RowFault[]> {
  const { unit, time, step = null } = panel;
  const faults: RowFault[] = [];
  for (const id of Object.keys(models)) {
    faults.push(...(await columnFaults(id, { models, panel: { unit, time, step }, table }, isFault)));
  }
  return faults;
}

/**
 * Columns of a model that the rows of a panel do not give, each with its error: every column is fitted by itself, without what follows
 * the fit.
 * @param isFault of the rows as far as they are known
 */
export async function columnFaults(
  id: string,
  task: ModelTask,
  isFault: typeof isOfRows = isOfRows,
): Promise<readonly RowFault[]> {
  const model = task.models[id];
  if (model === undefined) return [];
  const columns = columnsAlone(id, model, task.panel);
  const faults: RowFault[] = [];
  for (const { key, label, model: alone } of columns.length === 0 ? [{ key: '', label: '', model }] : columns) {
    try {
      await modelEstimator({ ...task, models: { [id]: plainModel(alone) } }, null)(id);
    } catch (error) {
      if (!isOfRows(error)) throw error;
      if (!isFault(error)) continue;
      const isAll = columns.length <= 1;
      const need = label === '' ? `models.${id}` : `models.${id} (${label})`;
      faults.push({ kind: 'model', id, columns: isAll ? null : new Set([key]), need, error });
    }
  }
  return faults;
}

/** A model with what it is fitted by alone: nothing after the fit, no draws. */
function plainModel(model: ResolvedModel): ResolvedModel {
  const { vcov, ssc, singletons, weights, frequency, coords, estimator, split, fsplit, variants, varied, threshold } =
    model.words;
  const words = {
    ...{ vcov, ssc, singletons, weights, frequency, coords, estimator, split, fsplit, variants, varied },
    threshold: threshold === undefined ? undefined : { ...threshold, boot: 0 },
  };
  const asked = Object.fromEntries(Object.entries(words).filter(([, value]) => value !== undefined));
  // The words above, those apart that are not asked for.
  return { ...model, words: asked as ResolvedModel['words'] };
}
