import {
  AlignmentType,
  BorderStyle,
  Paragraph,
  type ParagraphChild,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TabStopType,
  TextRun,
  VerticalAlign,
  WidthType,
} from 'docx';
import { at } from '../../../error/at.ts';
import type { FormattedCell, FormattedTable } from '../../format/format-table.ts';
import { columnLook, notesBelow } from './column-look.ts';
import { displayWidth, wrapText } from './display-width.ts';
import { hasSublabels, headLine } from './table-head.ts';

/** Type of a document of a word processor: families, and size in points. */
export interface DocxType {
  readonly latin: string;
  readonly han: string;
  readonly points: number;
}

/** A table with the caption above it, in the type that it fits the page with. */
export interface DocxTable {
  readonly parts: readonly (Paragraph | Table)[];
  /** Too wide for an upright page at the smallest type. */
  readonly isWide: boolean;
}

/** Twentieths of a point between the margins of an upright and of a turned A4 page. */
export const uprightWidth = 9026;
export const turnedWidth = 13_958;
const leastPoints = 7;
/** Width of a table with notes at least. */
const leastNoted = 5600;
/** Letters of a head before it is broken into lines, and of a column of words. */
const headWidth = 14;
const proseWidth = 28;
/** Width of a letter in parts of its height, in fonts wider than Times too. */
const letterShare = 0.6;
/** What a table is wider than its letters ask for: a machine without Times may have a font with wider ones. */
const spare = 1.15;
/** Room at the sides of a cell, in twentieths of a point. */
const cellMargin = 70;
const heavy = 12;
const light = 6;
const none = { style: BorderStyle.NONE, size: 0, color: 'auto' } as const;

/**
 * A table of three rules that can be edited: numbers stand at a decimal tab, so that their points are above each other in Word and
 * Writer; the notes are its last row, in its width.
 */
export function docxTable(table: FormattedTable, type: DocxType): DocxTable {
  const sizes = Array.from({ length: Math.max(1, Math.ceil(type.points - leastPoints) + 1) }, (_, i) =>
    Math.max(leastPoints, type.points - i),
  );
  const fits = (room: number) => sizes.find((points) => widthOf(widthsOf(table, points)) <= room);
  const upright = fits(uprightWidth);
  const points = upright ?? fits(turnedWidth) ?? leastPoints;
  const room = upright === undefined ? turnedWidth : uprightWidth;
  const widths = fitted(widthsOf(table, points), room, table.notes.length > 0);
  const own = { ...type, points };
  const caption =
    table.caption === ''
      ? []
      : captionLines(table).map(
          ({ text, look }, i, lines) =>
            new Paragraph({
              alignment: lines.length === 1 ? AlignmentType.CENTER : AlignmentType.LEFT,
              keepNext: true,
              spacing: { before: i === 0 ? 200 : 0, after: 80 },
              children: [run(text, { ...own, points: type.points }, look)],
            }),
        );
  const body = new Table({
    alignment: table.numberAlone === null ? AlignmentType.CENTER : AlignmentType.LEFT,
    layout: TableLayoutType.FIXED,
    width: { size: widthOf(widths), type: WidthType.DXA },
    columnWidths: [...widths],
    borders: { top: none, bottom: none, left: none, right: none, insideHorizontal: none, insideVertical: none },
    rows: [...headRows(table, widths, own), ...bodyRows(table, widths, own), ...noteRows(table, widths, own)],
  });
  // Word joins two tables that have nothing between them.
  const after = new Paragraph({ spacing: { before: 0, after: 120 }, children: [] });
  return { parts: [...caption, body, after], isWide: upright === undefined };
}

/** The caption in bold, or its number in bold above its title in italics. */
function captionLines({ caption, numberAlone, title }: FormattedTable) {
  if (numberAlone === null) return [{ text: caption, look: { bold: true } }];
  return [
    { text: numberAlone, look: { bold: true } },
    { text: title, look: { italics: true } },
  ];
}

function widthOf(widths: readonly number[]): number {
  return widths.reduce((sum, width) => sum + width, 0);
}

/** Widths of the columns at a size of type, the stub first, in twentieths of a point. */
function widthsOf(table: FormattedTable, points: number): readonly number[] {
  const letter = letterShare * 20 * points;
  const widest = (texts: readonly string[]): number =>
    Math.max(2, ...texts.map(displayWidth)) * letter + 2 * cellMargin;
  const labels = table.rows
    .filter(({ isHead }) => !isHead)
    .map(({ label, isIndented }) => (isIndented ? '  ' : '') + label.text);
  const columns = table.columns.map((column, j) => {
    const { cells, side } = columnLook(table, j);
    const heads = [...wrapText(column.label, headWidth), ...wrapText(column.sublabel ?? '', headWidth)];
    const words = cells.map((cell) => cell.text + cell.pad + cell.hang);
    return widest([...heads, ...(side === 'start' ? words.flatMap((text) => wrapText(text, proseWidth)) : words)]);
  });
  return [widest([table.stub, ...labels.flatMap((label) => wrapText(label, proseWidth))]), ...columns];
}

/** Widths that a page has room for, narrowed alike; with some room to spare where there is; with notes below wide enough for their lines. */
function fitted(widths: readonly number[], room: number, hasNotes: boolean): readonly number[] {
  const width = widthOf(widths);
  const spread = Math.min(room, Math.max(spare * width, hasNotes ? leastNoted : 0));
  return widths.map((one) => Math.floor((one / width) * spread));
}

function run(
  text: string,
  { latin, han, points }: DocxType,
  look: { bold?: boolean; italics?: boolean; mono?: boolean } = {},
): TextRun {
  const { mono = false, ...rest } = look;
  const ascii = mono ? 'Courier New' : latin;
  return new TextRun({
    text,
    size: Math.round(points * 2),
    font: { ascii, hAnsi: ascii, cs: ascii, eastAsia: han },
    ...rest,
  });
}

interface CellLook {
  readonly width: number;
  readonly span?: number;
  readonly align?: 'left' | 'center' | 'right';
  /** Place of a decimal tab from the left edge. */
  readonly tab?: number;
  readonly indent?: number;
  readonly top?: number;
  readonly bottom?: number;
  readonly isDouble?: boolean;
  readonly keepNext?: boolean;
  readonly vertical?: 'top' | 'bottom';
  /** Of the type of an empty line, in half points. */
  readonly size?: number;
}

function cellOf(lines: readonly (readonly ParagraphChild[])[], look: CellLook): TableCell {
  const rule = (size: number | undefined, isDouble = false) =>
    size === undefined ? none : { style: isDouble ? BorderStyle.DOUBLE : BorderStyle.SINGLE, size, color: '000000' };
  return new TableCell({
    width: { size: look.width, type: WidthType.DXA },
    ...(look.span === undefined ? {} : { columnSpan: look.span }),
    verticalAlign: look.vertical ?? VerticalAlign.TOP,
    margins: { left: cellMargin, right: cellMargin, top: 10, bottom: 10 },
    borders: { top: rule(look.top, look.isDouble), bottom: rule(look.bottom, look.isDouble), left: none, right: none },
    children: lines.map(
      (children) =>
        new Paragraph({
          alignment: look.align ?? AlignmentType.LEFT,
          keepNext: look.keepNext ?? false,
          spacing: { before: 0, after: 0 },
          ...(look.size === undefined ? {} : { run: { size: look.size } }),
          ...(look.indent === undefined ? {} : { indent: { left: look.indent } }),
          ...(look.tab === undefined ? {} : { tabStops: [{ type: TabStopType.DECIMAL, position: look.tab }] }),
          children: [...children],
        }),
    ),
  });
}

function headRows(table: FormattedTable, widths: readonly number[], type: DocxType): readonly TableRow[] {
  const count = table.columns.length;
  const lines: ((look: Partial<CellLook>) => TableCell[])[] = table.spanners.map((line) => (look) => [
    cellOf([[]], { width: at(widths, 0), ...look }),
    ...headLine(line, count).map(({ label, from, count: span }) => {
      const width = widthOf(widths.slice(from + 1, from + span + 1));
      const rule = label === '' ? {} : { bottom: look.bottom ?? light };
      return cellOf([[run(label, type)]], { width, span, align: 'center', ...look, ...rule });
    }),
  ]);
  const headsOf =
    (labels: readonly string[], stub: string) =>
    (look: Partial<CellLook>): TableCell[] => [
      cellOf([[run(stub, type)]], { width: at(widths, 0), ...look }),
      ...labels.map((label, j) => {
        const align = columnLook(table, j).side === 'start' ? 'left' : 'center';
        return cellOf([[run(label, type)]], { width: at(widths, j + 1), align, ...look });
      }),
    ];
  lines.push(
    headsOf(
      table.columns.map(({ label }) => label),
      table.stub,
    ),
  );
  if (hasSublabels(table))
    lines.push(
      headsOf(
        table.columns.map(({ sublabel }) => sublabel ?? ''),
        '',
      ),
    );
  return lines.map((cells, i) => {
    const top = i === 0 ? { top: heavy, isDouble: table.rules === 'double' } : {};
    const bottom = i === lines.length - 1 ? { bottom: light } : {};
    return new TableRow({
      tableHeader: true,
      cantSplit: true,
      children: cells({ ...top, ...bottom, keepNext: true, vertical: 'bottom' }),
    });
  });
}

function bodyRows(table: FormattedTable, widths: readonly number[], type: DocxType): readonly TableRow[] {
  const tabs = table.columns.map((_, j) => decimalTab(table, j, at(widths, j + 1), type.points));
  return table.rows.map((row, i) => {
    const isLast = i === table.rows.length - 1;
    const rules = {
      ...(row.isRuled && i > 0 ? { top: light } : {}),
      ...(isLast ? { bottom: heavy, isDouble: table.rules === 'double' } : {}),
      keepNext: !isLast || table.notes.length > 0,
      size: Math.round(type.points * 2),
    };
    if (row.isHead) {
      const head = cellOf([[run(row.label.text, type, { italics: true })]], {
        width: widthOf(widths),
        span: widths.length,
        ...rules,
      });
      return new TableRow({ cantSplit: true, children: [head] });
    }
    const label = cellOf([[run(row.label.text, type, { mono: row.label.isCode === true })]], {
      width: at(widths, 0),
      ...(row.isIndented ? { indent: 200 } : {}),
      ...rules,
    });
    const cells = row.cells.map((cell, j) => bodyCell(cell, at(widths, j + 1), at(tabs, j), type, rules));
    return new TableRow({ cantSplit: true, children: [label, ...cells] });
  });
}

function bodyCell(
  cell: FormattedCell,
  width: number,
  tab: number | null,
  type: DocxType,
  rules: Partial<CellLook>,
): TableCell {
  const words = [run(cell.text + cell.hang, type, { mono: cell.isCode === true, bold: cell.isAlert === true })];
  if (cell.align === 'start') return cellOf([words], { width, ...rules });
  if (tab === null || !isDecimal(cell)) return cellOf([words], { width, align: 'center', ...rules });
  return cellOf([words], { width, tab, ...rules });
}

function isDecimal({ text }: FormattedCell): boolean {
  return /^[([<]?[-\u2212]?[\d.]/.test(text) && !text.includes(',') && /\./.test(text);
}

/** Where the points of a column stand, so that its widest digits are in the middle; null where no cell has one. */
function decimalTab(table: FormattedTable, j: number, width: number, points: number): number | null {
  const cells = columnLook(table, j).cells.filter(isDecimal);
  if (cells.length === 0) return null;
  const letter = 10 * points;
  const before = Math.max(...cells.map(({ text }) => text.indexOf('.')));
  const behind = Math.max(...cells.map(({ text, hang }) => text.length - text.indexOf('.') + hang.length));
  const inner = width - 2 * cellMargin;
  return Math.max(before * letter, Math.round((inner - (before + behind) * letter) / 2 + before * letter));
}

function noteRows(table: FormattedTable, widths: readonly number[], type: DocxType): readonly TableRow[] {
  const notes = notesBelow(table);
  if (notes.length === 0) return [];
  const small = { ...type, points: Math.max(leastPoints, type.points - 1) };
  const lines = notes.map((note, i) => [
    run(note, small, { bold: table.synthetic !== null && i === notes.length - 1 }),
  ]);
  return [new TableRow({ children: [cellOf(lines, { width: widthOf(widths), span: widths.length })] })];
}
