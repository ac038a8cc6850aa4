import { at } from '../../../error/at.ts';
import { formatFixed } from '../../format/format-number.ts';
import type { FormattedCell, FormattedTable } from '../../format/format-table.ts';
import { terminalStyle } from '../../format/number-style.ts';
import { columnLook, notesBelow } from './column-look.ts';
import { displayWidth, wrapText } from './display-width.ts';
import { escapeLatex, latexField } from './escape.ts';
import { hasSublabels, headLine } from './table-head.ts';

/** Part of the line that columns of words share where they are broken into lines. */
const proseShare = 0.7;
/** Letters of a head before it is broken into lines. */
const headWidth = 16;
/** Sizes of type in points, of a class of 10 pt. */
const sizes = [
  ['', 10],
  ['\\small', 9],
  ['\\footnotesize', 8],
  ['\\scriptsize', 7],
] as const;
/** Points of the narrowest line that a class of LaTeX has. */
const lineWidth = 345;
/** Width of a digit, and of most letters, in parts of the size of type. */
const letterWidth = 0.5;
/** Room behind the digits for what hangs there, in parts of the size of type. */
const hangRoom = 2.4;
/** Points between columns (`\\tabcolsep` on either side). */
const columnGap = 12;

export interface LatexLook {
  /** Cells of words are broken into lines. */
  readonly isProse?: boolean;
  /** Numbers aligned by siunitx, not by room for what hangs behind them. */
  readonly hasSiunitx?: boolean;
  /** Stands above a table without a title: LaTeX numbers what it captions. */
  readonly title?: string;
}

/** Packages that a table asks for; Chinese text needs XeLaTeX or LuaLaTeX with ctex, as any Chinese document does. */
export function latexPackages({ hasSiunitx = false }: LatexLook = {}): readonly string[] {
  return ['booktabs', 'threeparttable', 'graphicx', ...(hasSiunitx ? ['siunitx'] : [])];
}

/**
 * A table as a LaTeX `table` environment with the packages of `latexPackages`. LaTeX numbers the table itself. It fits its line: long
 * heads are broken, the type gets smaller, and what is wider still is scaled. Columns of words in prose are broken into lines.
 */
export function latexTable(table: FormattedTable, look: LatexLook = {}): string {
  const { isProse = false } = look;
  const [size] = sizes.find(([, points]) => widthOf(table, points) <= lineWidth) ?? at(sizes, sizes.length - 1);
  const isScaled = !isProse && widthOf(table, at(sizes, sizes.length - 1)[1]) > lineWidth;
  const notes = notesBelow(table);
  const isThreeParts = notes.length > 0 && !isProse && !isScaled;
  const lines = ['\\begin{table}[htbp]', '  \\centering'];
  lines.push(
    `  \\caption{${escapeLatex(table.title === '' ? (look.title ?? '') : table.title)}}`,
    `  \\label{tab:${table.name.replace(/[^\w:-]/g, '-')}}`,
  );
  if (size !== '') lines.push(`  ${size}`);
  if (isThreeParts) lines.push('  \\begin{threeparttable}');
  if (isScaled) lines.push('  \\resizebox{\\ifdim\\width>\\linewidth\\linewidth\\else\\width\\fi}{!}{%');
  lines.push(...tabular(table, look).map((line) => `  ${line}`));
  if (isScaled) lines.push('  }');
  if (notes.length > 0) {
    const items = notes.map(latexField);
    if (isThreeParts) {
      lines.push('  \\begin{tablenotes}[flushleft]\\footnotesize');
      lines.push(...items.map((note) => `    \\item ${note}`), '  \\end{tablenotes}');
    } else {
      lines.push('  \\par\\smallskip', '  \\begin{minipage}{0.95\\linewidth}\\footnotesize');
      lines.push(...items.map((note, i) => `    ${i > 0 ? '\\par ' : ''}${note}`), '  \\end{minipage}');
    }
  }
  if (isThreeParts) lines.push('  \\end{threeparttable}');
  lines.push('\\end{table}');
  return `${lines.join('\n')}\n`;
}

/** Points across at a size of type, as most fonts have it. */
function widthOf(table: FormattedTable, points: number): number {
  const lettersOf = (texts: readonly string[]): number => Math.max(0, ...texts.map(displayWidth));
  const labels = table.rows.filter(({ isHead }) => !isHead).map(({ label }) => label.text);
  const columns = table.columns.map((column, j) => {
    const { cells, hasHang } = columnLook(table, j);
    const heads = [...wrapText(column.label, headWidth), ...wrapText(column.sublabel ?? '', headWidth)];
    const words = cells.map((cell) => cell.text + cell.pad + (hasHang ? '' : cell.hang));
    const room = hasHang ? hangRoom * points - columnGap / 2 : 0;
    return lettersOf([...heads, ...words]) * letterWidth * points + columnGap + room;
  });
  return (
    lettersOf([table.stub, ...labels]) * letterWidth * points + columnGap + columns.reduce((sum, one) => sum + one, 0)
  );
}

function tabular(table: FormattedTable, { isProse = false, hasSiunitx = false }: LatexLook): readonly string[] {
  const count = table.columns.length;
  const looks = table.columns.map((_, j) => latexColumn(table, j, hasSiunitx));
  const wordColumns = 1 + looks.filter(({ spec }) => spec === 'l').length;
  const words = isProse ? `p{${formatFixed(proseShare / wordColumns, 2, terminalStyle)}\\linewidth}` : 'l';
  const columns = looks.map((one) => (one.spec === 'l' ? { ...one, spec: words } : one));
  const top = table.rules === 'double' ? ['  \\toprule', '  \\toprule'] : ['  \\toprule'];
  const lines = [`\\begin{tabular}{${words}${columns.map((column) => column.spec).join('')}}`, ...top];
  for (const line of table.spanners) {
    const parts = headLine(line, count);
    const fields = parts.map((part) =>
      part.label === '' ? '' : `\\multicolumn{${part.count}}{c}{${escapeLatex(part.label)}}`,
    );
    const rules = parts.flatMap((part) =>
      part.label === '' ? [] : [`\\cmidrule(lr){${part.from + 2}-${part.from + part.count + 1}}`],
    );
    lines.push(`  & ${fields.join(' & ')} \\\\`, `  ${rules.join(' ')}`);
  }
  const heads = table.columns.map(({ label }, j) => heading(label, at(columns, j)));
  lines.push(`  ${record([latexField(table.stub), ...heads])}`);
  if (hasSublabels(table)) {
    lines.push(`  ${record(['', ...table.columns.map(({ sublabel }, j) => heading(sublabel ?? '', at(columns, j)))])}`);
  }
  lines.push('  \\midrule');
  for (const [i, row] of table.rows.entries()) {
    if (row.isRuled && i > 0) lines.push('  \\midrule');
    const label = latexField(row.label.text);
    if (row.isHead) lines.push(`  \\multicolumn{${count + 1}}{l}{\\textit{${label}}} \\\\`);
    else {
      const cells = row.cells.map((cell, j) => (at(columns, j).isS ? siunitxCell(cell) : latexCell(cell)));
      lines.push(`  ${record([row.isIndented ? `\\quad ${label}` : label, ...cells])}`);
    }
  }
  const bottom = table.rules === 'double' ? ['  \\bottomrule', '  \\bottomrule'] : ['  \\bottomrule'];
  return [...lines, ...bottom, '\\end{tabular}'];
}

interface LatexColumn {
  readonly spec: string;
  readonly hasHang: boolean;
  /** Set by siunitx. */
  readonly isS: boolean;
}

/** Right-aligned at the last digit, with room behind it when stars or brackets hang there; or by siunitx at the point. */
function latexColumn(table: FormattedTable, j: number, hasSiunitx: boolean): LatexColumn {
  const { side, hasHang, cells } = columnLook(table, j);
  if (side === 'start') return { spec: 'l', hasHang, isS: false };
  const numbers = cells.flatMap((cell) => numberOf(cell) ?? []);
  if (hasSiunitx && numbers.length > 0) {
    const whole = Math.max(...numbers.map(({ digits }) => digits.replace(/\..*/, '').replace(/\D/g, '').length));
    const fraction = Math.max(...numbers.map(({ digits }) => (/\.(\d+)/.exec(digits)?.[1] ?? '').length));
    const sign = numbers.some(({ digits }) => /[-\u2212]/.test(digits)) ? '-' : '';
    const stars = Math.max(0, ...cells.map(({ hang }) => hang.length));
    const options = [
      `table-format=${sign}${whole}.${fraction}`,
      ...(stars === 0 ? [] : [`table-space-text-post={${'*'.repeat(stars)}}`, 'table-align-text-after=false']),
      'table-align-text-before=false',
    ];
    return { spec: `S[${options.join(',')}]`, hasHang, isS: true };
  }
  return { spec: hasHang ? `r@{\\hspace{${hangRoom}em}}` : 'r', hasHang, isS: false };
}

/** The parts of a cell that siunitx takes: a bracket, digits, what hangs behind; null for words and intervals. */
function numberOf({ text, hang }: FormattedCell): { open: string; digits: string; hang: string } | null {
  const [, open = '', digits = ''] = /^([([<]?)([-\u2212]?\d[\d,]*(?:\.\d+)?|[-\u2212]?\.\d+)$/.exec(text) ?? [];
  return digits === '' ? null : { open, digits, hang };
}

function siunitxCell(cell: FormattedCell): string {
  // A count has no point to stand at.
  const number = cell.role === 'count' ? null : numberOf(cell);
  const words = escapeLatex(cell.text + cell.hang);
  if (number === null) return words === '' ? '' : `{${words}}`;
  const open = number.open === '' ? '' : `{${escapeLatex(number.open)}}`;
  const hang = number.hang === '' ? '' : `{${escapeLatex(number.hang)}}`;
  return `${open}${number.digits.replaceAll('\u2212', '-').replaceAll(',', '')}${hang}`;
}

function record(fields: readonly string[]): string {
  return `${fields.join(' & ')} \\\\`;
}

/** A head, in lines where it is long; a bracket at its end hangs as those of the cells do. */
function heading(label: string, { hasHang, isS, spec }: LatexColumn): string {
  const lines = wrapText(label, headWidth);
  if (lines.length > 1) {
    const side = spec.startsWith('r') ? 'r' : spec.startsWith('S') ? 'c' : 'l';
    const broken = `\\begin{tabular}[b]{@{}${side}@{}}${lines.map(latexField).join(' \\\\ ')}\\end{tabular}`;
    return isS ? `{${broken}}` : broken;
  }
  if (isS) return label === '' ? '' : `{${escapeLatex(label)}}`;
  if (!hasHang || !label.endsWith(')')) return escapeLatex(label);
  return `${escapeLatex(label.slice(0, -1))}\\rlap{)}`;
}

function latexCell(cell: FormattedCell): string {
  const pad = cell.pad === '' ? '' : `\\phantom{${cell.pad}}`;
  if (cell.hang === '') return escapeLatex(cell.text) + pad;
  const hang = cell.hang.startsWith('*') ? `$^{${cell.hang}}$` : escapeLatex(cell.hang);
  return `${escapeLatex(cell.text)}${pad}\\rlap{${hang}}`;
}
