import type { ColumnTable } from '../../../table/column.ts';
import { markRows } from '../../../table/condition/evaluate.ts';
import type { RowCondition } from '../../../table/condition/row-condition.ts';
import { isNestedIn } from '../../../table/factor.ts';
import type { Design, FixedEffect } from '../../contract.ts';
import type { Fit } from '../../fit.ts';
import { rowsOf } from '../../fit-rows.ts';
import type { VariantChange } from '../../result/variants.ts';

/** A model and its variant, for what a change of it does. */
export interface ComparedFits {
  readonly table: ColumnTable;
  readonly base: Fit;
  readonly variant: Fit;
  /** Of the variant alone. */
  readonly where: RowCondition | null;
}

/**
 * Whether a change of a baseline changes nothing by algebra, so that the coefficients are the same but for rounding: a condition that
 * leaves out no row of the baseline, values in place of others that are equal row by row, regressors that the others span, effects
 * whose levels are sums of those there. What only the errors follow, `vcov`, and another estimator are never idle.
 */
export function isIdle(what: VariantChange, fits: ComparedFits): boolean {
  const [base, variant] = [designOf(fits.base), designOf(fits.variant)];
  switch (what) {
    case 'where':
      return fits.where === null || keepsAll(markRows(fits.where, fits.table), base.rows);
    case 'replace':
      return hasEqualValues(base, variant, fits);
    case 'add': {
      const added = variant.terms.filter((term) => !base.terms.includes(term));
      return added.every((term) => fits.variant.collinear.includes(term));
    }
    case 'drop': {
      const dropped = base.terms.filter((term) => !variant.terms.includes(term));
      return dropped.every((term) => fits.base.collinear.includes(term));
    }
    case 'add_effects': {
      const there = new Set(base.effects.map(({ name }) => name));
      const added = variant.effects.filter(({ name }) => !there.has(name));
      return added.every((one) =>
        isInside(
          one,
          variant.effects.filter(({ name }) => there.has(name)),
        ),
      );
    }
    case 'effects':
      return (
        hasEqualRows(base, variant) &&
        base.effects.every((one) => isInside(one, variant.effects)) &&
        variant.effects.every((one) => isInside(one, base.effects))
      );
    case 'weights':
      return hasEqualRows(base, variant) && haveEqualWeights(base.weights, variant.weights);
    case 'estimator':
    case 'vcov':
      return false;
  }
}

function designOf(fit: Fit): Design {
  return rowsOf(fit, { kind: 'joint' }).design;
}

function keepsAll(marks: Uint8Array, rows: Int32Array): boolean {
  return rows.every((row) => marks[row] === 1);
}

function hasEqualRows({ rows }: Design, other: Design): boolean {
  return rows.length === other.rows.length && rows.every((row, i) => row === other.rows[i]);
}

/** Outcome and regressors are the same numbers in every row of the baseline that the variant's condition keeps. */
function hasEqualValues(base: Design, variant: Design, { table, where }: ComparedFits): boolean {
  const kept = where === null ? null : markRows(where, table);
  const placeOf = new Map(Array.from(variant.rows, (row, i) => [row, i] as const));
  // Places of the replaced columns: those whose names are not the same.
  const terms = base.terms.flatMap((term, j) => (variant.terms[j] === term ? [] : [j]));
  const columnsAgree = terms.every((j) => variant.terms[j] !== undefined);
  return (
    columnsAgree &&
    base.rows.every((row, i) => {
      if (kept !== null && kept[row] !== 1) return true;
      const place = placeOf.get(row);
      if (place === undefined) return false;
      const valueAt = ({ x, rows }: Design, j: number, at: number): number => x.data[at + j * rows.length];
      return base.y[i] === variant.y[place] && terms.every((j) => valueAt(base, j, i) === valueAt(variant, j, place));
    })
  );
}

/** Every level lies in a single level of one of the others, or parts the rows as it does. */
function isInside(effect: FixedEffect, others: readonly FixedEffect[]): boolean {
  if (effect.slopes.length > 0) return others.some((one) => one.name === effect.name);
  return others.some((one) => one.slopes.length === 0 && isNestedIn(one, effect));
}

function haveEqualWeights(own: Float64Array | null, other: Float64Array | null): boolean {
  const shareOf = (weights: Float64Array | null, i: number): number => (weights === null ? 1 : weights[i] / weights[0]);
  const length = own?.length ?? other?.length ?? 0;
  return Array.from({ length }, (_, i) => i).every((i) => shareOf(own, i) === shareOf(other, i));
}
