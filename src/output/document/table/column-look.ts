import { at } from '../../../error/at.ts';
import type { FormattedCell, FormattedTable } from '../../format/format-table.ts';

/** How a column stands, whatever the format. */
export interface ColumnLook {
  /** Numbers stand at the end, words at the start. */
  readonly side: 'start' | 'end';
  /** Whether stars or brackets hang behind the digits. */
  readonly hasHang: boolean;
  /** The longest of what hangs there. */
  readonly hang: string;
  /** Its cells that are not empty. */
  readonly cells: readonly FormattedCell[];
}

/** The look of column `j`: at the start when every cell is, or there is none; at the end otherwise. */
export function columnLook(table: FormattedTable, j: number): ColumnLook {
  const cells = table.rows.map((row) => at(row.cells, j)).filter((cell) => cell.role !== 'empty');
  const isStart = cells.every((cell) => cell.align === 'start');
  const hang = cells.reduce((most, cell) => (cell.hang.length > most.length ? cell.hang : most), '');
  return { side: isStart ? 'start' : 'end', hasHang: hang !== '', hang, cells };
}

/** The notes below a table, the one on synthetic data last. */
export function notesBelow({ notes, synthetic }: FormattedTable): readonly string[] {
  return synthetic === null ? notes : [...notes, synthetic];
}
