import { numberText } from '../../output/format/typed-number.ts';
import { gridLimits, type MergedArea, type SheetGrid, sheetGrid } from '../sheet-grid.ts';
import { attributeOf, scanXml } from '../xlsx/scan-xml.ts';

export interface OdsSheet {
  readonly name: string;
  readonly rows: string[][];
  readonly merges: readonly MergedArea[];
  readonly isHidden: boolean;
  readonly bareFormula: { readonly row: number; readonly column: number } | null;
}

/** A sheet while it is read. */
interface OpenSheet {
  readonly name: string;
  readonly style: string;
  readonly grid: SheetGrid;
  readonly merges: MergedArea[];
  row: number;
  column: number;
  /** How often the row stands, and its cells with text. */
  repeat: number;
  cells: { column: number; count: number; text: string }[];
  bareFormula: OdsSheet['bareFormula'];
}

/** A cell while it is read. */
interface OpenCell {
  readonly attributes: string;
  readonly isCovered: boolean;
  paragraphs: string[];
}

/** Elements within a cell whose text is none of it. */
const aside: ReadonlySet<string> = new Set(['annotation', 'frame', 'custom-shape', 'ruby-text', 'shapes']);

/**
 * Sheets of the content of an OpenDocument spreadsheet. Cells and rows that stand for many count as often as they do; a
 * sheet within a cell is part of no table.
 * @throws SyntaxError, RangeError
 */
export function parseContent(xml: string): OdsSheet[] {
  const sheets: OdsSheet[] = [];
  const hiddenStyles = new Set<string>();
  let style = '';
  let sheet: OpenSheet | null = null;
  let cell: OpenCell | null = null;
  let depthAside = 0;
  let tables = 0;
  let isParagraph = false;
  scanXml(xml, {
    open: (name, attributes) => {
      if (aside.has(name)) depthAside++;
      if (depthAside > 0) return;
      switch (name) {
        case 'style':
          style = attributeOf(attributes, 'name') ?? '';
          break;
        case 'table-properties':
          if (attributeOf(attributes, 'display') === 'false') hiddenStyles.add(style);
          break;
        case 'table':
          if (++tables === 1) sheet = openSheet(attributes);
          break;
        case 'table-row':
          if (sheet === null || tables > 1) break;
          sheet.column = 0;
          sheet.cells = [];
          sheet.repeat = countOf(attributes, 'number-rows-repeated');
          break;
        case 'table-cell':
        case 'covered-table-cell':
          if (tables === 1) cell = { attributes, isCovered: name === 'covered-table-cell', paragraphs: [] };
          break;
        case 'p':
          if (cell === null || tables > 1) break;
          cell.paragraphs.push('');
          isParagraph = true;
          break;
        case 's':
          addText(cell, isParagraph, ' '.repeat(Math.min(countOf(attributes, 'c'), 1000)));
          break;
        case 'tab':
          addText(cell, isParagraph, '\t');
          break;
        case 'line-break':
          addText(cell, isParagraph, '\n');
          break;
      }
    },
    close: (name) => {
      if (aside.has(name)) depthAside--;
      if (depthAside > 0) return;
      switch (name) {
        case 'p':
          isParagraph = false;
          break;
        case 'table-cell':
        case 'covered-table-cell':
          if (sheet !== null && cell !== null && tables === 1) {
            putCell(sheet, cell);
            cell = null;
          }
          break;
        case 'table-row':
          if (sheet !== null && tables === 1) putRow(sheet);
          break;
        case 'table':
          if (--tables === 0 && sheet !== null) {
            sheets.push(finished(sheet, hiddenStyles));
            sheet = null;
          }
          break;
      }
    },
    text: (text) => {
      if (depthAside === 0 && tables === 1) addText(cell, isParagraph, text.replace(/[\t\n\r ]+/g, ' '));
    },
  });
  return sheets;
}

function openSheet(attributes: string): OpenSheet {
  return {
    name: attributeOf(attributes, 'name') ?? '',
    style: attributeOf(attributes, 'style-name') ?? '',
    grid: sheetGrid(),
    merges: [],
    row: 0,
    column: 0,
    repeat: 1,
    cells: [],
    bareFormula: null,
  };
}

function finished(sheet: OpenSheet, hiddenStyles: ReadonlySet<string>): OdsSheet {
  const { name, merges, bareFormula } = sheet;
  return { name, rows: sheet.grid.rows(merges), merges, isHidden: hiddenStyles.has(sheet.style), bareFormula };
}

function addText(cell: OpenCell | null, isParagraph: boolean, text: string): void {
  if (cell !== null && isParagraph) cell.paragraphs[cell.paragraphs.length - 1] += text;
}

function putCell(sheet: OpenSheet, { attributes, isCovered, paragraphs }: OpenCell): void {
  const count = countOf(attributes, 'number-columns-repeated');
  const column = sheet.column;
  sheet.column += count;
  if (isCovered) return;
  const across = countOf(attributes, 'number-columns-spanned');
  const down = countOf(attributes, 'number-rows-spanned');
  if (across > 1 || down > 1)
    sheet.merges.push({ top: sheet.row, left: column, bottom: sheet.row + down - 1, right: column + across - 1 });
  const formula = attributeOf(attributes, 'formula');
  const type = attributeOf(attributes, 'value-type');
  let text = cellText(attributes, type, paragraphs.join('\n'));
  if (text === '' && formula !== null && type === null) {
    text = formula.replace(/^\w+:/, '');
    sheet.bareFormula ??= { row: sheet.row, column };
  }
  if (text !== '') sheet.cells.push({ column, count, text });
}

function putRow(sheet: OpenSheet): void {
  const { row, repeat, cells, grid } = sheet;
  sheet.row += repeat;
  if (cells.length === 0) return;
  if (repeat > gridLimits.rows) throw new RangeError('rows beyond the limits of a sheet');
  for (let i = row; i < row + repeat; i++)
    for (const { column, count, text } of cells) {
      if (count > gridLimits.columns) throw new RangeError('columns beyond the limits of a sheet');
      for (let j = column; j < column + count; j++) grid.put(i, j, text);
    }
}

function cellText(attributes: string, type: string | null, shown: string): string {
  switch (type) {
    case 'float':
    case 'percentage':
    case 'currency': {
      const value = attributeOf(attributes, 'value') ?? '';
      const number = Number(value);
      return value.trim() !== '' && Number.isFinite(number) ? numberText(number) : shown;
    }
    case 'date': {
      const date = attributeOf(attributes, 'date-value') ?? shown;
      return date
        .replace('T', ' ')
        .replace(/\.0+$/, '')
        .replace(/ 00:00:00$/, '');
    }
    case 'boolean':
      return attributeOf(attributes, 'boolean-value') === 'true' ? 'TRUE' : 'FALSE';
    case 'string':
      return attributeOf(attributes, 'string-value') || shown;
    default:
      return shown;
  }
}

function countOf(attributes: string, name: string): number {
  const count = Number(attributeOf(attributes, name) ?? '1');
  return Number.isInteger(count) && count > 0 ? count : 1;
}
