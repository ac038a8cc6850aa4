import type { TrueModel } from '../domain/contract.ts';
import type { ModelResult } from '../model/result/result.ts';
import type { TruthRow } from '../output/table/truth-table.ts';
import type { EstimatedModels } from './estimated.ts';

/**
 * The known slopes of the synthetic layer beside their estimates: for each true model the column that has its outcome,
 * its fixed effects and its very regressors. Columns with fewer regressors estimate something else.
 */
export function compareTruth(truth: readonly TrueModel[], models: EstimatedModels): TruthRow[] {
  return estimatesOfTruth(truth, models).map(({ row }) => row);
}

/** A known slope with the column that estimates it, by its model and its place there. */
export interface EstimatedTruth {
  readonly known: TrueModel;
  readonly model: string;
  readonly column: number;
  readonly row: TruthRow;
}

/** The same with the place of each estimate. */
export function estimatesOfTruth(truth: readonly TrueModel[], models: EstimatedModels): readonly EstimatedTruth[] {
  const columns = Object.entries(models).flatMap(([id, own]) => own.map((one, place) => ({ id, place, one })));
  return truth.flatMap((known) => {
    const found = columns.find(
      ({ one: { sample, results } }) => (sample.where?.text ?? null) === known.where && isOf(known, results[0]),
    );
    if (found === undefined) return [];
    const { id, place, one } = found;
    return Object.entries(known.slopes).map(([term, slope]) => {
      const row = truthRow(one.results[0], known.id, term, slope);
      return { known, model: id, column: place, row };
    });
  });
}

/** Whether a model has the outcome, the effects and the very regressors of a true one. */
export function isOf(known: TrueModel, model: ModelResult): boolean {
  const terms = model.coef.map(({ term }) => term).filter((term) => term !== '(Intercept)');
  return (
    model.depvar === known.outcome &&
    sameNames(Object.keys(model.fixef), known.fixedEffects) &&
    sameNames(terms, known.regressors)
  );
}

export function truthRow(model: ModelResult, id: string, term: string, truth: number): TruthRow {
  const coefficient = model.coef.find((one) => one.term === term);
  const interval = coefficient?.ci95 ?? null;
  return {
    model: id,
    outcome: model.depvar,
    term,
    truth,
    estimate: coefficient?.estimate ?? null,
    se: coefficient?.se ?? null,
    covers: interval === null ? null : interval[0] <= truth && truth <= interval[1],
  };
}

function sameNames(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((name) => b.includes(name));
}
