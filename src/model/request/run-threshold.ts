import { at, lastOf } from '../../error/at.ts';
import { StudyError } from '../../error/study-error.ts';
import type { ColumnTable } from '../../table/column.ts';
import { namesOfTable } from '../inference/print-covariance.ts';
import type { ModelResult } from '../result/result.ts';
import type { ThresholdInput } from '../threshold/options.ts';
import { searchThreshold, searchThresholdBy } from '../threshold/search-threshold.ts';
import { thresholdSensitivity } from '../threshold/sensitivity.ts';
import { thresholdShape } from '../threshold/shape.ts';
import type { ModelRequest, ThresholdRequest } from './contract.ts';
import type { RequestColumn, RequestPorts } from './ports.ts';

/** The columns of a request with a threshold part, formula by formula, each on every part of the sample. */
export async function searchRequested(
  request: ModelRequest,
  threshold: ThresholdRequest,
  table: ColumnTable,
  ports: RequestPorts & Required<Pick<RequestPorts, 'parts'>>,
): Promise<readonly RequestColumn[]> {
  const asked = request.formulas.flatMap(({ models }) =>
    ports.parts.flatMap((part) => models.map(({ text }) => ({ ...part, formula: text }))),
  );
  const columns: RequestColumn[] = [];
  for (const [m, { formula, kept, sample }] of asked.entries()) {
    const id = ports.nameOf?.(m, asked.length) ?? String(m + 1);
    const input = thresholdInputOf(request, threshold, { formula, kept, columns: table.names });
    const column = await searchColumn(input, request, table, ports);
    const [printed, ...others] = column.results;
    const results = [{ ...printed, id, sample }, ...others.map((result) => ({ ...result, id, sample }))] as const;
    columns.push({ ...column, results });
  }
  return columns;
}

/** Searches once; the other covariances take the thresholds found as their only candidates. */
async function searchColumn(
  input: ThresholdInput,
  { covariances, threshold }: ModelRequest,
  table: ColumnTable,
  { replicates = null, onReplicates, onStep }: RequestPorts,
): Promise<RequestColumn> {
  const told = onReplicates === undefined ? input : { ...input, onReplicates };
  const search = replicates === null ? searchThreshold(table, told) : await searchThresholdBy(table, told, replicates);
  const found = lastOf(search.tests).gamma;
  const others = covariances.slice(1).map((one): ModelResult => {
    const vcov = namesOfTable(one, table.names);
    return searchThreshold(table, {
      ...input,
      vcov,
      boot: 0,
      joint: false,
      jumpTest: false,
      robust: 'none',
      candidates: found,
    }).model;
  });
  if (threshold?.sensitivity === true) onStep?.('sensitivity');
  const sensitivity = threshold?.sensitivity === true ? thresholdSensitivity(table, input) : null;
  if (threshold?.shapeCheck === true) onStep?.('shape');
  const shape = threshold?.shapeCheck === true ? thresholdShape(table, input) : null;
  return { results: [search.model, ...others], threshold: search, sensitivity, shape };
}

function thresholdInputOf(
  { panel, covariances, ssc, singletons }: ModelRequest,
  threshold: ThresholdRequest,
  on: { readonly formula: string; readonly kept: Uint8Array | null; readonly columns: readonly string[] },
): ThresholdInput {
  if (panel === null) throw new StudyError('panel-needed', { where: on.formula, operator: 'threshold' });
  const { sensitivity: _sensitivity, shapeCheck: _shapeCheck, draw, robustGrid, ...same } = threshold;
  return {
    ...same,
    formula: on.formula,
    panel,
    kept: on.kept,
    ...(draw === null ? {} : { draw }),
    ...(robustGrid === null ? {} : { robustGrid }),
    ...(covariances.length === 0 ? {} : { vcov: namesOfTable(at(covariances, 0), on.columns) }),
    ...(ssc === null ? {} : { ssc }),
    ...(singletons === null ? {} : { singletons }),
  };
}
