import type { Fitted } from '../estimate-formula.ts';
import { rowsOf } from '../fit-rows.ts';
import type { StackedModel } from './stack-fits.ts';

/** Parts of a split by formula, without the whole sample; all models where there is no split. */
export function comparedGroups(fits: readonly Fitted[]): readonly (readonly Fitted[])[] {
  const parts = fits.filter((fitted) => fitted.sample !== null);
  if (parts.length === 0) return [fits];
  const byFormula = new Map<string, Fitted[]>();
  for (const fitted of parts) {
    const key = fitted.fit.design.formula.text;
    byFormula.set(key, [...(byFormula.get(key) ?? []), fitted]);
  }
  return [...byFormula.values()];
}

/** @throws rows-needed */
export function stackedModel({ id, fit }: Fitted): StackedModel {
  return { id, fit, sourceRows: rowsOf(fit, { kind: 'joint' }).design.rows };
}
