import type { AboutColumns } from '../../../data/source/about-columns.ts';
import type { RawSheet } from '../../../data/source/raw-sheet.ts';
import type { Diagnostic } from '../../../error/diagnostic.ts';
import { StudyError } from '../../../error/study-error.ts';
import { dataSheet } from '../../../file/data-sheet.ts';
import { checkedTable, type DataTable, tableOfSheet, tableOfText } from '../../../file/data-table.ts';
import { delimitedText } from '../../../file/delimited/delimited-text.ts';
import type { ColumnRules, DelimitedText } from '../../../file/delimited/read-columns.ts';
import { tableOfDta } from '../../../file/dta/dta-table.ts';
import { fileError } from '../../../file/file-error.ts';
import { fileFormat, headLength } from '../../../file/file-format.ts';
import { readHtml } from '../../../file/html/read-html.ts';
import { readText } from '../../../file/text/read-text.ts';
import { refuseWideCells } from '../../../file/wide-cells.ts';
import { readWorkbook } from '../../../file/xlsx/read-workbook.ts';
import { readXmlSheets } from '../../../file/xml/read-xml-sheet.ts';
import type { ColumnTable } from '../../../table/column.ts';
import { inBlocks } from './in-blocks.ts';
import { inflate } from './inflate.ts';
import { readParquet } from './parquet.ts';
import { readableEndings } from './readable-endings.ts';

/** A data file as `kaya reg` reads it. */
export interface ReadData {
  readonly table: ColumnTable;
  readonly diagnostics: readonly Diagnostic[];
  readonly about?: AboutColumns;
  /** Names of the sheets that the file has, in their order; of a file without sheets none. */
  readonly sheets: readonly string[];
}

/**
 * Reads a data file that is here as bytes, by the rules of the program.
 * @param part the sheet that is meant; null for the one that holds the table
 * @param onShare told how much of a long text has been looked at
 * @throws file-unreadable, unsupported-format, unknown-sheet, choose-sheet, not-numeric, over-budget
 */
export async function readData(
  { name, bytes, part = null }: { readonly name: string; readonly bytes: ArrayBuffer; readonly part?: string | null },
  rules: ColumnRules,
  onShare: (share: number) => void = () => undefined,
): Promise<ReadData> {
  const all = new Uint8Array(bytes);
  const format = fileFormat(name, all.subarray(0, headLength), name, readableEndings);
  if (all.length === 0) throw fileError(name, 'empty-file');
  if (part !== null && (format === 'parquet' || format === 'dta'))
    throw new StudyError('unknown-sheet', { path: name, sheet: part, sheets: [], nearest: null });
  let sheetNames: readonly string[] = [];
  const read = async (): Promise<DataTable> => {
    if (format === 'parquet') return readParquet(bytes, name, rules);
    if (format === 'dta') return tableOfDta(all, name, rules);
    if (format === 'xls') throw new StudyError('unsupported-format', { path: name, known: readableEndings });
    const plain = format === 'text' && part === null ? delimitedText(all, name) : null;
    if (plain !== null) return tableOfText(told(plain, onShare), rules);
    const sheets = sheetsOf(format, all, name);
    refuseWideCells(name, sheets);
    sheetNames = sheets.flatMap(({ sheet }) => (sheet === null ? [] : [sheet]));
    return tableOfSheet(dataSheet(sheets, part, name), rules);
  };
  const table = checkedTable(name, await read(), rules);
  return { ...table, sheets: sheetNames };
}

function sheetsOf(format: 'text' | 'zip' | 'html' | 'xml', bytes: Uint8Array, name: string): readonly RawSheet[] {
  switch (format) {
    case 'text':
      return [readText(bytes, name)];
    case 'zip':
      return readWorkbook(bytes, name, inflate);
    case 'html':
      return readHtml(bytes, name);
    case 'xml':
      return readXmlSheets(bytes, name);
  }
}

function told(plain: DelimitedText, onShare: (share: number) => void): DelimitedText {
  return plain.text.kind === 'whole' ? { ...plain, text: inBlocks(plain.text.bytes, onShare) } : plain;
}
