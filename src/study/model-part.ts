import { at, entryOf } from '../error/at.ts';
import type { ModelPart } from '../export/contract.ts';
import { callOf, checkedRows, modelOfText } from '../export/model-calls.ts';
import type { ModelFormula } from '../model/formula/ast.ts';
import { printFactor, printModelFormula, printProduct } from '../model/formula/print.ts';
import type { ModelRequest } from '../model/request/contract.ts';
import { requestsOf } from '../model/request/variant-requests.ts';
import type { FitMeasures, ModelResult } from '../model/result/result.ts';
import type { ColumnTable } from '../table/column.ts';
import { readRowCondition } from '../table/condition/row-condition.ts';
import type { EstimatedColumn } from './estimated.ts';
import type { StudyCore } from './language/resolve.ts';
import { requestOfModel } from './language/resolve-models.ts';

/** The model of the study behind a column: ids are `model`, `model.2`, `model.2.first`. */
export function modelIdOf({ results: [{ id }] }: EstimatedColumn, { models }: StudyCore): string {
  const own = id.replace(/\.first$/, '');
  return Object.hasOwn(models, own) ? own : own.replace(/\.\d+$/, '');
}

/** The place of a column among those of its model: `model.2` is the second. */
function placeOf(id: string): number {
  return Number(/\.(\d+)(\.first)?$/.exec(id)?.[1] ?? 1) - 1;
}

/** A column of a study as other programs repeat it. */
export function modelPart(
  name: string,
  column: EstimatedColumn,
  r2: keyof FitMeasures | null,
  { study, table }: { readonly study: StudyCore; readonly table: ColumnTable },
): ModelPart {
  const id = modelIdOf(column, study);
  const { unit, time, step = null } = study.panel;
  const asked = requestOfModel(id, entryOf(study.models, id), { unit, time, step });
  const { results, sample, threshold } = column;
  const request = at(requestsOf(asked), asked.variants === null ? 0 : placeOf(results[0].id));
  const isFirst = results[0].id.endsWith('.first');
  const whole = threshold === null ? modelOfText(results[0].formula) : searchedModel(request, results[0]);
  const formula = isFirst ? firstStageOf(whole, results[0].depvar) : whole;
  const where = sample.where === null ? null : checkedRows(sample.where, table);
  const splitBy = request.split;
  // A column of a split is a sample of its own.
  const parted =
    splitBy === null || results[0].sample === null || results[0].sample === (sample.where?.text ?? null)
      ? where
      : checkedRows(readRowCondition(splitCondition(splitBy.by, results[0].sample, where?.text ?? null, table)), table);
  const call = callOf({ ...request, split: null }, { formula, where: parted, names: table.names });
  // First stages have no tests of their own.
  const own = isFirst ? results.map(({ iv: _iv, ...rest }) => rest) : results;
  return { kind: 'model', name, call, results: own, search: threshold, sampleOf: isFirst ? whole : null, r2 };
}

/** The model of a search: that of the request whose regressors, the regimes apart, are those of the result. */
function searchedModel({ formulas }: ModelRequest, { formula, depvar }: ModelResult): ModelFormula {
  const models = formulas.flatMap((one) => one.models);
  const found = models.find(({ outcome, text }) => {
    const [own = '', ...rest] = text.split(' | ');
    return printFactor(outcome) === depvar && formula.startsWith(own) && formula.endsWith(rest.join(' | '));
  });
  return found ?? at(models, 0);
}

function splitCondition(by: string, value: string, where: string | null, table: ColumnTable): string {
  const isText = table.columns[by]?.kind === 'text';
  const test = `"${by.replaceAll('"', '""')}" = ${isText ? `'${value.replaceAll("'", "''")}'` : value}`;
  return where === null ? test : `(${where}) and ${test}`;
}

/** The regression of an endogenous regressor on the instruments and the other regressors. */
function firstStageOf(whole: ModelFormula, endogenous: string): ModelFormula {
  const { instrumented } = whole;
  if (instrumented === null) return whole;
  const product = instrumented.endogenous.find((one) => printProduct(one) === endogenous);
  const bare = {
    outcome: at(product ?? at(instrumented.endogenous, 0), 0),
    products: [...instrumented.instruments, ...whole.products],
    hasConstant: whole.hasConstant,
    effects: whole.effects,
    instrumented: null,
  };
  return { ...bare, text: printModelFormula(bare) };
}
