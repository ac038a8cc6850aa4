import type { FormattedCell, FormattedTable } from '../../format/format-table.ts';
import { languageTag } from '../../format/text-key.ts';
import { columnLook, notesBelow } from './column-look.ts';
import { escapeMarkup } from './escape.ts';
import { hasSublabels, headLine } from './table-head.ts';

/*
 * A table that keeps its look where it is pasted: in Word, Writer, a mail, which take nothing but styles that stand at the cells and
 * know neither classes nor boxes of no width. Digits stand above each other by spaces as wide as what hangs behind their neighbours.
 */

const heavy = '1.5pt solid';
// Writer reads no length that begins with a point, and of two rules of a cell the upper one first.
const light = '0.75pt solid';
const cellStyle = 'padding:1pt 5pt;vertical-align:top';

/** Spaces as wide as signs are in the fonts of books: a digit or a star half the size of type, a bracket a third, a point a quarter. */
function roomOf(signs: string): string {
  return [...signs].map((sign) => (/[)\]]/.test(sign) ? '\u2004' : /[.,]/.test(sign) ? '\u2008' : '\u2007')).join('');
}

/** What is lacking behind a cell to the widest of its column; a bracket is a sixth narrower than the star whose place it takes. */
function roomBehind(hang: string, room: string): string {
  return roomOf(room.slice(hang.length)) + (/[)\]]/.test(hang) && room.startsWith('*') ? '\u2006' : '');
}

/** A table as HTML with every style at its cell. */
export function pastedTable(table: FormattedTable): string {
  const count = table.columns.length;
  const top = table.rules === 'double' ? '3pt double' : heavy;
  const looks = table.columns.map((_, j) => columnLook(table, j));
  const lines = [
    `<table lang="${languageTag(table.language)}" style="border-collapse:collapse;border-spacing:0;font-size:10.5pt;margin:1em 0">`,
  ];
  if (table.caption !== '')
    lines.push(
      `<caption style="caption-side:top;text-align:left;font-weight:bold;padding:0 0 4pt">${captionWords(table)}</caption>`,
    );
  lines.push('<thead>');
  const headRows: ((rules: string) => string)[] = table.spanners.map((line) => (rules) => {
    const parts = headLine(line, count).map(({ label, count: span }) => {
      const across = span === 1 ? '' : ` colspan="${span}"`;
      if (label === '') return `<td${across} style="${cellStyle}${rules}"></td>`;
      return `<th scope="colgroup"${across} style="${cellStyle};font-weight:normal;text-align:center${rules};border-bottom:${light}">${escapeMarkup(label)}</th>`;
    });
    return `<td style="${cellStyle}${rules}"></td>${parts.join('')}`;
  });
  const heads =
    (stub: string, labels: readonly string[]) =>
    (rules: string): string => {
      const style = (align: string): string =>
        `${cellStyle};font-weight:normal;text-align:${align};vertical-align:bottom${rules}`;
      const first =
        stub === ''
          ? `<td style="${style('left')}"></td>`
          : `<th scope="col" style="${style('left')}">${escapeMarkup(stub)}</th>`;
      const rest = labels.map((label, j) => {
        const isStart = looks[j]?.side === 'start';
        // A head without words heads nothing, for who listens.
        if (label === '') return `<td style="${style('left')}"></td>`;
        return `<th scope="col" style="${style(isStart ? 'left' : 'center')}">${escapeMarkup(label)}</th>`;
      });
      return first + rest.join('');
    };
  headRows.push(
    heads(
      table.stub,
      table.columns.map(({ label }) => label),
    ),
  );
  if (hasSublabels(table))
    headRows.push(
      heads(
        '',
        table.columns.map(({ sublabel }) => sublabel ?? ''),
      ),
    );
  headRows.forEach((row, i) => {
    const rules = `${i === 0 ? `;border-top:${top}` : ''}${i === headRows.length - 1 ? `;border-bottom:${light}` : ''}`;
    lines.push(`<tr>${row(rules)}</tr>`);
  });
  lines.push('</thead>', '<tbody>');
  table.rows.forEach((row, i) => {
    const isLast = i === table.rows.length - 1;
    const rules = `${row.isRuled && i > 0 ? `;border-top:${light}` : ''}${isLast ? `;border-bottom:${top}` : ''}`;
    const labelStyle = `${cellStyle};font-weight:normal;text-align:left${row.isIndented ? ';padding-left:15pt' : ''}${row.isHead ? ';font-style:italic' : ''}${rules}`;
    if (row.isHead) {
      lines.push(
        `<tr><th scope="rowgroup" colspan="${count + 1}" style="${labelStyle}">${escapeMarkup(row.label.text)}</th></tr>`,
      );
      return;
    }
    const cells = row.cells.map((cell, j) => bodyCell(cell, looks[j]?.hang ?? '', rules));
    // A head without words is no head; what who hears the table is told of the row is not pasted.
    const alone = row.alone === '' ? '' : ` aria-label="${escapeMarkup(row.alone)}"`;
    const stub =
      row.label.text === ''
        ? `<td${alone} style="${labelStyle}"></td>`
        : `<th scope="row" style="${labelStyle}">${wordsOf(row.label)}</th>`;
    lines.push(`<tr>${stub}${cells.join('')}</tr>`);
  });
  lines.push('</tbody>');
  const notes = notesBelow(table);
  if (notes.length > 0) {
    const paragraphs = notes.map((note, i) => {
      const isSynthetic = table.synthetic !== null && i === notes.length - 1;
      return `<p style="margin:0 0 2pt${isSynthetic ? ';font-weight:bold' : ''}">${escapeMarkup(note)}</p>`;
    });
    lines.push(
      '<tfoot>',
      `<tr><td colspan="${count + 1}" style="padding:3pt 5pt;font-size:9pt">${paragraphs.join('')}</td></tr>`,
      '</tfoot>',
    );
  }
  lines.push('</table>');
  return `${lines.join('\n')}\n`;
}

/** The caption, or its number above its title in italics. */
function captionWords({ caption, numberAlone, title }: FormattedTable): string {
  if (numberAlone === null) return escapeMarkup(caption);
  return `${escapeMarkup(numberAlone)}<br><span style="font-weight:normal;font-style:italic">${escapeMarkup(title)}</span>`;
}

function bodyCell(cell: FormattedCell, room: string, rules: string): string {
  const side = cell.align === 'start' ? 'left' : 'right';
  const alert = cell.isAlert === true ? ';font-weight:bold' : '';
  const isRight = side === 'right' && cell.text !== '';
  const behind = roomOf(cell.pad) + escapeMarkup(cell.hang) + (isRight ? roomBehind(cell.hang, room) : '');
  return `<td style="${cellStyle};white-space:nowrap;text-align:${side}${alert}${rules}">${wordsOf(cell)}${behind}</td>`;
}

function wordsOf({ text, isCode }: FormattedCell): string {
  return isCode === true && text !== '' ? `<code>${escapeMarkup(text)}</code>` : escapeMarkup(text);
}
