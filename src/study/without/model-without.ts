import type { PanelKeys } from '../../model/contract.ts';
import { namesInModel, namesInTerms } from '../../model/formula/formula-names.ts';
import { columnsNamed } from '../../model/request/columns.ts';
import type { ModelRequest } from '../../model/request/contract.ts';
import { requestsOf } from '../../model/request/variant-requests.ts';
import { columnsIn } from '../../table/condition/ast.ts';
import { splitTerms } from '../../table/expression/name-list.ts';
import { listOf } from '../../table/words/texts.ts';
import { type ResolvedModel, requestOfModel } from '../language/resolve-models.ts';
import { withoutColumns } from './column-keys.ts';
import type { ModelLeft } from './contract.ts';
import type { RowFault } from './row-fault.ts';

/**
 * What of a model can be estimated without some columns of the panel: formulas, variants and mediators that need none of them. What
 * it asks for beside them (a threshold variable, coordinates, weights, rows) is part of every column. Then the columns of which the rows
 * of the panel give nothing are left out.
 */
export function modelWithout(
  id: string,
  model: ResolvedModel,
  panel: PanelKeys,
  gone: ReadonlySet<string>,
  faults: readonly RowFault[] = [],
): ModelLeft<ResolvedModel> {
  const left = withoutNames(id, model, panel, gone);
  const own = faults.filter((fault) => fault.kind === 'model' && fault.id === id);
  return own.reduce((one, fault) => withoutColumns(one, fault, panel), left);
}

function withoutNames(
  id: string,
  model: ResolvedModel,
  panel: PanelKeys,
  gone: ReadonlySet<string>,
): ModelLeft<ResolvedModel> {
  const missing = (names: readonly string[]): string[] => [...new Set(names)].filter((name) => gone.has(name));
  const request = requestOfModel(id, model, panel);
  const own = requestsOf(request).map((one) =>
    missing(one.formulas.flatMap(({ models }) => models.flatMap(namesInModel))),
  );
  const rows = [model.where, ...model.samples.map(({ where }) => where)].flatMap((where) =>
    where === null ? [] : columnsIn(where.tree),
  );
  const mediators = listOf(model.words.mediators).flatMap(splitTerms);
  const kept = mediators.filter((one) => missing(namesInTerms([one])).length === 0);
  const isMediated = mediators.length > 0 && kept.length === 0;
  const asked = columnsNamed(request, []).filter(({ field }) => field !== 'mediators' && field !== 'panel');
  const always = missing([...rows, ...asked.flatMap(({ names }) => names())]);
  const needs = missing([...always, ...own.flat(), ...namesInTerms(mediators)]);
  if (needs.length === 0) return { model, columns: columnsOf(request, model, () => true), needs, formulas: [] };
  const nothing = { model: null, columns: columnsOf(request, model, () => false), needs, formulas: [] };
  if (always.length > 0 || isMediated) return nothing;
  const words = mediators.length === 0 ? model.words : { ...model.words, mediators: kept };
  if (request.variants !== null) {
    const [base = [], ...variants] = own;
    if (base.length > 0) return nothing;
    const isLeft = (column: number): boolean => column === 0 || variants[column - 1]?.length === 0;
    const list = listOf(words.variants).filter((_, i) => isLeft(i + 1));
    if (list.length === 0) return nothing;
    // The entries are those that were read, some of them left out.
    const left = { ...model, words: { ...words, variants: list as typeof words.variants } };
    return { model: left, columns: columnsOf(request, model, isLeft), needs, formulas: [] };
  }
  const byFormula = model.expanded.map((formula) => ({ formula, needs: missing(namesOf(id, model, panel, formula)) }));
  const expanded = byFormula.filter((one) => one.needs.length === 0).map(({ formula }) => formula);
  if (expanded.length === 0) return nothing;
  return {
    model: { ...model, expanded, words },
    columns: columnsOf(request, model, (formula) => byFormula[formula]?.needs.length === 0),
    needs,
    formulas: byFormula.filter((one) => one.needs.length > 0),
  };
}

function namesOf(id: string, model: ResolvedModel, panel: PanelKeys, formula: string): string[] {
  const { formulas } = requestOfModel(id, { ...model, expanded: [formula] }, panel);
  return formulas.flatMap(({ models }) => models.flatMap(namesInModel));
}

/** Whether each column is left: a variant each, or the samples of each formula. */
function columnsOf(
  request: ModelRequest,
  { expanded, samples }: ResolvedModel,
  isLeft: (place: number) => boolean,
): readonly boolean[] | null {
  if (request.split !== null) return null;
  if (request.variants !== null) return [0, ...request.variants.list.map((_, i) => i + 1)].map(isLeft);
  return expanded.flatMap((_, formula) => samples.map(() => isLeft(formula)));
}
