import { fitModels, planModels, summarizeModel } from '../model/estimate-formula.ts';
import type { ModelFormula } from '../model/formula/ast.ts';
import type { ModelResult } from '../model/result/result.ts';
import type { ThresholdResult } from '../model/result/threshold.ts';
import type { ReplicateRunner } from '../model/search-threshold.ts';
import { searchThreshold, searchThresholdBy } from '../model/search-threshold.ts';
import type { ColumnTable } from '../table/column.ts';
import type { ResolvedModel, ResolvedSample, ResolvedStudy } from './language/resolve.ts';
import type { QueryEngine } from './ports.ts';

/** One column of a regression table: a fit on a part of the panel, under every covariance, the printed one first. */
export interface EstimatedColumn {
  readonly sample: ResolvedSample;
  readonly results: readonly ModelResult[];
  /** The search behind a threshold model; its model is the first result. */
  readonly threshold: ThresholdResult | null;
}

/** Model id of the study to its columns: formula by formula, each on every part of the panel. */
export type EstimatedModels = Readonly<Record<string, readonly EstimatedColumn[]>>;

/**
 * Fits every model of the study once and gives it every covariance. The panel must stand in the engine as `panel`.
 * @param run of the replicates of threshold tests; null: one after the other, here.
 * @throws the errors of the estimators, with the model's id as the place
 */
export async function estimateModels(
  study: ResolvedStudy,
  panel: ColumnTable,
  engine: QueryEngine,
  run: ReplicateRunner | null = null,
): Promise<EstimatedModels> {
  const estimated: Record<string, readonly EstimatedColumn[]> = {};
  const parts = new Map<string | null, ColumnTable>([[null, panel]]);
  for (const [id, model] of Object.entries(study.models)) {
    for (const { where } of model.samples) {
      if (!parts.has(where))
        parts.set(where, await engine.table(`SELECT * FROM panel WHERE (${where}) ORDER BY city, year`));
    }
    const inputs = columnInputs(id, model, study, (where) => parts.get(where) ?? panel);
    estimated[id] = model.threshold === null ? fitColumns(inputs, model) : await searchColumns(inputs, model, run);
  }
  return estimated;
}

interface ColumnInput {
  readonly id: string;
  readonly formula: ModelFormula;
  readonly sample: ResolvedSample;
  readonly table: ColumnTable;
  readonly panel: { readonly unit: string; readonly time: string };
  readonly droppedByWhere: number;
}

function columnInputs(
  id: string,
  model: ResolvedModel,
  study: ResolvedStudy,
  part: (where: string | null) => ColumnTable,
): ColumnInput[] {
  const { unit, time } = study.panel;
  const formulas = model.expanded.flatMap((formula) => planModels(formula));
  const columns = formulas.flatMap((formula) => model.samples.map((sample) => ({ formula, sample })));
  return columns.map(({ formula, sample }, i) => ({
    id: columns.length === 1 ? id : `${id}.${i + 1}`,
    formula,
    sample,
    table: part(sample.where),
    panel: { unit, time },
    droppedByWhere: part(null).nrow - part(sample.where).nrow,
  }));
}

function fitColumns(inputs: readonly ColumnInput[], model: ResolvedModel): EstimatedColumn[] {
  const fits = inputs.map((input) => ({ ...input, vcovs: model.vcov, sample: input.sample.where }));
  return Array.from(fitModels(fits), (fitted, i) => ({
    sample: inputs[i].sample,
    results: model.vcov.map((vcov) => summarizeModel(fitted, { vcov, ssc: model.ssc })),
    threshold: null,
  }));
}

async function searchColumns(inputs: readonly ColumnInput[], model: ResolvedModel, run: ReplicateRunner | null) {
  const columns: EstimatedColumn[] = [];
  for (const input of inputs) columns.push(await searchColumn(input, model, run));
  return columns;
}

/** Searches once; the other covariances take the thresholds found as their only candidates. */
async function searchColumn(
  input: ColumnInput,
  model: ResolvedModel,
  run: ReplicateRunner | null,
): Promise<EstimatedColumn> {
  const { threshold, vcov, ssc } = model;
  const asked = {
    ...threshold!,
    formula: input.formula.text,
    panel: input.panel,
    droppedByWhere: input.droppedByWhere,
    ssc,
  };
  const first = { ...asked, vcov: vcov[0] };
  const search = run === null ? searchThreshold(input.table, first) : await searchThresholdBy(input.table, first, run);
  const found = search.tests[search.tests.length - 1].gamma;
  const others = vcov.slice(1).map((one) => {
    const again = searchThreshold(input.table, { ...asked, vcov: one, boot: 0, candidates: found });
    return again.model;
  });
  const name = (result: ModelResult): ModelResult => ({ ...result, id: input.id, sample: input.sample.where });
  return { sample: input.sample, results: [search.model, ...others].map(name), threshold: search };
}
