import type { ModelResult } from '../../model/result/result.ts';
import { covarianceShortName } from './covariance-name.ts';

/** A way to standard errors, with the model of each column that has them; null for a column without. */
export interface CovarianceMethod {
  readonly model: ModelResult;
  readonly models: readonly (ModelResult | null)[];
}

/** The methods of any column in the order in which they come first: columns need not have the same, nor in one order. */
export function covarianceMethods(
  columns: readonly { readonly models: readonly ModelResult[] }[],
): readonly CovarianceMethod[] {
  const keyed = columns.map(({ models }) => {
    const seen = new Map<string, number>();
    return new Map(
      models.map((model) => {
        const name = JSON.stringify(covarianceShortName(model.vcov));
        const place = (seen.get(name) ?? 0) + 1;
        seen.set(name, place);
        return [`${place} ${name}`, model] as const;
      }),
    );
  });
  const keys = [...new Set(keyed.flatMap((models) => [...models.keys()]))];
  return keys.flatMap((key) => {
    const models = keyed.map((column) => column.get(key) ?? null);
    const model = models.find((one) => one !== null);
    return model === undefined || model === null ? [] : [{ model, models }];
  });
}
