import { type ColumnTable, columnNamed, columnTable, numberColumn } from '../../table/column.ts';
import type { PanelVariable } from './contract.ts';
import { fillSeries } from './fill.ts';

/**
 * Missing cells of `measured` filled by each variable's rule, inside each unit.
 * @param unit column of the units
 * @param measured unit, year and the variables, sorted by unit and year
 * @returns `cells` of the same shape, and `bits` with the provenance of each cell (`cellBits`)
 */
export function fillMeasured(
  measured: ColumnTable,
  unit: string,
  variables: readonly PanelVariable[],
): { cells: ColumnTable; bits: ColumnTable } {
  const units = numbers(measured, unit);
  const year = numbers(measured, 'year');
  const cells: Record<string, Float64Array> = { [unit]: units, year };
  const bits: Record<string, Float64Array> = { [unit]: units, year };
  for (const { id, fill } of variables) {
    const values = numbers(measured, id);
    cells[id] = new Float64Array(values.length);
    bits[id] = new Float64Array(values.length);
    for (let first = 0; first < values.length; ) {
      let end = first + 1;
      while (end < values.length && units[end] === units[first]) end++;
      const series = fillSeries(values.subarray(first, end), year.subarray(first, end), fill);
      cells[id].set(series.values, first);
      bits[id].set(series.bits, first);
      first = end;
    }
  }
  return { cells: tableOf(cells), bits: tableOf(bits) };
}

function tableOf(columns: Readonly<Record<string, Float64Array>>): ColumnTable {
  return columnTable(Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, numberColumn(values)])));
}

/** A numeric column's values; all missing when the engine found no number in it and made it text. */
function numbers(table: ColumnTable, name: string): Float64Array {
  const column = columnNamed(table, name);
  return column.kind === 'number' ? column.values : new Float64Array(table.nrow).fill(Number.NaN);
}
