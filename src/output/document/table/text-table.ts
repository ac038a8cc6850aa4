import { at } from '../../../error/at.ts';
import type { FormattedCell, FormattedTable } from '../../format/format-table.ts';
import { type ColumnLook, columnLook } from './column-look.ts';
import { displayWidth, padTo, wrapText } from './display-width.ts';

const gap = '  ';
const leastWidth = 64;

/** A table for a terminal: columns aligned at the point, stars hanging behind, notes wrapped to the width. */
export function textTable(table: FormattedTable): string {
  const columns = table.columns.map((column, j) =>
    measureColumn([column.label, column.sublabel ?? ''], columnLook(table, j)),
  );
  const stubWidth = Math.max(0, ...[table.stub, ...table.rows.map((row) => row.label.text)].map(displayWidth));
  const line = (stub: string, cells: readonly string[]): string =>
    [padTo(stub, stubWidth, 'start'), ...cells].join(gap).trimEnd();
  const width = stubWidth + columns.reduce((sum, column) => sum + gap.length + column.main + column.hang, 0);
  const rule = '-'.repeat(width);

  const lines: string[] = [];
  if (table.caption !== '') lines.push(...wrapText(table.caption, Math.max(width, leastWidth)));
  if (table.spanner !== null) lines.push(table.spanner);
  lines.push(rule);
  lines.push(
    line(
      table.stub,
      table.columns.map((column, j) => heading(column.label, at(columns, j))),
    ),
  );
  if (table.columns.some((column) => column.sublabel !== null)) {
    lines.push(
      line(
        '',
        table.columns.map((column, j) => heading(column.sublabel ?? '', at(columns, j))),
      ),
    );
  }
  lines.push(rule);
  for (const [i, row] of table.rows.entries()) {
    if (row.isRuled && i > 0) lines.push(rule);
    lines.push(
      line(
        row.label.text,
        row.cells.map((cell, j) => aligned(cell, at(columns, j))),
      ),
    );
  }
  lines.push(rule);
  for (const note of [...table.notes, ...(table.synthetic === null ? [] : [table.synthetic])]) {
    lines.push(...wrapText(note, Math.max(width, leastWidth)));
  }
  return `${lines.join('\n')}\n`;
}

interface ColumnWidths {
  readonly side: 'start' | 'end';
  /** Up to the last digit, and what hangs behind it. */
  readonly main: number;
  readonly hang: number;
}

function measureColumn(headings: readonly string[], { side, cells }: ColumnLook): ColumnWidths {
  const hang = Math.max(0, ...cells.map((cell) => displayWidth(cell.hang)));
  const main = Math.max(
    ...cells.map((cell) => displayWidth(cell.text) + cell.pad.length),
    ...headings.map((h) => displayWidth(h) - (hang > 0 && h.endsWith(')') ? 1 : 0)),
  );
  return { side, main, hang };
}

function aligned(cell: FormattedCell, column: ColumnWidths): string {
  const main = cell.text + ' '.repeat(cell.pad.length);
  return padTo(main, column.main, column.side) + padTo(cell.hang, column.hang, 'start');
}

/** A heading such as `(1)` hangs its bracket, so that it stands above the digits. */
function heading(label: string, column: ColumnWidths): string {
  const hasHang = column.hang > 0 && label.endsWith(')');
  const main = hasHang ? label.slice(0, -1) : label;
  return padTo(main, column.main, column.side) + padTo(hasHang ? ')' : '', column.hang, 'start');
}
