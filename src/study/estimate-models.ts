import type { PanelKeys } from '../model/contract.ts';
import type { RowChoice } from '../model/design/row-choice.ts';
import { chooseRows } from '../model/design/row-choice.ts';
import { fitModels, planModels, summarizeModel } from '../model/estimate-formula.ts';
import type { ModelFormula } from '../model/formula/ast.ts';
import type { ReplicateRunner } from '../model/replicate/contract.ts';
import type { ModelResult } from '../model/result/result.ts';
import { searchThreshold, searchThresholdBy } from '../model/threshold/search-threshold.ts';
import type { ColumnTable } from '../table/column.ts';
import { markRows } from '../table/condition/evaluate.ts';
import type { EstimatedColumn, EstimatedModels } from './estimated.ts';
import type { ResolvedModel, StudyCore } from './language/resolve.ts';
import type { ResolvedSample } from './language/resolved-sample.ts';

interface EstimateOptions {
  /** Runs the replicates of threshold tests; null: here. */
  readonly run?: ReplicateRunner | null;
  /** Before each model; waited for. Left out: nothing is. */
  readonly onModel?: (() => Promise<void>) | undefined;
}

/**
 * Fits every model of the study once and gives it every covariance.
 * @param run of the replicates of threshold tests; null: one after the other, here.
 * @throws the errors of the estimators, with the model's id as the place; unknown-column and bad-where for a filter
 */
export async function estimateModels(
  study: StudyCore,
  panel: ColumnTable,
  { run = null, onModel }: EstimateOptions = {},
): Promise<EstimatedModels> {
  const estimated: Record<string, readonly EstimatedColumn[]> = {};
  const kept = new Map<string | null, Uint8Array | null>([[null, null]]);
  for (const [id, model] of Object.entries(study.models)) {
    await onModel?.();
    for (const { where } of model.samples) {
      if (where !== null && !kept.has(where)) kept.set(where, markRows(where, panel, `models.${id}`));
    }
    const inputs = columnInputs(id, model, study, panel, kept);
    estimated[id] = model.threshold === null ? fitColumns(inputs, model) : await searchColumns(inputs, model, run);
  }
  return estimated;
}

interface ColumnInput {
  readonly id: string;
  readonly formula: ModelFormula;
  readonly sample: ResolvedSample;
  readonly table: ColumnTable;
  readonly panel: PanelKeys;
  readonly kept: Uint8Array | null;
  readonly choice: RowChoice;
}

function columnInputs(
  id: string,
  model: ResolvedModel,
  study: StudyCore,
  panel: ColumnTable,
  kept: ReadonlyMap<string | null, Uint8Array | null>,
): ColumnInput[] {
  const { unit, time, step = null } = study.panel;
  const choices = new Map<string | null, RowChoice>();
  const choiceOf = (where: string | null): RowChoice => {
    const choice = choices.get(where) ?? chooseRows(panel.nrow, kept.get(where) ?? null);
    choices.set(where, choice);
    return choice;
  };
  const formulas = model.expanded.flatMap((formula) => planModels(formula));
  const columns = formulas.flatMap((formula) => model.samples.map((sample) => ({ formula, sample })));
  return columns.map(({ formula, sample }, i) => ({
    id: columns.length === 1 ? id : `${id}.${i + 1}`,
    formula,
    sample,
    table: panel,
    panel: { unit, time, step },
    kept: kept.get(sample.where) ?? null,
    choice: choiceOf(sample.where),
  }));
}

function fitColumns(inputs: readonly ColumnInput[], model: ResolvedModel): EstimatedColumn[] {
  const { vcov: vcovs, singletons } = model;
  const fits = inputs.map((input) => ({ ...input, vcovs, singletons, sample: input.sample.where }));
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
  const { threshold, vcov, ssc, singletons } = model;
  const asked = {
    ...threshold!,
    formula: input.formula.text,
    panel: input.panel,
    kept: input.kept,
    ssc,
    singletons,
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
