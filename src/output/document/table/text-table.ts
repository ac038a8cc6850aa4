import { at } from '../../../error/at.ts';
import type { FormattedCell, FormattedSpanner, FormattedTable } from '../../format/format-table.ts';
import { type ColumnLook, columnLook, notesBelow } from './column-look.ts';
import { displayWidth, padTo, wrapText } from './display-width.ts';
import { hasSublabels, headLine, headLines } from './table-head.ts';

const gap = '  ';
const leastWidth = 64;

/** A table for a terminal: columns aligned at the point, stars hanging behind, notes wrapped to the width. */
export function textTable(table: FormattedTable): string {
  const { above, lines: partial } = headLines(table);
  const columns = widened(
    table.columns.map((column, j) => measureColumn([column.label, column.sublabel ?? ''], columnLook(table, j))),
    partial.flat(),
  );
  const labels = table.rows.map((row) => (row.isHead ? '' : labelOf(row)));
  const stubWidth = Math.max(0, ...[table.stub, ...labels].map(displayWidth));
  const line = (stub: string, cells: readonly string[]): string =>
    [padTo(stub, stubWidth, 'start'), ...cells].join(gap).trimEnd();
  const width = stubWidth + columns.reduce((sum, column) => sum + gap.length + column.main + column.hang, 0);
  const rule = '-'.repeat(width);

  const lines: string[] = [];
  if (table.caption !== '') lines.push(...wrapText(table.caption, Math.max(width, leastWidth)));
  if (above !== null) lines.push(above);
  lines.push(rule);
  for (const spanners of partial) {
    const parts = headLine(spanners, columns.length);
    lines.push(
      line(
        '',
        parts.map((part) => centred(part.label, spanWidth(columns, part))),
      ),
      line(
        '',
        parts.map((part) => (part.label === '' ? ' ' : '-').repeat(spanWidth(columns, part))),
      ),
    );
  }
  lines.push(
    line(
      table.stub,
      table.columns.map((column, j) => heading(column.label, at(columns, j))),
    ),
  );
  if (hasSublabels(table)) {
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
    if (row.isHead) {
      lines.push(row.label.text);
      continue;
    }
    lines.push(
      line(
        labelOf(row),
        row.cells.map((cell, j) => aligned(cell, at(columns, j))),
      ),
    );
  }
  lines.push(rule);
  for (const note of notesBelow(table)) {
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

/** Columns so wide that the headings over several of them have room: what is lacking goes to the first of each. */
function widened(columns: readonly ColumnWidths[], spanners: readonly FormattedSpanner[]): readonly ColumnWidths[] {
  return spanners.reduce<readonly ColumnWidths[]>((wide, spanner) => {
    const lacking = displayWidth(spanner.label) - spanWidth(wide, spanner);
    return wide.map((one, j) => (j === spanner.from && lacking > 0 ? { ...one, main: one.main + lacking } : one));
  }, columns);
}

/** Width of some columns side by side. */
function spanWidth(columns: readonly ColumnWidths[], { from, count }: FormattedSpanner): number {
  const inner = columns.slice(from, from + count).map(({ main, hang }) => main + hang);
  return inner.reduce((sum, width) => sum + width, gap.length * (count - 1));
}

function centred(text: string, width: number): string {
  const before = Math.max(0, Math.floor((width - displayWidth(text)) / 2));
  return padTo(' '.repeat(before) + text, width, 'start');
}

function labelOf(row: FormattedTable['rows'][number]): string {
  return row.isIndented ? `  ${row.label.text}` : row.label.text;
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
