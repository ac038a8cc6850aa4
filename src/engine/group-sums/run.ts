import { isStudyError } from '../../error/study-error.ts';
import { understandNames } from '../../model/formula/understand-names.ts';
import { namesOfTable, printCovariance } from '../../model/inference/print-covariance.ts';
import type { ModelRequest } from '../../model/request/contract.ts';
import type { RequestResult } from '../../model/request/result.ts';
import { estimatesRequested } from '../../model/request/run.ts';
import { type ColumnTable, columnTable, numberColumn } from '../../table/column.ts';
import { namesJoined } from '../../table/expression/joined-names.ts';
import { refuseWishes } from '../refused-wishes.ts';
import type { GroupSums } from './contract.ts';
import { fitGroupSums } from './fit.ts';
import { sumsRefused } from './refuse.ts';

/**
 * Runs a request on sums by group in place of rows.
 * @throws sums-refused for what goes through rows or other groups; the codes of `fitGroupSums`
 */
export function runByGroupSums(request: ModelRequest, sums: GroupSums): RequestResult {
  const table = namesTable(sums);
  requireSumsHold(request, sums, table);
  const known = { columns: table.names, panel: sums.panel, isFractional: () => false };
  const models = request.formulas.flatMap((formula) => formula.models);
  const fits = models.map((model, m) => ({
    ...{ id: String(m + 1), sample: null },
    fit: fitGroupSums(sums, understandNames(model, known)),
  }));
  return estimatesRequested({ ...request, panel: sums.panel, weights: null, singletons: null }, table, fits);
}

/** The columns that the sums were made of, without rows. */
function namesTable(sums: GroupSums): ColumnTable {
  return columnTable(Object.fromEntries(sums.names.map((name) => [name, numberColumn([])])));
}

function requireSumsHold(request: ModelRequest, sums: GroupSums, table: ColumnTable): void {
  const where = request.formulas[0]?.text ?? '';
  const refuse = (name: string) => sumsRefused(where, { kind: 'option', name });
  try {
    refuseWishes(request);
  } catch (error) {
    if (!isStudyError(error, 'engine-refused')) throw error;
    throw sumsRefused(where, { kind: 'option', name: error.detail.use.name });
  }
  if (request.after.wild !== null) throw refuse('--wild');
  if (request.split !== null) throw refuse(request.split.full ? '--fsplit' : '--split');
  if (request.where !== null) throw refuse('--where');
  if (request.frequency !== null) throw refuse('--frequency');
  if (request.singletons !== null) throw refuse('--singletons');
  if (request.weights !== null && request.weights !== sums.weights) throw refuse('--weights');
  if (request.panel !== null && (request.panel.unit !== sums.panel?.unit || request.panel.time !== sums.panel.time))
    throw refuse('--panel');
  if (request.explain) throw refuse('--explain');
  for (const covariance of request.covariances) {
    const { type, by } = namesOfTable(covariance, table.names);
    const name = printCovariance(covariance);
    if (type === 'iid') continue;
    if (type !== 'cluster' || by.length !== 1 || groupsName(by[0]) !== groupsName(sums.by))
      throw sumsRefused(where, { kind: 'covariance', name, by: sums.by });
    if (sums.pooled !== null)
      throw sumsRefused(where, { kind: 'pooled', by: sums.by, groups: sums.pooled.groups, least: sums.least });
  }
}

function groupsName(by = ''): string {
  return namesJoined(by).join('^');
}
