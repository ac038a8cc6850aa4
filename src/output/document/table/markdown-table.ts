import { at } from '../../../error/at.ts';
import type { FormattedTable } from '../../format/format-table.ts';
import { escapeMarkdown } from './escape.ts';

/** A table as a Markdown pipe table with its caption above and its notes below. */
export function markdownTable(table: FormattedTable): string {
  const isEnd = table.columns.map((_, j) =>
    table.rows.map((row) => at(row.cells, j)).some((cell) => cell.role !== 'empty' && cell.align === 'end'),
  );
  const record = (fields: readonly string[]): string => `| ${fields.join(' | ')} |`;
  const lines: string[] = [];
  if (table.caption !== '') lines.push(`**${escapeMarkdown(table.caption)}**`, '');
  if (table.spanner !== null) lines.push(escapeMarkdown(table.spanner), '');
  lines.push(record([escapeMarkdown(table.stub), ...table.columns.map((column) => escapeMarkdown(headingOf(column)))]));
  lines.push(record([':---', ...isEnd.map((end) => (end ? '---:' : ':---'))]));
  for (const row of table.rows) {
    const cells = row.cells.map((cell) => escapeMarkdown(cell.text + cell.hang));
    lines.push(record([escapeMarkdown(row.label.text), ...cells]));
  }
  for (const note of table.notes) lines.push('', escapeMarkdown(note));
  if (table.synthetic !== null) lines.push('', `**${escapeMarkdown(table.synthetic)}**`);
  return `${lines.join('\n')}\n`;
}

function headingOf(column: FormattedTable['columns'][number]): string {
  return column.sublabel === null ? column.alone : `${column.alone} ${column.sublabel}`;
}
