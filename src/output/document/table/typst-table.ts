import type { FormattedCell, FormattedTable } from '../../format/format-table.ts';
import { columnLook, notesBelow } from './column-look.ts';
import { typstText } from './escape.ts';
import { hasSublabels, headLine } from './table-head.ts';

/** The function that cells of numbers call; a document defines it once. */
const typstCell = 'table-number';

/** Digits, hidden digits that they lack, and what hangs behind them in the room of the longest of its column. */
export const typstHead = `#let ${typstCell}(digits, lacking, behind, room) = context [#digits#hide(lacking)#box(width: measure(room).width, align(left, behind))]
#show figure.where(kind: table): set figure.caption(position: top)
`;

/**
 * A table as a Typst figure: three rules, numbers aligned at the last digit with what hangs behind them given room, notes below in the
 * width of the table. Every text of the data is a string of Typst, which nothing in it can leave.
 */
export function typstTable(table: FormattedTable): string {
  const count = table.columns.length;
  const looks = table.columns.map((_, j) => columnLook(table, j));
  const hangs = looks.map(({ hang }) => hang);
  const aligns = ['left', ...looks.map(({ side }) => (side === 'start' ? 'left' : 'right'))].map(
    (side) => `${side} + horizon`,
  );
  const heavy =
    table.rules === 'double'
      ? ['table.hline(stroke: 0.5pt),', 'table.hline(stroke: 0.5pt, position: top),']
      : ['table.hline(stroke: 0.9pt),'];
  const head = (labels: readonly string[], stub: string): string =>
    [cell(stub), ...labels.map((label, j) => headCell(label, hangs[j] ?? ''))].join(' ');
  const lines = [
    '#figure(',
    ...(table.caption === '' ? [] : [`  caption: ${typstText(table.title)},`]),
    '  kind: table,',
    '  block[',
    '    #set text(size: 0.85em)',
    `    #table(columns: ${count + 1}, stroke: none, inset: (x: 5pt, y: 2.5pt), align: (${aligns.join(', ')}),`,
    ...heavy.map((line) => `      ${line}`),
    '      table.header(',
  ];
  for (const line of table.spanners) {
    const parts = headLine(line, count);
    lines.push(
      `        [], ${parts.map(({ label, count: span }) => `table.cell(colspan: ${span}, align: center, ${typstText(label)}),`).join(' ')}`,
    );
    for (const { label, from, count: span } of parts) {
      if (label !== '') lines.push(`        table.hline(start: ${from + 1}, end: ${from + span + 1}, stroke: 0.4pt),`);
    }
  }
  lines.push(
    `        ${head(
      table.columns.map(({ label }) => label),
      table.stub,
    )}`,
  );
  if (hasSublabels(table))
    lines.push(
      `        ${head(
        table.columns.map(({ sublabel }) => sublabel ?? ''),
        '',
      )}`,
    );
  lines.push('      ),', '      table.hline(stroke: 0.5pt),');
  for (const [i, row] of table.rows.entries()) {
    if (row.isRuled && i > 0) lines.push('      table.hline(stroke: 0.4pt),');
    if (row.isHead) {
      lines.push(`      table.cell(colspan: ${count + 1}, align: left, emph(${typstText(row.label.text)})),`);
      continue;
    }
    const label = row.isIndented ? `[#h(1em)#${typstText(row.label.text)}],` : cell(row.label.text);
    lines.push(`      ${[label, ...row.cells.map((one, j) => numberCell(one, hangs[j] ?? ''))].join(' ')}`);
  }
  lines.push(...heavy.map((line) => `      ${line}`), '    )');
  for (const note of notesBelow(table)) {
    lines.push(`    #align(left, text(size: 0.9em, ${typstText(note)}))`);
  }
  lines.push('  ],', `) <tab:${table.name.replace(/[^\w:-]/g, '-')}>`);
  return `${lines.join('\n')}\n`;
}

function cell(text: string): string {
  return text === '' ? '[],' : `${typstText(text)},`;
}

/** A cell whose digits stand above each other: what lacks is hidden, what hangs behind has the room of the longest of its column. */
function numberCell({ text, hang, pad, isCode, align }: FormattedCell, room: string): string {
  if (text === '') return '[],';
  if (isCode === true) return `raw(${typstText(text)}),`;
  if (align === 'start' || (pad === '' && room === '')) return cell(text + hang);
  return `${typstCell}(${[text, pad, hang, room].map(typstText).join(', ')}),`;
}

/** A heading such as `(1)` hangs its bracket, so that it stands above the digits. */
function headCell(label: string, room: string): string {
  if (label === '' || room === '') return cell(label);
  const [main, hang] = label.endsWith(')') ? [label.slice(0, -1), ')'] : [label, ''];
  return `${typstCell}(${[main, '', hang, room].map(typstText).join(', ')}),`;
}
