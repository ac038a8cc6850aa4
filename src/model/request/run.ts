import { at } from '../../error/at.ts';
import type { ColumnTable } from '../../table/column.ts';
import { markRows } from '../../table/condition/evaluate.ts';
import type { EstimateInput, Fitted } from '../estimate-formula.ts';
import { inputsOf } from '../estimate-formula.ts';
import { namesOfTable } from '../inference/print-covariance.ts';
import { afterSteps } from '../post/after-fit.ts';
import { afterReplicates } from '../post/replicates.ts';
import { reconcileEach } from '../reconcile/reconcile.ts';
import type { Replicating } from '../replicate/contract.ts';
import { runBy, runHere } from '../replicate/run.ts';
import type { PlanReport } from '../result/plan-report.ts';
import { requireColumns } from './columns.ts';
import type { ModelRequest } from './contract.ts';
import type { RequestPorts } from './ports.ts';
import type { RequestResult } from './result.ts';
import { emptyResult } from './result.ts';
import { searchRequested } from './run-threshold.ts';
import { variantSteps } from './run-variants.ts';

/**
 * Runs a request on a table: the one way from what is wanted to results, for every command and file.
 * @throws the codes of the estimators, tests and searches; bad-option and unknown-column with the field; bad-where
 */
export async function runRequest(
  request: ModelRequest,
  table: ColumnTable,
  given: RequestPorts = {},
): Promise<RequestResult> {
  requireColumns(request, table);
  if (request.threshold === null) {
    const { replicates = null, onReplicates } = given;
    const steps = requestedSteps(request, table, given);
    return replicates === null ? runHere(steps, afterReplicates, onReplicates) : runBy(steps, replicates, onReplicates);
  }
  const ports = withParts(request, table, given);
  return { ...emptyResult, columns: await searchRequested(request, request.threshold, table, ports) };
}

/** The caller's parts of the sample, or the rows that meet the request's condition. @throws bad-where, unknown-column */
function withParts<T extends RequestPorts>(
  { where }: ModelRequest,
  table: ColumnTable,
  ports: T,
): T & Required<Pick<RequestPorts, 'parts'>> {
  const kept = where === null || ports.parts !== undefined ? null : markRows(where, table);
  return { ...ports, parts: ports.parts ?? [{ sample: null, kept }] };
}

/** What a request without a threshold part gives: it waits for nobody. @throws as `runRequest` */
export function estimateRequested(request: ModelRequest, table: ColumnTable, given: RequestPorts = {}): RequestResult {
  requireColumns(request, table);
  return runHere(requestedSteps(request, table, given), afterReplicates, given.onReplicates);
}

function requestedSteps(request: ModelRequest, table: ColumnTable, given: RequestPorts): Replicating<RequestResult> {
  return request.variants === null
    ? plainSteps(request, table, given)
    : variantSteps(request, table, given, { run: plainSteps, inputOf });
}

/** What the one model of a request is fitted from. */
function inputOf(request: ModelRequest, table: ColumnTable) {
  return at(inputsOf(estimateInputOf(request, table, withParts(request, table, {}))), 0);
}

/** A request without variants. */
function* plainSteps(request: ModelRequest, table: ColumnTable, given: RequestPorts): Replicating<RequestResult> {
  const ports = withParts(request, table, given);
  const input = estimateInputOf(request, table, ports);
  if (request.reconcile) return { ...emptyResult, reconciliations: reconcileEach(input) };
  let plan: PlanReport | null = null;
  const explained: EstimateInput = {
    ...input,
    clock: ports.clock,
    explain: (report) => {
      plan = report;
    },
  };
  const { effects, predictions } = request.after;
  const keepsFits = effects || predictions || given.keepsFits === true;
  const done = yield* afterSteps(request.explain ? explained : input, request.after, keepsFits);
  return {
    ...emptyResult,
    columns: done.models.map((model, m) => ({
      results: [model, ...at(done.others, m)],
      threshold: null,
      sensitivity: null,
      shape: null,
    })),
    equality: done.equality,
    differences: done.differences,
    families: done.families,
    changes: done.changes,
    plan,
    fits: done.fits,
    inputs: done.inputs,
  };
}

/** What a request gives of fits that were made elsewhere: their covariances, tests and combinations. @param table of its columns, without rows */
export function estimatesRequested(request: ModelRequest, table: ColumnTable, fits: readonly Fitted[]): RequestResult {
  requireColumns(request, table);
  const input = estimateInputOf({ ...request, where: null, split: null, frequency: null }, table, {
    parts: [{ sample: null, kept: null }],
  });
  const { models, others, equality } = runHere(afterSteps(input, request.after, false, fits), afterReplicates);
  return {
    ...emptyResult,
    columns: models.map((model, m) => ({
      results: [model, ...at(others, m)],
      ...{ threshold: null, sensitivity: null, shape: null },
    })),
    equality,
  };
}

/** The request as the estimators take it. */
function estimateInputOf(request: ModelRequest, table: ColumnTable, ports: RequestPorts): EstimateInput {
  const [vcov, ...otherVcovs] = request.covariances.map((one) => namesOfTable(one, table.names));
  return {
    formulas: request.formulas.map(({ models }) => models),
    table,
    panel: request.panel,
    weights: request.weights,
    frequency: request.frequency,
    ...(vcov === undefined ? {} : { vcov, otherVcovs }),
    ssc: request.ssc ?? 'fixest',
    ...(request.singletons === null ? {} : { singletons: request.singletons }),
    ...(request.estimator === null ? {} : { estimator: request.estimator }),
    orthogonal: request.orthogonal,
    relax: request.relaxation,
    split: request.split,
    ...(ports.parts === undefined ? {} : { parts: ports.parts }),
    ...(ports.nameOf === undefined ? {} : { nameOf: ports.nameOf }),
  };
}
