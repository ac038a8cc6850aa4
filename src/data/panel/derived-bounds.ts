import { at } from '../../error/at.ts';
import type { ColumnTable } from '../../table/column.ts';
import type { LedgerLine } from '../clean/ledger.ts';
import type { Bounds } from '../source/contract.ts';

/** What a measure can be: a share lies between 0 and 1. */
export interface BoundedMeasure {
  readonly id: string;
  readonly bounds: Bounds;
}

/** In the place of a file: values that are computed stand in none. */
const computed = 'panel';

/**
 * Cells of measures outside what they can be, for the ledger; the values stay. A share above 1 that is made of two series in
 * bounds shows that one of them is of another unit or year.
 * @param unit column of the units
 * @param measured unit, year and the measures, missing as NaN
 */
export function outOfBounds(measured: ColumnTable, unit: string, measures: readonly BoundedMeasure[]): LedgerLine[] {
  const { [unit]: units, year } = measured.columns;
  if (units?.kind !== 'number' || year?.kind !== 'number') return [];
  return measures.flatMap(({ id, bounds: [low, high] }) => {
    const column = measured.columns[id];
    if (column?.kind !== 'number') return [];
    return Array.from(column.values).flatMap((value, row): LedgerLine[] => {
      const isOut = (low !== null && value < low) || (high !== null && value > high);
      if (!isOut) return [];
      const text = String(value);
      const where = { place: at(units.values, row), year: at(year.values, row), indicator: id };
      return [
        {
          file: computed,
          sheet: null,
          row: null,
          column: null,
          before: text,
          after: text,
          rule: 'derived-bound',
          ...where,
        },
      ];
    });
  });
}
