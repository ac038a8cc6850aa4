import { fitModel, planModels, summarizeModel } from '../model/estimate-formula.ts';
import type { ModelResult } from '../model/result/result.ts';
import type { ColumnTable } from '../table/column.ts';
import type { QueryEngine } from './ports.ts';
import type { ResolvedModel, ResolvedStudy } from './resolve.ts';

/** One column of a regression table: a fit under every covariance that the study asks for, the printed one first. */
export interface EstimatedColumn {
  readonly results: readonly ModelResult[];
}

/** Model id of the study to its columns, in the order of the formula. */
export type EstimatedModels = Readonly<Record<string, readonly EstimatedColumn[]>>;

/**
 * Fits every model of the study once and gives it every covariance. The panel must stand in the engine as `panel`.
 * @throws the errors of the estimators, with the model's id as the place
 */
export async function estimateModels(
  study: ResolvedStudy,
  panel: ColumnTable,
  engine: QueryEngine,
): Promise<EstimatedModels> {
  const estimated: Record<string, readonly EstimatedColumn[]> = {};
  for (const [id, model] of Object.entries(study.models)) {
    const table =
      model.where === null
        ? panel
        : await engine.table(`SELECT * FROM panel WHERE (${model.where}) ORDER BY city, year`);
    estimated[id] = estimateColumns(id, model, table, panel.nrow - table.nrow, study);
  }
  return estimated;
}

function estimateColumns(
  id: string,
  model: ResolvedModel,
  table: ColumnTable,
  droppedByWhere: number,
  study: ResolvedStudy,
): EstimatedColumn[] {
  const { unit, time } = study.panel;
  return model.expanded
    .flatMap((formula) => planModels(formula))
    .map((formula, i, all) => {
      const fitted = fitModel({
        id: all.length === 1 ? id : `${id}.${i + 1}`,
        formula,
        table,
        panel: { unit, time },
        droppedByWhere,
        vcovs: model.vcov,
      });
      return { results: model.vcov.map((vcov) => summarizeModel(fitted, { vcov, ssc: model.ssc })) };
    });
}
