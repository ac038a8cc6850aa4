import { at } from '../error/at.ts';
import { isStudyError } from '../error/study-error.ts';
import type { PanelKeys } from '../model/contract.ts';
import { knownNames } from '../model/estimate-formula.ts';
import type { ModelFormula } from '../model/formula/ast.ts';
import { expandFormula } from '../model/formula/expand.ts';
import { namesInModel } from '../model/formula/formula-names.ts';
import { parseFormula } from '../model/formula/parse.ts';
import { type KnownNames, understandNames } from '../model/formula/understand-names.ts';
import { namesOfTable } from '../model/inference/print-covariance.ts';
import { singletonsOf } from '../model/inference/small-sample.ts';
import { requireColumns } from '../model/request/columns.ts';
import type { ModelRequest } from '../model/request/contract.ts';
import { requestsOf } from '../model/request/variant-requests.ts';
import type { ColumnTable } from '../table/column.ts';
import { checkCondition, columnsOfTable, conditionError } from '../table/condition/check.ts';
import type { RowCondition } from '../table/condition/row-condition.ts';
import { columnOf } from '../table/expression/evaluate.ts';
import { timeAxisOf } from '../table/time/time-axis.ts';
import type { CheckedRows, Columns, ModelCall } from './contract.ts';

/**
 * The models that a request stands for, one after the other, as other programs are asked for them. Nothing is estimated.
 * @throws unknown-column, bad-where, the codes of formulas
 */
export function modelCalls(request: ModelRequest, table: ColumnTable): readonly ModelCall[] {
  const known = knownNames({ table, panel: request.panel });
  return requestsOf(request, known).flatMap((one) => plainCalls(one, table, known));
}

/** The models of a request without variants. */
function plainCalls(request: ModelRequest, table: ColumnTable, known: KnownNames): readonly ModelCall[] {
  requireColumns(request, table);
  const where = request.where === null ? null : checkedRows(request.where, table);
  return request.formulas
    .flatMap(({ models }) => models)
    .map((model) => {
      const formula = understandNames(model, known);
      for (const name of namesInModel(formula)) columnOf(table, name, formula.text);
      return callOf(request, { formula, where, names: table.names });
    });
}

/** A model of a request on the request's own rows. */
export function callOf(
  request: ModelRequest,
  { formula, where, names }: Pick<ModelCall, 'formula' | 'where'> & { readonly names: readonly string[] },
): ModelCall {
  const [first = { type: 'iid', by: [] }, ...others] = request.covariances.map((one) => namesOfTable(one, names));
  const { split, panel, weights, frequency, estimator, threshold, orthogonal, relaxation, after } = request;
  const ssc = request.ssc ?? 'fixest';
  return {
    formula,
    where,
    split,
    panel,
    weights,
    frequency,
    covariances: [first, ...others],
    ssc,
    singletons: singletonsOf(request.singletons ?? undefined, ssc),
    estimator,
    threshold,
    orthogonal,
    isRelaxed: relaxation !== null,
    after,
  };
}

/** The one model of a formula as a result has it. @throws formula-syntax */
export function modelOfText(text: string): ModelFormula {
  return at(expandFormula(parseFormula(text), {}, text), 0);
}

/** A condition as it is checked against a table. @throws bad-where, unknown-column */
export function checkedRows({ text, tree }: RowCondition, table: ColumnTable): CheckedRows {
  const { condition, faults } = checkCondition(tree, columnsOfTable(table));
  if (faults.length > 0) throw conditionError(text, at(faults, 0), table.names);
  return { text, condition };
}

/** What a table says of its columns. */
export function columnsOf(table: ColumnTable, panel: PanelKeys | null): Columns {
  return {
    names: table.names,
    kindOf: (name) => table.columns[name]?.kind ?? 'missing',
    step: panel === null ? null : stepOf(table, panel),
  };
}

/** Null for times that are no plain numbers: other programs count those each in their own way. */
function stepOf(table: ColumnTable, { time, step = null }: PanelKeys): number | null {
  const column = table.columns[time];
  if (column?.kind !== 'number') return null;
  try {
    const axis = timeAxisOf(table, time, step, time);
    const isPlain = column.values.every((value, row) => Number.isNaN(value) || value === axis.values[row]);
    return isPlain ? axis.step : null;
  } catch (error) {
    if (isStudyError(error)) return null;
    throw error;
  }
}
