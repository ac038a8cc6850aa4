import { fitModels, planModels, summarizeModel } from '../model/estimate-formula.ts';
import type { ModelResult } from '../model/result/result.ts';
import type { ColumnTable } from '../table/column.ts';
import type { ResolvedModel, ResolvedSample, ResolvedStudy } from './language/resolve.ts';
import type { QueryEngine } from './ports.ts';

/** One column of a regression table: a fit on a part of the panel, under every covariance, the printed one first. */
export interface EstimatedColumn {
  readonly sample: ResolvedSample;
  readonly results: readonly ModelResult[];
}

/** Model id of the study to its columns: formula by formula, each on every part of the panel. */
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
  const parts = new Map<string | null, ColumnTable>([[null, panel]]);
  for (const [id, model] of Object.entries(study.models)) {
    for (const { where } of model.samples) {
      if (!parts.has(where))
        parts.set(where, await engine.table(`SELECT * FROM panel WHERE (${where}) ORDER BY city, year`));
    }
    estimated[id] = estimateColumns(id, model, study, (where) => parts.get(where) ?? panel);
  }
  return estimated;
}

function estimateColumns(
  id: string,
  model: ResolvedModel,
  study: ResolvedStudy,
  part: (where: string | null) => ColumnTable,
): EstimatedColumn[] {
  const { unit, time } = study.panel;
  const formulas = model.expanded.flatMap((formula) => planModels(formula));
  const columns = formulas.flatMap((formula) => model.samples.map((sample) => ({ formula, sample })));
  const inputs = columns.map(({ formula, sample }, i) => ({
    id: columns.length === 1 ? id : `${id}.${i + 1}`,
    formula,
    table: part(sample.where),
    panel: { unit, time },
    droppedByWhere: part(null).nrow - part(sample.where).nrow,
    vcovs: model.vcov,
    sample: sample.where,
  }));
  return Array.from(fitModels(inputs), (fitted, i) => ({
    sample: columns[i].sample,
    results: model.vcov.map((vcov) => summarizeModel(fitted, { vcov, ssc: model.ssc })),
  }));
}
