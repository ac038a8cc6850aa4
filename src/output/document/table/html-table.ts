import { at } from '../../../error/at.ts';
import type { FormattedCell, FormattedRow, FormattedTable } from '../../format/format-table.ts';
import { languageTag } from '../../format/text-key.ts';
import { columnLook } from './column-look.ts';
import { escapeMarkup } from './escape.ts';
import { hasSublabels, headLine } from './table-head.ts';

/** From so many columns on letters and gaps are smaller: the paper of a report holds eight of nine digits. */
const manyColumns = 8;

/**
 * A table as an HTML fragment: caption, scoped headings, notes in the foot (or left to the caller). `tableStyle` makes it
 * look like a journal's.
 */
export function htmlTable(
  table: FormattedTable,
  { withNotes = true, kind = '' }: { readonly withNotes?: boolean; readonly kind?: string } = {},
): string {
  const names = ['kaya-table', kind, table.columns.length < manyColumns ? '' : 'many'].filter((name) => name !== '');
  const lines = [`<table class="${names.join(' ')}" lang="${languageTag(table.language)}">`];
  if (table.caption !== '') lines.push(`<caption>${escapeMarkup(table.caption)}</caption>`);
  const kinds = table.columns.map((_, j) => columnClass(table, j));
  lines.push('<thead>', ...headRows(table, kinds), '</thead>', '<tbody>');
  for (const row of table.rows) {
    const names = [
      row.isRuled ? 'ruled' : '',
      row.label.role === 'empty' ? 'below' : '',
      row.isIndented ? 'indented' : '',
    ].filter((name) => name !== '');
    if (row.isHead) {
      const over = `<th scope="rowgroup" colspan="${table.columns.length + 1}">${htmlWords(row.label)}</th>`;
      lines.push(`<tr${classAttribute(['head', ...names].join(' '))}>${over}</tr>`);
      continue;
    }
    const cells = row.cells.map((cell, j) => {
      const kind = at(kinds, j);
      const names = [kind, kind !== '' && isOfWords(cell) ? 'words' : '', cell.isAlert === true ? 'alert' : ''];
      return `<td${classAttribute(names.filter((name) => name !== '').join(' '))}>${htmlCell(cell)}</td>`;
    });
    lines.push(`<tr${classAttribute(names.join(' '))}>${stubCell(row)}${cells.join('')}</tr>`);
  }
  lines.push('</tbody>', ...(withNotes ? footRows(table) : []), '</table>');
  return `${lines.join('\n')}\n`;
}

/** Whether a cell among numbers holds words that may stand on several lines. */
function isOfWords({ role, text }: FormattedCell): boolean {
  return role === 'label' && text.includes(' ');
}

/** The head of a row; one that is not seen is there for who hears the table, and is neither selected nor pasted. */
function stubCell({ label, alone }: FormattedRow): string {
  if (label.text !== '') return `<th scope="row">${htmlWords(label)}</th>`;
  return alone === '' ? '<td></td>' : `<th scope="row"><span class="alone">${escapeMarkup(alone)}</span></th>`;
}

function headRows(table: FormattedTable, kinds: readonly string[]): string[] {
  const rows = table.spanners.map((line) => {
    const parts = headLine(line, table.columns.length).map(({ label, count }) =>
      label === ''
        ? `<td${count === 1 ? '' : ` colspan="${count}"`}></td>`
        : `<th scope="colgroup" colspan="${count}">${escapeMarkup(label)}</th>`,
    );
    return `<tr class="spanner"><td></td>${parts.join('')}</tr>`;
  });
  const line = (stub: string, labels: readonly string[]): string => {
    const first = stub === '' ? '<td></td>' : `<th scope="col">${escapeMarkup(stub)}</th>`;
    const rest = labels.map((label, j) => {
      const kind = at(kinds, j);
      return `<th scope="col"${classAttribute(kind)}>${heading(label, kind)}</th>`;
    });
    return `<tr>${first}${rest.join('')}</tr>`;
  };
  rows.push(
    line(
      table.stub,
      table.columns.map((column) => column.label),
    ),
  );
  if (hasSublabels(table)) {
    rows.push(
      line(
        '',
        table.columns.map((column) => column.sublabel ?? ''),
      ),
    );
  }
  return rows;
}

function footRows(table: FormattedTable): string[] {
  const width = table.columns.length + 1;
  const notes = htmlNotes(table);
  return notes === '' ? [] : ['<tfoot>', `<tr><td colspan="${width}">${notes}</td></tr>`, '</tfoot>'];
}

/** The notes of a table as paragraphs, the synthetic-data note last. */
export function htmlNotes(table: FormattedTable): string {
  const notes = table.notes.map((note) => `<p>${escapeMarkup(note)}</p>`);
  if (table.synthetic !== null) notes.push(`<p class="synthetic">${escapeMarkup(table.synthetic)}</p>`);
  return notes.join('');
}

/** `num` stands at the right; `hangs` leaves room behind the digits. */
function columnClass(table: FormattedTable, j: number): string {
  const { side, hasHang } = columnLook(table, j);
  if (hasHang) return 'num hangs';
  return side === 'start' ? '' : 'num';
}

function heading(label: string, kind: string): string {
  if (kind !== 'num hangs' || !label.endsWith(')')) return escapeMarkup(label);
  return `${escapeMarkup(label.slice(0, -1))}<span class="hang">)</span>`;
}

function htmlCell(cell: FormattedCell): string {
  const pad = cell.pad === '' ? '' : `<span class="pad" data-pad="${escapeMarkup(cell.pad)}"></span>`;
  const hang = cell.hang === '' ? '' : `<span class="hang">${escapeMarkup(cell.hang)}</span>`;
  return htmlWords(cell) + pad + hang;
}

function htmlWords({ text, isCode }: FormattedCell): string {
  return isCode === true && text !== '' ? `<code>${escapeMarkup(text)}</code>` : escapeMarkup(text);
}

function classAttribute(names: string): string {
  return names === '' ? '' : ` class="${names}"`;
}
