import type { ModelFormula, Product } from '../model/formula/ast.ts';

/** Exogenous regressors, endogenous ones, instruments. */
export function productLists({ products, instrumented }: ModelFormula): readonly (readonly Product[])[] {
  return [products, instrumented?.endogenous ?? [], instrumented?.instruments ?? []];
}
