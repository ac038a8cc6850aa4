import { isUtf8 } from 'node:buffer';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { lineOf, type RawSheet } from '../../data/source/raw-sheet.ts';
import type { Diagnostic } from '../../error/diagnostic.ts';
import { StudyError } from '../../error/study-error.ts';
import { csvRecords } from '../../output/document/table/csv-table.ts';
import { headerName } from '../../table/column-name.ts';
import { readDataSheet } from '../file/data-sheet.ts';
import { fileError } from '../file/file-error.ts';
import { openFile } from '../file/sheet-reader.ts';
import { tableStart } from '../file/table-start.ts';
import { decodeText } from '../file/text/decode-text.ts';
import { findLayout, separatorLine } from '../file/text/find-layout.ts';
import { firstLines, headLength, wholeLength } from '../file/text/first-lines.ts';
import { splitRecords } from '../file/text/split-records.ts';
import { eachBlock } from './delimited/text-bytes.ts';

/** A delimited UTF-8 text that the engine reads: the file itself or a copy, its headers and what separates its cells. */
export interface TextSource {
  readonly path: string;
  readonly headers: readonly string[];
  readonly delimiter: string;
}

/** How a data file is turned into text. */
export interface TextSourceOptions {
  /** The only delimiter that the engine will be told; a file with another one is copied. */
  readonly delimiter?: string;
  /** The sheet that is meant. */
  readonly part?: string | null;
  readonly onNote?: (note: Diagnostic) => void;
}

/**
 * A data file as text for the engine, headers in its first row. UTF-8 text of one pattern is read where it is; all else (other
 * encodings, mixed line ends, titles above the table, headers over several lines, workbooks) is copied.
 * @throws file-not-found, file-unreadable, unsupported-format, unknown-sheet, choose-sheet
 */
export async function textSource(path: string, options: TextSourceOptions = {}): Promise<TextSource> {
  const { delimiter, part = null } = options;
  const plain = part === null ? plainSource(path) : null;
  if (plain !== null && (delimiter === undefined || plain.delimiter === delimiter)) return plain;
  return copiedSource(path, options);
}

/** A copy of a data file that the engine can read, whatever the file looks like. */
export async function copiedSource(path: string, { part = null, onNote }: TextSourceOptions = {}): Promise<TextSource> {
  const { sheet, notes } = await readDataSheet(path, part, path);
  for (const note of notes) onNote?.(note);
  return copyOf(sheet);
}

/** The file itself when the engine can read it as it is, else null. */
function plainSource(path: string): TextSource | null {
  if (openFile(path, path).format !== 'text') return null;
  const bytes = statSync(path).size <= wholeLength ? readFileSync(path) : firstLines(path);
  if (isUtf16(bytes)) return null;
  const { text, encoding } = decodeText(bytes, path);
  const { delimiter, quote } = findLayout(text.replace(/\r\n?/g, '\n'));
  if (encoding === 'gb18030' || encoding === 'windows-1252' || quote !== '"' || !hasOnePattern(text)) return null;
  if (statSync(path).size > wholeLength && !isPlainThroughout(path)) return null;
  const separator = delimiter ?? ',';
  const head = text.slice(0, headLength).replace(/\r\n?/g, '\n');
  const { rows, lines, openQuote } = splitRecords(head, separator, quote, patternRows);
  const [header] = rows;
  if (header === undefined) throw fileError(path, openQuote === null ? 'no-header' : 'unclosed-quote', openQuote ?? 1);
  const isOneLine = rows.length < 2 || lines[1] === 2;
  if (!isOneLine || header.at(-1)?.trim() === '' || separatorLine(head) !== null || tableStart(rows) > 0) return null;
  return { path, headers: headersOf(header, path), delimiter: separator };
}

/** Records that are looked at for titles above the table. */
const patternRows = 200;

/** Whether line ends are of one kind and no byte order mark stands within: what the engine reads as people do. */
function hasOnePattern(text: string): boolean {
  if (text.includes('\ufeff')) return false;
  const first = text.indexOf('\r');
  if (first < 0) return true;
  return text[first + 1] === '\n' ? !/(?:^|[^\r])\n|\r(?!\n)/.test(text) : !text.includes('\n');
}

/**
 * Whether a file is UTF-8 of one pattern from end to end, looked at in blocks of whole lines. The engine itself takes other
 * bytes for text and says nothing.
 */
function isPlainThroughout(path: string): boolean {
  let isPlain = true;
  let usual: string | null = null;
  eachBlock({ kind: 'file', path }, (bytes, from, end, isLast) => {
    const lines = Buffer.from(bytes.buffer, bytes.byteOffset + from, end - from);
    const ending = lineEnding(lines);
    const isAlike = isLast || (ending !== null && (usual ?? ending) === ending);
    isPlain = isAlike && isUtf8(lines) && !lines.includes(byteOrderMark);
    usual ??= ending;
    return isPlain ? end : null;
  });
  return isPlain;
}

const byteOrderMark = Buffer.from('\ufeff');

/** The one line end of whole lines; null when they have several, or carriage returns elsewhere. */
function lineEnding(lines: Buffer): '\n' | '\r\n' | null {
  const isReturned = lines[lines.length - 2] === 13;
  if (!isReturned) return lines.includes(13) ? null : '\n';
  let count = 0;
  for (let at = lines.indexOf(13); at >= 0; at = lines.indexOf(13, at + 2), count++)
    if (lines[at + 1] !== 10) return null;
  for (let at = lines.indexOf(10); at >= 0; at = lines.indexOf(10, at + 1)) count--;
  return count === 0 ? '\r\n' : null;
}

function isUtf16(bytes: Uint8Array): boolean {
  return (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
}

/** @throws file-unreadable when there are none, or a name stands twice */
function headersOf(row: readonly string[], path: string, line = 1): string[] {
  const headers = row.map(headerName);
  if (headers.every((header) => header === '')) throw fileError(path, 'no-header', line);
  const twice = headers.find((header, i) => headers.indexOf(header) !== i);
  if (twice === undefined) return headers;
  throw new StudyError('file-unreadable', { path, line, column: null, reason: 'repeated-header', cell: twice });
}

/**
 * A copy of a sheet. Cells that are absent at the end of a row of a workbook are empty, empty ones behind the last header of
 * any row are none; one with text there is an error, as is a row of a text file that is too short.
 */
function copyOf(sheet: RawSheet): TextSource {
  const { path, rows, reading } = sheet;
  const headers = headersOf(filledPart(rows), path, lineOf(sheet, 0));
  const width = headers.length;
  const isText = reading.format === 'csv';
  const records: (readonly string[])[] = [headers];
  for (const [i, row] of rows.entries()) {
    if (i === 0 || row.every((cell) => cell.trim() === '')) continue;
    if ((isText && row.length < width) || row.slice(width).some((cell) => cell.trim() !== '')) {
      const place = { sheet: sheet.sheet, expected: width, found: row.length };
      throw fileError(path, 'ragged-row', lineOf(sheet, i), undefined, place);
    }
    if (row.length === width) records.push(row);
    else if (row.length > width) records.push(row.slice(0, width));
    else records.push([...row, ...new Array<string>(width - row.length).fill('')]);
  }
  const copy = scratchPath(`${basename(path)}.csv`);
  writeFileSync(copy, csvRecords(records));
  return { path: copy, headers, delimiter: ',' };
}
/** The header up to the last column that has a name or a cell with text. */
function filledPart(rows: readonly (readonly string[])[]): readonly string[] {
  const [header = []] = rows;
  let width = header.length;
  while (width > 0 && rows.every((row) => (row[width - 1] ?? '').trim() === '')) width--;
  return header.slice(0, width);
}

let scratch: string | null = null;
let copies = 0;

/** A path of its own for a copy, in a folder that is removed when the process ends. */
function scratchPath(name: string): string {
  if (scratch === null) {
    const folder = mkdtempSync(join(tmpdir(), 'kaya-'));
    process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
    scratch = folder;
  }
  return join(scratch, `${++copies}-${name}`);
}
