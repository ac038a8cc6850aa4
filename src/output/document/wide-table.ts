import { decimalsFor } from '../format/format-number.ts';
import { type NumberStyle, withDecimals } from '../format/number-style.ts';
import type { TableModel } from '../table/contract.ts';

/** The style with decimals that show the smallest number of a table with four significant digits, and p with four. */
export function wideStyle(table: TableModel, style: NumberStyle): NumberStyle {
  const values = table.rows.flatMap((row) =>
    row.cells.flatMap((cell) => (cell.kind === 'number' && cell.decimals === undefined ? [cell.value] : [])),
  );
  const wide = withDecimals(style, decimalsFor(values, { significant: 4, least: 4, most: 12 }));
  return { ...wide, decimals: { ...wide.decimals, p: 4 } };
}
