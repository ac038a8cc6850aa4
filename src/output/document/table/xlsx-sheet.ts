import type { CellObject, Row } from 'write-excel-file/universal';
import type { FormattedCell, FormattedTable } from '../../format/format-table.ts';
import { columnLook, notesBelow } from './column-look.ts';
import { displayWidth } from './display-width.ts';
import { hasSublabels, headLine } from './table-head.ts';

/** A sheet of a workbook: its name, its rows, and how wide its columns are. */
export interface XlsxSheet {
  readonly sheet: string;
  readonly data: Row[];
  readonly columns: { readonly width: number }[];
}

/** Letters of the widest column of words; longer ones run into lines. */
const widest = 40;

/**
 * A table as a sheet: numbers are numbers in full precision, with a format that shows them as printed, brackets and stars with them;
 * texts are texts, whatever they begin with.
 */
export function xlsxSheet(table: FormattedTable, name: string): XlsxSheet {
  const count = table.columns.length;
  const across = count + 1;
  const data: Row[] = [];
  if (table.caption !== '') data.push(spanning({ ...text(table.caption), fontWeight: 'bold' }, across));
  const top = data.length;
  for (const line of table.spanners) {
    const parts = headLine(line, count).flatMap(({ label, count: span }) =>
      spanning({ ...text(label), align: 'center', ...(label === '' ? {} : { bottomBorderStyle: 'thin' }) }, span),
    );
    data.push([null, ...parts]);
  }
  const heads = (labels: readonly string[], stub: string): Row => [
    text(stub),
    ...labels.map(
      (label, j): CellObject => ({
        ...text(label),
        align: columnLook(table, j).side === 'start' ? 'left' : 'center',
        wrap: true,
      }),
    ),
  ];
  data.push(
    heads(
      table.columns.map(({ label }) => label),
      table.stub,
    ),
  );
  if (hasSublabels(table))
    data.push(
      heads(
        table.columns.map(({ sublabel }) => sublabel ?? ''),
        '',
      ),
    );
  ruled(data, top, { topBorderStyle: table.rules === 'double' ? 'double' : 'medium' }, across);
  ruled(data, data.length - 1, { bottomBorderStyle: 'thin' }, across);
  for (const [i, row] of table.rows.entries()) {
    const label: CellObject = {
      ...text(row.label.text),
      ...(row.isHead ? { fontStyle: 'italic' } : {}),
      ...(row.isIndented ? { indent: 1 } : {}),
    };
    data.push(row.isHead ? spanning(label, across) : [label, ...row.cells.map(cellOf)]);
    if (row.isRuled && i > 0) ruled(data, data.length - 1, { topBorderStyle: 'thin' }, across);
  }
  ruled(data, data.length - 1, { bottomBorderStyle: table.rules === 'double' ? 'double' : 'medium' }, across);
  for (const note of notesBelow(table)) {
    data.push(spanning({ ...text(note), wrap: true, fontSize: 9, alignVertical: 'top' }, across));
  }
  return { sheet: name, data, columns: widthsOf(table) };
}

/** A text as a text: never read as a number, a date or a formula. */
export function text(value: string): CellObject {
  return value === '' ? {} : { value, type: String };
}

/** A cell over several columns; the library wants the covered ones as well. */
function spanning(cell: CellObject, columns: number): Row {
  return columns <= 1 ? [cell] : [{ ...cell, columnSpan: columns }, ...Array<null>(columns - 1).fill(null)];
}

function ruled(data: Row[], i: number, rule: Partial<CellObject>, columns: number): void {
  const row = data[i] ?? [];
  data[i] = Array.from({ length: columns }, (_, j): CellObject | null => {
    const cell = row[j] ?? null;
    const isCovered = cell === null && row.some((one, k) => k < j && spanOf(one) > j - k);
    // A covered cell stays empty: its rule is that of the cell over it.
    if (isCovered) return null;
    return typeof cell === 'object' && cell !== null ? { ...(cell as CellObject), ...rule } : { ...rule }; // rows hold nothing but cells and null
  });
}

function spanOf(cell: Row[number]): number {
  return typeof cell === 'object' && cell !== null && 'columnSpan' in cell ? (cell.columnSpan ?? 1) : 1;
}

function cellOf(cell: FormattedCell): CellObject | null {
  if (cell.text === '') return null;
  const value = Number(cell.exact);
  if (cell.exact === '' || !isNumber(cell) || !Number.isFinite(value)) {
    return { ...text(cell.text + cell.hang), align: cell.align === 'start' ? 'left' : 'center' };
  }
  return { value, type: Number, format: numberFormat(cell), align: 'right' };
}

function isNumber({ role }: FormattedCell): boolean {
  return ['estimate', 'statistic', 'p', 'count', 'number'].includes(role);
}

/** How a number is shown as printed: its digits, and what stands around them; `<0.001` is shown in words over its value. */
function numberFormat({ text: printed, hang }: FormattedCell): string {
  const [, open = '', digits = ''] = /^([([]?)[-\u2212]?([\d,]*\.?\d*)$/.exec(printed) ?? [];
  if (digits === '') return quoted(printed + hang);
  const decimals = /\.(\d+)$/.exec(digits)?.[1] ?? '';
  const whole = digits.startsWith('.') ? '' : digits.includes(',') ? '#,##0' : '0';
  const number = decimals === '' ? whole : `${whole}.${'0'.repeat(decimals.length)}`;
  return `${quoted(open)}${number}${quoted(hang)};${quoted(`${open}\u2212`)}${number}${quoted(hang)}`;
}

function quoted(words: string): string {
  return words === '' ? '' : `"${words.replaceAll('"', '')}"`;
}

function widthsOf(table: FormattedTable): { width: number }[] {
  const within = (texts: readonly string[]): number => Math.min(widest, Math.max(6, ...texts.map(displayWidth)) + 2);
  return [
    { width: within([table.stub, ...table.rows.filter(({ isHead }) => !isHead).map(({ label }) => label.text)]) },
    ...table.columns.map((column, j) => ({
      width: within([
        column.label,
        column.sublabel ?? '',
        ...columnLook(table, j).cells.map((cell) => cell.text + cell.hang),
      ]),
    })),
  ];
}
