import { numberText } from '../../output/format/typed-number.ts';
import { serialDateText } from '../date-text.ts';
import { type MergedArea, sheetGrid } from '../sheet-grid.ts';
import { attributeOf, scanXml } from './scan-xml.ts';
import { unescapeString } from './workbook-parts.ts';

/** What the cells of a sheet refer to. */
export interface SheetContext {
  readonly strings: readonly string[];
  readonly dateStyles: readonly boolean[];
  readonly is1904: boolean;
}

export interface ParsedSheet {
  readonly rows: string[][];
  readonly merges: MergedArea[];
  /** Row and column, from 0, of the first formula without a saved value. */
  readonly bareFormula: { readonly row: number; readonly column: number } | null;
}

/**
 * Cells and merged areas of a worksheet part. A formula counts with the value that was saved with it; one without stands as
 * its own text (=A1+B1), errors as theirs (#DIV/0!), logical values as TRUE and FALSE.
 * @source ECMA-376 part 1, 18.3.1.4 (c), 18.3.1.55 (mergeCell), 18.18.11 (ST_CellType)
 * @throws SyntaxError, RangeError
 */
export function parseSheet(xml: string, context: SheetContext): ParsedSheet {
  const grid = sheetGrid();
  const merges: MergedArea[] = [];
  let row = -1;
  let column = -1;
  let type = 'n';
  let style = 0;
  let part = '';
  let isPhonetic = false;
  let value: string | null = null;
  let formula: string | null = null;
  let isInData = false;
  let bareFormula: ParsedSheet['bareFormula'] = null;
  scanXml(xml, {
    open: (name, attributes) => {
      switch (name) {
        case 'sheetData':
          isInData = true;
          break;
        case 'row': {
          const number = attributeOf(attributes, 'r');
          row = number === null ? row + 1 : Number(number) - 1;
          column = -1;
          break;
        }
        case 'c': {
          const place = attributeOf(attributes, 'r');
          if (place === null) column++;
          else [row, column] = parseReference(place);
          type = attributeOf(attributes, 't') ?? 'n';
          style = Number(attributeOf(attributes, 's') ?? '0');
          value = null;
          formula = null;
          break;
        }
        case 'v':
          value = '';
          part = 'v';
          break;
        case 't':
          value ??= '';
          part = 't';
          break;
        case 'f':
          formula = '';
          part = 'f';
          break;
        case 'rPh':
          isPhonetic = true;
          break;
        case 'mergeCell':
          merges.push(parseArea(attributeOf(attributes, 'ref') ?? ''));
          break;
      }
    },
    close: (name) => {
      if (name === 'c' && isInData) {
        // A writer that does not calculate leaves the value out or empty; an empty text is a result.
        if (formula !== null && value === '' && type !== 'str') value = null;
        if (formula !== null && value === null) bareFormula ??= { row, column };
        grid.put(row, column, cellText(type, style, value, formula, context));
      } else if (name === 'rPh') isPhonetic = false;
      else if (name === 'sheetData') isInData = false;
      if (name === part) part = '';
    },
    text: (text) => {
      if (part === 'v' || (part === 't' && !isPhonetic)) value += text;
      else if (part === 'f') formula += text;
    },
  });
  return { rows: grid.rows(merges), merges, bareFormula };
}

function cellText(
  type: string,
  style: number,
  value: string | null,
  formula: string | null,
  context: SheetContext,
): string {
  if (value === null) return formula === null ? '' : `=${formula}`;
  switch (type) {
    case 's': {
      const text = context.strings[Number(value)];
      if (text === undefined) throw new RangeError('a shared string that is not there');
      return text;
    }
    case 'str':
    case 'inlineStr':
      return unescapeString(value);
    case 'b':
      return value === '1' ? 'TRUE' : 'FALSE';
    case 'd':
      return value.replace('T', ' ').replace(/ 00:00:00(\.0+)?Z?$/, '');
    case 'e':
      return value;
    default: {
      const number = Number(value);
      if (value.trim() === '' || !Number.isFinite(number)) return value.trim();
      // A code that was stored as a number with all its digits keeps them: as a double it would lose some.
      if (/^-?\d{16,}$/.test(value) && !Number.isSafeInteger(number)) return value;
      return (context.dateStyles[style] ? serialDateText(number, context.is1904) : null) ?? numberText(number);
    }
  }
}

/** B3 → row 2, column 1. @throws SyntaxError */
function parseReference(reference: string): [row: number, column: number] {
  const [, letters, row] = /^\$?([A-Za-z]{1,3})\$?(\d{1,7})$/.exec(reference) ?? [];
  if (letters === undefined) throw new SyntaxError(`no cell ${reference}`);
  let column = 0;
  for (const letter of letters.toUpperCase()) column = column * 26 + letter.charCodeAt(0) - 64;
  return [Number(row) - 1, column - 1];
}

function parseArea(area: string): MergedArea {
  const [first = '', last] = area.split(':');
  const [top, left] = parseReference(first);
  const [bottom, right] = parseReference(last ?? first);
  if (bottom < top || right < left) throw new SyntaxError(`no area ${area}`);
  return { top, left, bottom, right };
}
