import { at, entryOf } from '../error/at.ts';
import type { EngineUse } from '../error/engine-use.ts';
import { StudyError } from '../error/study-error.ts';
import type { PanelKeys } from '../model/contract.ts';
import type { ReplicateRunner } from '../model/replicate/contract.ts';
import type { ModelRequest } from '../model/request/contract.ts';
import type { RequestColumn } from '../model/request/ports.ts';
import { placed } from '../model/request/read.ts';
import type { RequestResult } from '../model/request/result.ts';
import { runRequest } from '../model/request/run.ts';
import { requestsOf } from '../model/request/variant-requests.ts';
import type { ColumnTable } from '../table/column.ts';
import { markRows } from '../table/condition/evaluate.ts';
import type { EstimatedColumn, EstimatedModels } from './estimated.ts';
import { tableKindOf } from './exhibit/catalog.ts';
import { bilingual } from './language/bilingual.ts';
import type { StudyCore } from './language/resolve.ts';
import { type ResolvedModel, requestOfModel } from './language/resolve-models.ts';
import type { ResolvedSample } from './language/resolved-sample.ts';

/** Models of a study, the keys of its panel and its rows: all that they are estimated from, as plain data. */
export interface ModelTask {
  readonly models: StudyCore['models'];
  readonly panel: PanelKeys;
  readonly table: ColumnTable;
}

/** Estimates some of a list of models beside this thread. */
export interface ModelsBeside {
  /**
   * Null: the model is left to this thread, which estimates it now. Else what came of it; null of that: it is to be estimated here after
   * all, with the error that it then has.
   */
  readonly take: (id: string) => Promise<RequestResult | null> | null;
}

/** Estimates models of a list where an engine holds the rows. */
export interface ModelEngine {
  /** The rows are nowhere else: what it refuses is an error. Left out: they are here too. */
  readonly isOnly?: true;
  /** What it refuses of a model, as far as that is known before; null: nothing. */
  readonly refusal: (id: string) => EngineUse | null;
  readonly estimate: (id: string) => Promise<RequestResult | { readonly refused: EngineUse }>;
}

interface EstimateOptions {
  /** Runs the replicates of threshold tests; null: here. */
  readonly run?: ReplicateRunner | null;
  /** Before each model; waited for. Left out: nothing is. */
  readonly onModel?: (() => Promise<void>) | undefined;
  /** Begins to estimate models elsewhere, by their ids, from the last one on; null: none is. */
  readonly beside?: ((task: ModelTask, ids: readonly string[]) => ModelsBeside) | null | undefined;
  /** Makes the sums of models elsewhere; null: nobody does. What it refuses is estimated here. */
  readonly byEngine?: ((task: ModelTask) => ModelEngine) | null | undefined;
  /** Hears the error of a model; true: the others are estimated without it. Left out: it is thrown. */
  readonly onFault?: ((id: string, error: unknown) => boolean) | undefined;
}

/**
 * Fits every model of the study once and gives it every covariance.
 * @param run of the replicates of threshold tests; null: one after the other, here.
 * @throws the errors of the estimators, with the model's id as the place; unknown-column and bad-where for a filter
 */
export async function estimateModels(
  study: StudyCore,
  panel: ColumnTable,
  { run = null, onModel, beside = null, byEngine = null, onFault }: EstimateOptions = {},
): Promise<EstimatedModels> {
  const { unit, time, step = null } = study.panel;
  const estimated: Record<string, readonly EstimatedColumn[]> = {};
  const drawn = tablesOfFits(study);
  const task = { models: study.models, panel: { unit, time, step }, table: panel };
  const engine = byEngine?.(task) ?? null;
  const refusalOf = (id: string): EngineUse | null => {
    const table = drawn.get(id);
    return table === undefined ? (engine?.refusal(id) ?? null) : { kind: 'table', name: table };
  };
  const refusals = new Map(engine === null ? [] : Object.keys(study.models).map((id) => [id, refusalOf(id)]));
  // Fits, which hold the sample, do not go between threads.
  const others = Object.keys(study.models).filter((id) => !drawn.has(id) && refusals.get(id) !== null);
  const elsewhere = beside?.(task, others) ?? null;
  const estimate = modelEstimator(task, run);
  for (const [id, model] of Object.entries(study.models)) {
    await onModel?.();
    let refused = refusals.get(id);
    const byThisEngine = async (): Promise<RequestResult | null> => {
      if (engine === null || refused !== null) return null;
      const made = await engine.estimate(id);
      if (!('refused' in made)) return made;
      if (engine.isOnly === true) throw new StudyError('engine-refused', { where: `models.${id}`, use: made.refused });
      refused = made.refused;
      return null;
    };
    const result = await (async () =>
      (await byThisEngine()) ??
      (drawn.has(id) ? null : await elsewhere?.take(id)) ??
      (await estimate(id, drawn.has(id))))().catch((error: unknown) => {
      if (onFault?.(id, error) === true) return null;
      throw error;
    });
    if (result === null) continue;
    const request = requestOfModel(id, model, task.panel);
    const own = requestsOf(request);
    estimated[id] = result.columns.map((column, i) => ({
      ...column,
      sample: request.variants === null ? sampleOf(model, request, column, i) : variantSample(request, i),
      equality: i === 0 ? result.equality : [],
      differences: i === 0 ? result.differences : [],
      families: i === 0 ? result.families : [],
      changes: i === 0 ? result.changes : [],
      variants: i === 0 ? result.variants : [],
      inference: { covariances: at(own, request.variants === null ? 0 : i).covariances, ssc: request.ssc ?? model.ssc },
      fitted: result.fits[i] ?? null,
      input: result.inputs[i] ?? null,
      ...(refused == null ? {} : { refused }),
    }));
  }
  return estimated;
}

/** Models whose fits a table looks at again, with the first table that does. */
export function tablesOfFits({ tables }: Pick<StudyCore, 'tables'>): ReadonlyMap<string, string> {
  const asked = tables.flatMap((table) =>
    (tableKindOf(table).fitsNeeded?.(table) ?? []).map((id) => [id, table.id] as const),
  );
  return new Map(asked.reverse());
}

/**
 * Estimates models of a task by their ids; a condition that several have is looked up once.
 * @throws the errors of the estimators, with the model's id as the place; unknown-column and bad-where for a filter
 */
export function modelEstimator(
  { models, panel, table }: ModelTask,
  run: ReplicateRunner | null,
): (id: string, keepsFits?: boolean) => Promise<RequestResult> {
  const kept = new Map<string, Uint8Array>();
  return async (id, keepsFits = false) => {
    const model = entryOf(models, id);
    for (const { where } of model.samples) {
      if (where !== null && !kept.has(where.text)) kept.set(where.text, markRows(where, table, `models.${id}`));
    }
    const parts = model.samples.map(({ where }) =>
      where === null ? { sample: null, kept: null } : { sample: where.text, kept: kept.get(where.text) ?? null },
    );
    const nameOf = (place: number, count: number): string => (count === 1 ? id : `${id}.${place + 1}`);
    const ports = { parts, nameOf, replicates: run, keepsFits };
    return runRequest(requestOfModel(id, model, panel), table, ports).catch((error: unknown) => {
      throw placed(error, `models.${id}`);
    });
  };
}

/** The rows of the baseline, or those of a variant with its label. */
function variantSample(request: ModelRequest, i: number): ResolvedSample {
  const variant = request.variants?.list[i - 1];
  return {
    where: at(requestsOf(request), i).where,
    label: variant === undefined ? null : bilingual(variant.label),
    assumption: variant?.isAssumption ?? false,
  };
}

/** The part of the panel that a column stands for. */
function sampleOf(
  { samples }: ResolvedModel,
  { split }: ModelRequest,
  { results }: RequestColumn,
  i: number,
): ResolvedSample {
  if (split === null) return at(samples, i % samples.length);
  const [{ sample }] = results;
  const isWhole = sample === (at(samples, 0).where?.text ?? null);
  const label = isWhole || sample === null ? null : { en: sample, zh: sample };
  return { ...at(samples, 0), label };
}
