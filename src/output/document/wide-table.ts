import { decimalsFor } from '../format/format-number.ts';
import type { NumberStyle } from '../format/number-style.ts';
import type { TableModel } from '../table/contract.ts';

/** Decimals that show the smallest number of a table with four significant digits, and p with four. */
export function wideDecimals(table: TableModel): Partial<NumberStyle['decimals']> {
  const values = table.rows.flatMap((row) =>
    row.cells.flatMap((cell) => (cell.kind === 'number' && cell.decimals === undefined ? [cell.value] : [])),
  );
  const decimals = decimalsFor(values, { significant: 4, least: 4, most: 12 });
  return { estimate: decimals, number: decimals, p: 4 };
}
