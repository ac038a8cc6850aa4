import { type ColumnTable, columnTable, numberColumn } from '../../table/column.ts';
import { parseExpression } from '../../table/expression/parse.ts';
import { duckdb } from '../sql/dialect/duckdb.ts';
import { printExpression } from '../sql/print-expression.ts';
import type { PanelStep, PanelVariable } from './contract.ts';
import { fillSeries } from './fill.ts';

const { quoteName } = duckdb;

/** Table `measured`: every variable by its formula, one row per city and year, missing where the formula has no value. */
export function variablesStep(variables: readonly PanelVariable[]): PanelStep {
  const measured = variables.map(({ id, formula }) => {
    const sql = printExpression(parseExpression(formula), duckdb, quoteName);
    return `CASE WHEN isfinite(${sql}) THEN ${sql} END AS ${quoteName(id)}`;
  });
  return {
    id: 'variables',
    statements: [`CREATE OR REPLACE TABLE measured AS SELECT city, year, ${measured.join(', ')} FROM indicators`],
    checks: [],
  };
}

/**
 * Missing cells of `measured` filled by each variable's rule, inside each city.
 * @param measured city, year and the variables, sorted by city and year
 * @returns `cells` of the same shape, and `bits` with the provenance of each cell (`cellBits`)
 */
export function fillMeasured(
  measured: ColumnTable,
  variables: readonly PanelVariable[],
): { cells: ColumnTable; bits: ColumnTable } {
  const city = numbers(measured, 'city');
  const year = numbers(measured, 'year');
  const cells: Record<string, Float64Array> = { city, year };
  const bits: Record<string, Float64Array> = { city, year };
  for (const { id, fill } of variables) {
    const values = numbers(measured, id);
    cells[id] = new Float64Array(values.length);
    bits[id] = new Float64Array(values.length);
    for (let first = 0; first < values.length; ) {
      let end = first + 1;
      while (end < values.length && city[end] === city[first]) end++;
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
  const column = table.columns[name];
  return column.kind === 'number' ? column.values : new Float64Array(table.nrow).fill(Number.NaN);
}
