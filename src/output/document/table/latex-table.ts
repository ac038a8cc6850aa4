import { at } from '../../../error/at.ts';
import { formatFixed } from '../../format/format-number.ts';
import type { FormattedCell, FormattedTable } from '../../format/format-table.ts';
import { terminalStyle } from '../../format/number-style.ts';
import { columnLook } from './column-look.ts';
import { escapeLatex, latexField } from './escape.ts';
import { hasSublabels, headLine } from './table-head.ts';

/** Part of the line that columns of words share where they are broken into lines. */
const proseShare = 0.7;

/**
 * A table as a LaTeX `table` environment. Needs the booktabs package and nothing else; Chinese text needs XeLaTeX or
 * LuaLaTeX with a CJK font, as any Chinese document does. LaTeX numbers the table itself. Columns of words in prose are
 * broken into lines.
 */
export function latexTable(table: FormattedTable, { isProse = false }: { readonly isProse?: boolean } = {}): string {
  const count = table.columns.length;
  const looks = table.columns.map((_, j) => latexColumn(table, j));
  const wordColumns = 1 + looks.filter(({ spec }) => spec === 'l').length;
  const words = isProse ? `p{${formatFixed(proseShare / wordColumns, 2, terminalStyle)}\\linewidth}` : 'l';
  const columns = looks.map((look) => (look.spec === 'l' ? { ...look, spec: words } : look));
  const lines = ['\\begin{table}[htbp]', '  \\centering'];
  lines.push(`  \\caption{${escapeLatex(table.title)}}`, `  \\label{tab:${table.name.replace(/[^\w:-]/g, '-')}}`);
  lines.push(`  \\begin{tabular}{${words}${columns.map((column) => column.spec).join('')}}`, '    \\toprule');
  for (const line of table.spanners) {
    const parts = headLine(line, count);
    const fields = parts.map((part) =>
      part.label === '' ? '' : `\\multicolumn{${part.count}}{c}{${escapeLatex(part.label)}}`,
    );
    const rules = parts.flatMap((part) =>
      part.label === '' ? [] : [`\\cmidrule(lr){${part.from + 2}-${part.from + part.count + 1}}`],
    );
    lines.push(`    & ${fields.join(' & ')} \\\\`, `    ${rules.join(' ')}`);
  }
  lines.push(
    `    ${record([latexField(table.stub), ...table.columns.map((c, j) => heading(c.label, at(columns, j).hasHang))])}`,
  );
  if (hasSublabels(table)) {
    lines.push(
      `    ${record(['', ...table.columns.map((c, j) => heading(c.sublabel ?? '', at(columns, j).hasHang))])}`,
    );
  }
  lines.push('    \\midrule');
  for (const [i, row] of table.rows.entries()) {
    if (row.isRuled && i > 0) lines.push('    \\midrule');
    const label = latexField(row.label.text);
    if (row.isHead) lines.push(`    \\multicolumn{${count + 1}}{l}{\\textit{${label}}} \\\\`);
    else lines.push(`    ${record([row.isIndented ? `\\quad ${label}` : label, ...row.cells.map(latexCell)])}`);
  }
  lines.push('    \\bottomrule', '  \\end{tabular}');
  const notes = [...table.notes, ...(table.synthetic === null ? [] : [table.synthetic])];
  if (notes.length > 0) {
    lines.push('  \\par\\smallskip', '  \\begin{minipage}{0.95\\linewidth}\\footnotesize');
    lines.push(...notes.map((note, i) => `    ${i > 0 ? '\\par ' : ''}${latexField(note)}`), '  \\end{minipage}');
  }
  lines.push('\\end{table}');
  return `${lines.join('\n')}\n`;
}

/** Right-aligned at the last digit, with room behind it when stars or brackets hang there. */
function latexColumn(table: FormattedTable, j: number): { spec: string; hasHang: boolean } {
  const { side, hasHang } = columnLook(table, j);
  if (hasHang) return { spec: 'r@{\\hspace{2.4em}}', hasHang };
  return { spec: side === 'start' ? 'l' : 'r', hasHang };
}

function record(fields: readonly string[]): string {
  return `${fields.join(' & ')} \\\\`;
}

function heading(label: string, hasHang: boolean): string {
  if (!hasHang || !label.endsWith(')')) return escapeLatex(label);
  return `${escapeLatex(label.slice(0, -1))}\\rlap{)}`;
}

function latexCell(cell: FormattedCell): string {
  const pad = cell.pad === '' ? '' : `\\phantom{${cell.pad}}`;
  if (cell.hang === '') return escapeLatex(cell.text) + pad;
  const hang = cell.hang.startsWith('*') ? `$^{${cell.hang}}$` : escapeLatex(cell.hang);
  return `${escapeLatex(cell.text)}${pad}\\rlap{${hang}}`;
}
