import { at } from '../../../error/at.ts';
import type { FormattedTable } from '../../format/format-table.ts';
import { escapeMarkdown } from './escape.ts';
import { headingAlone, headLines } from './table-head.ts';

/** A table as a Markdown pipe table with its caption above and its notes below. */
export function markdownTable(table: FormattedTable): string {
  const isEnd = table.columns.map((_, j) =>
    table.rows.map((row) => at(row.cells, j)).some((cell) => cell.role !== 'empty' && cell.align === 'end'),
  );
  const record = (fields: readonly string[]): string => `| ${fields.join(' | ')} |`;
  const lines: string[] = [];
  if (table.caption !== '') lines.push(`**${escapeMarkdown(table.caption)}**`, '');
  const { above } = headLines(table);
  if (above !== null) lines.push(escapeMarkdown(above), '');
  lines.push(
    record([escapeMarkdown(table.stub), ...table.columns.map((_, j) => escapeMarkdown(headingAlone(table, j)))]),
  );
  lines.push(record([':---', ...isEnd.map((end) => (end ? '---:' : ':---'))]));
  for (const row of table.rows) {
    const cells = row.cells.map((cell) => escapeMarkdown(cell.text + cell.hang));
    const label = escapeMarkdown(row.label.text);
    lines.push(record([row.isHead ? `*${label}*` : row.isIndented ? `&emsp;${label}` : label, ...cells]));
  }
  for (const note of table.notes) lines.push('', escapeMarkdown(note));
  if (table.synthetic !== null) lines.push('', `**${escapeMarkdown(table.synthetic)}**`);
  return `${lines.join('\n')}\n`;
}
