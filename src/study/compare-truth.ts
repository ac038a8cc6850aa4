import type { TrueModel } from '../domain/contract.ts';
import type { ModelResult } from '../model/result/result.ts';
import type { TruthRow } from '../output/table/truth-table.ts';
import type { EstimatedModels } from './estimated.ts';

/**
 * The known slopes of the synthetic layer beside their estimates: for each true model the column that has its outcome,
 * its fixed effects and its very regressors. Columns with fewer regressors estimate something else.
 */
export function compareTruth(truth: readonly TrueModel[], models: EstimatedModels): TruthRow[] {
  const columns = Object.values(models).flat();
  return truth.flatMap((known) => {
    const column = columns.find(({ sample, results }) => {
      const [model] = results;
      const terms = model.coef.map(({ term }) => term).filter((term) => term !== '(Intercept)');
      return (
        model.depvar === known.outcome &&
        (sample.where?.text ?? null) === known.where &&
        sameNames(Object.keys(model.fixef), known.fixedEffects) &&
        sameNames(terms, known.regressors)
      );
    });
    return column === undefined
      ? []
      : Object.entries(known.slopes).map(([term, slope]) => truthRow(column.results[0], known.id, term, slope));
  });
}

function truthRow(model: ModelResult, id: string, term: string, truth: number): TruthRow {
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
