import { closeSync, existsSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import type { RawSheet } from '../../data/source/raw-sheet.ts';
import { said } from '../../error/said.ts';
import { StudyError } from '../../error/study-error.ts';
import { chooseSheet } from '../../file/choose-sheet.ts';
import { fileError } from '../../file/file-error.ts';
import { type FileFormat, fileFormat, headLength, sheetEndings } from '../../file/file-format.ts';
import { readText } from '../../file/text/read-text.ts';
import { refuseWideCells } from '../../file/wide-cells.ts';
import { readWorkbook } from '../../file/xlsx/read-workbook.ts';
import type { SheetReader } from '../../study/ports.ts';
import { inflate } from './inflate.ts';
import { nearestFile } from './nearest-file.ts';

/** Bytes of a file that are read at once, by its format. */
const sizeLimits: Readonly<Record<FileFormat, number>> = {
  text: 256 * 2 ** 20,
  zip: 128 * 2 ** 20,
  xls: 64 * 2 ** 20,
  html: 128 * 2 ** 20,
  xml: 128 * 2 ** 20,
  dta: 512 * 2 ** 20,
  parquet: 2 ** 40,
};

/**
 * Reads raw files of every format as sheets of text cells.
 * @param wanted names of the sheets that are read, by the name of the file; of other files all
 */
export function sheetReader(wanted: Readonly<Record<string, readonly string[]>> = {}): SheetReader {
  return {
    sheets: async (path, name) => {
      const sheets = await readSheets(path, name);
      refuseWideCells(name, sheets);
      const asked = Object.hasOwn(wanted, name) ? wanted[name] : undefined;
      if (asked === undefined) return sheets;
      const named = new Set(asked.map((one) => chooseSheet(sheets, one, name).sheet));
      return sheets.filter((sheet) => named.has(sheet));
    },
  };
}

async function readSheets(path: string, name: string): Promise<readonly RawSheet[]> {
  const { format, size, bytes: load } = openFile(path, name);
  if (size > sizeLimits[format]) throw fileError(name, 'too-large');
  const bytes = format === 'parquet' ? Buffer.alloc(0) : load();
  switch (format) {
    case 'text':
      return [readText(bytes, name)];
    case 'zip':
      return readWorkbook(bytes, name, inflate);
    case 'html':
      return (await import('../../file/html/read-html.ts')).readHtml(bytes, name);
    case 'xml':
      return (await import('../../file/xml/read-xml-sheet.ts')).readXmlSheets(bytes, name);
    case 'parquet':
      return [await (await import('../engine/duckdb/parquet-sheet.ts')).readParquet(path, name)];
    case 'xls':
      return (await import('./xls/read-xls.ts')).readXls(bytes, name);
    case 'dta':
      return [(await import('../../file/dta/dta-sheet.ts')).readDtaSheet(bytes, name)];
  }
}

/** A file that is there, is not empty, and is meant to be read. */
export interface OpenedFile {
  readonly format: FileFormat;
  readonly size: number;
  readonly bytes: () => Buffer;
}

/** @throws file-not-found, file-unreadable, unsupported-format */
export function openFile(path: string, name: string, known: readonly string[] = sheetEndings): OpenedFile {
  const stat = existsSync(path) ? statSync(path) : null;
  if (stat === null)
    throw new StudyError('file-not-found', { path: name, role: said('file.data'), nearest: nearestFile(path) });
  if (!stat.isFile()) throw fileError(name, stat.isDirectory() ? 'folder' : 'no-plain-file');
  const format = fileFormat(path, readHead(path), name, known);
  if (stat.size === 0) throw fileError(name, 'empty-file');
  return { format, size: stat.size, bytes: () => readFileSync(path) };
}

function readHead(path: string): Buffer {
  const handle = openSync(path, 'r');
  try {
    const head = Buffer.alloc(headLength);
    return head.subarray(0, readSync(handle, head, 0, head.length, 0));
  } finally {
    closeSync(handle);
  }
}
