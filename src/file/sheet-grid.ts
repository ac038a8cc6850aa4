import type { SheetReading } from '../data/source/raw-sheet.ts';
import { at } from '../error/at.ts';

export type MergedArea = SheetReading['merges'][number];

/** Rows and columns that a spreadsheet has at most, and cells, empty ones within a row included, that are read at once. */
export const gridLimits = { rows: 1_048_576, columns: 16_384, cells: 20_000_000, merges: 200_000 } as const;

/** Gathers the cells of a sheet, which may come with gaps. */
export interface SheetGrid {
  /** Row and column from 0. @throws RangeError beyond the limits */
  readonly put: (row: number, column: number, text: string) => void;
  /** Rows up to the last cell with text, each up to its last such cell; what a merged area covers is empty but its first. */
  readonly rows: (merges: readonly MergedArea[]) => string[][];
}

export function sheetGrid(): SheetGrid {
  const grid: string[][] = [];
  let cells = 0;
  return {
    put: (row, column, text) => {
      if (text === '') return;
      if (!(row >= 0 && row < gridLimits.rows && column >= 0 && column < gridLimits.columns))
        throw new RangeError('a cell beyond the limits of a sheet');
      while (grid.length <= row) grid.push([]);
      const line = at(grid, row);
      cells += Math.max(0, column + 1 - line.length);
      if (cells > gridLimits.cells) throw new RangeError('too many cells');
      while (line.length < column) line.push('');
      line[column] = text;
    },
    rows: (merges) => {
      if (merges.length > gridLimits.merges) throw new RangeError('too many merged areas');
      let covered = 0;
      for (const { top, left, bottom, right } of merges) {
        for (let i = top; i <= bottom && i < grid.length; i++) {
          const line = at(grid, i);
          const last = Math.min(right, line.length - 1);
          covered += Math.max(1, last - left + 1);
          // Areas do not overlap in a sound sheet, so that all together cover it once at most.
          if (covered > 2 * (cells + grid.length) + merges.length) throw new RangeError('merged areas overlap');
          for (let j = left; j <= last; j++) if (i !== top || j !== left) line[j] = '';
        }
      }
      for (const line of grid) while (line.length > 0 && line[line.length - 1] === '') line.pop();
      while (grid.at(-1)?.length === 0) grid.pop();
      return grid;
    },
  };
}
