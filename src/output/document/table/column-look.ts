import { at } from '../../../error/at.ts';
import type { FormattedCell, FormattedTable } from '../../format/format-table.ts';

/** How a column stands, whatever the format. */
export interface ColumnLook {
  /** Numbers stand at the end, words at the start. */
  readonly side: 'start' | 'end';
  /** Whether stars or brackets hang behind the digits. */
  readonly hasHang: boolean;
  /** Its cells that are not empty. */
  readonly cells: readonly FormattedCell[];
}

/** The look of column `j`: at the start when every cell is, or there is none; at the end otherwise. */
export function columnLook(table: FormattedTable, j: number): ColumnLook {
  const cells = table.rows.map((row) => at(row.cells, j)).filter((cell) => cell.role !== 'empty');
  const isStart = cells.every((cell) => cell.align === 'start');
  return { side: isStart ? 'start' : 'end', hasHang: cells.some((cell) => cell.hang !== ''), cells };
}
