import type { RawSheet } from '../../data/source/raw-sheet.ts';
import { numberText } from '../../output/format/typed-number.ts';
import { fileError } from '../file-error.ts';
import { type MergedArea, sheetGrid } from '../sheet-grid.ts';
import { decodeMarkup } from '../text/decode-markup.ts';
import { attributeOf, scanXml } from '../xlsx/scan-xml.ts';

/**
 * The sheets with cells of a workbook in the XML of Excel 2003 (SpreadsheetML), which many exports save as `.xls`.
 * @source Microsoft, XML Spreadsheet Reference (2001): Workbook, Worksheet, Row, Cell, Data
 * @throws file-unreadable
 */
export function readXmlSheets(bytes: Uint8Array, path: string): RawSheet[] {
  const { text, encoding } = decodeMarkup(bytes, path);
  let sheets: RawSheet[];
  try {
    sheets = parseWorkbook(text, path, encoding);
  } catch (cause) {
    if (cause instanceof RangeError) throw fileError(path, 'sheet-too-large', null, cause);
    if (cause instanceof SyntaxError) throw fileError(path, 'xml-damaged', null, cause);
    throw cause;
  }
  if (sheets.length === 0) throw fileError(path, /<(?:\w+:)?Workbook[\s>]/.test(text) ? 'no-sheet' : 'xml-unknown');
  return sheets;
}

function parseWorkbook(xml: string, path: string, encoding: string): RawSheet[] {
  const sheets: RawSheet[] = [];
  let name = '';
  let grid = sheetGrid();
  let merges: MergedArea[] = [];
  let row = -1;
  let column = -1;
  let right = -1;
  let formula: string | null = null;
  let type = '';
  let data: string | null = null;
  let isInData = false;
  let isComment = false;
  let isVisibility = false;
  let visibility = '';
  let bareFormula: { readonly row: number; readonly column: number } | null = null;
  scanXml(xml, {
    open: (tag, attributes) => {
      switch (tag) {
        case 'Worksheet':
          name = attributeOf(attributes, 'Name') ?? '';
          grid = sheetGrid();
          merges = [];
          row = -1;
          visibility = '';
          bareFormula = null;
          break;
        case 'Row':
          row = placeOf(attributes, row);
          right = -1;
          break;
        case 'Cell': {
          column = placeOf(attributes, right);
          right = column + countOf(attributes, 'MergeAcross');
          const bottom = row + countOf(attributes, 'MergeDown');
          if (right > column || bottom > row) merges.push({ top: row, left: column, bottom, right });
          formula = attributeOf(attributes, 'Formula');
          data = null;
          break;
        }
        case 'Comment':
          isComment = true;
          break;
        case 'Data':
          if (isComment) break;
          type = attributeOf(attributes, 'Type') ?? 'String';
          data = '';
          isInData = true;
          break;
        case 'Visible':
          isVisibility = true;
          break;
      }
    },
    close: (tag) => {
      switch (tag) {
        case 'Comment':
          isComment = false;
          break;
        case 'Data':
          isInData = false;
          break;
        case 'Visible':
          isVisibility = false;
          break;
        case 'Cell':
          if (data === null && formula !== null) bareFormula ??= { row, column };
          grid.put(row, column, data === null ? (formula ?? '') : cellText(type, data));
          break;
        case 'Worksheet': {
          const rows = grid.rows(merges);
          const isHidden = /hidden/i.test(visibility);
          const reading = { format: 'xml', encoding, delimiter: null, merges, isHidden, bareFormula } as const;
          if (rows.length > 0) sheets.push({ path, sheet: name, rows, lines: null, reading });
          break;
        }
      }
    },
    text: (text) => {
      if (isInData) data += text;
      else if (isVisibility) visibility += text;
    },
  });
  return sheets;
}

/** The index, from 0, that a row or a cell names, or the next one. */
function placeOf(attributes: string, last: number): number {
  const index = attributeOf(attributes, 'Index');
  return index === null ? last + 1 : Number(index) - 1;
}

function countOf(attributes: string, name: string): number {
  const count = Number(attributeOf(attributes, name) ?? '0');
  return Number.isInteger(count) && count > 0 ? count : 0;
}

function cellText(type: string, data: string): string {
  switch (type) {
    case 'Number': {
      const number = Number(data);
      return data.trim() !== '' && Number.isFinite(number) ? numberText(number) : data.trim();
    }
    case 'DateTime':
      return data
        .trim()
        .replace('T', ' ')
        .replace(/\.0+$/, '')
        .replace(/ 00:00:00$/, '');
    case 'Boolean':
      return data.trim() === '1' ? 'TRUE' : 'FALSE';
    default:
      return data;
  }
}
