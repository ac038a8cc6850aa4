import { isUtf8 } from 'node:buffer';
import { closeSync, mkdtempSync, openSync, readFileSync, readSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { RawSheet } from '../../data/source/raw-sheet.ts';
import { lineOf } from '../../data/source/raw-sheet.ts';
import { StudyError } from '../../error/study-error.ts';
import { csvRecords } from '../../output/render/csv-table.ts';
import { fileError } from '../file/file-error.ts';
import { openFile, sheetReader } from '../file/sheet-reader.ts';
import { decodeText } from '../file/text/decode-text.ts';
import { findDialect } from '../file/text/find-dialect.ts';
import { splitRecords } from '../file/text/split-records.ts';

/** A delimited UTF-8 text that the engine reads: the file itself or a copy, its headers and what separates its cells. */
export interface TextSource {
  readonly path: string;
  readonly headers: readonly string[];
  readonly delimiter: string;
}

/** Up to this size a text is looked at as a whole before the engine reads it; of a longer one its beginning. */
const wholeLength = 64 * 2 ** 20;
const headLength = 1 << 18;
const blockLength = 1 << 24;

/**
 * A data file as text for the engine, headers in its first row. UTF-8 text is read where it is; other encodings and
 * workbooks (their first sheet with cells) are copied.
 * @param delimiter the only delimiter that the engine will be told; a file with another one is copied
 * @throws file-not-found, file-unreadable, unsupported-format
 */
export async function textSource(path: string, delimiter?: string): Promise<TextSource> {
  const plain = plainSource(path);
  if (plain !== null && (delimiter === undefined || plain.delimiter === delimiter)) return plain;
  const [sheet] = await sheetReader().sheets(path, path);
  return copyOf(sheet);
}

/** The file itself when the engine can read it as it is, else null. */
function plainSource(path: string): TextSource | null {
  if (openFile(path, path).format !== 'text') return null;
  const bytes = beginning(path);
  if (isUtf16(bytes)) return null;
  const { text, encoding } = decodeText(bytes, path);
  const { delimiter, quote } = findDialect(text.replace(/\r\n?/g, '\n'));
  if (encoding === 'gb18030' || quote !== '"') return null;
  if (statSync(path).size > wholeLength && !isUtf8Throughout(path)) return null;
  const separator = delimiter ?? ',';
  const { rows, openQuote } = splitRecords(text.slice(0, headLength).replace(/\r\n?/g, '\n'), separator, quote, 1);
  if (rows.length === 0) throw fileError(path, openQuote === null ? 'no-header' : 'unclosed-quote', 1);
  return { path, headers: headersOf(rows[0], path), delimiter: separator };
}

/**
 * Whether a file is UTF-8 from end to end, looked at in blocks of whole lines. The engine itself takes other bytes for text
 * and says nothing.
 */
function isUtf8Throughout(path: string): boolean {
  const handle = openSync(path, 'r');
  try {
    const block = Buffer.alloc(blockLength);
    for (let kept = 0; ; ) {
      const read = readSync(handle, block, kept, blockLength - kept, null);
      const filled = block.subarray(0, kept + read);
      if (read === 0) return isUtf8(filled);
      const end = filled.lastIndexOf(10) + 1;
      // A line longer than a block is no line of a table.
      if (end === 0 && filled.length === blockLength) return false;
      if (!isUtf8(filled.subarray(0, end))) return false;
      filled.copyWithin(0, end);
      kept = filled.length - end;
    }
  } finally {
    closeSync(handle);
  }
}

/** The whole of a file, or whole lines from its beginning. */
function beginning(path: string): Uint8Array {
  if (statSync(path).size <= wholeLength) return readFileSync(path);
  const handle = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(headLength);
    const head = bytes.subarray(0, readSync(handle, bytes, 0, headLength, 0));
    const end = head.lastIndexOf(10);
    return end < 0 ? head : head.subarray(0, end + 1);
  } finally {
    closeSync(handle);
  }
}

function isUtf16(bytes: Uint8Array): boolean {
  return (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
}

/** @throws file-unreadable when there are none, or a name stands twice */
function headersOf(row: readonly string[], path: string): string[] {
  const headers = row.map((cell) => cell.trim());
  if (headers.every((header) => header === '')) throw fileError(path, 'no-header', 1);
  const twice = headers.find((header, i) => headers.indexOf(header) !== i);
  if (twice === undefined) return headers;
  const reason = `the column "${twice}" stands twice in the header`;
  throw new StudyError('file-unreadable', { path, line: 1, column: null, reason });
}

/** A copy of a sheet. Cells that are absent at the end of a row of a workbook are empty; one too many is an error. */
function copyOf({ path, rows, lines, reading, ...sheet }: RawSheet): TextSource {
  const headers = headersOf(rows[0], path);
  const isText = reading.format === 'csv';
  const records: (readonly string[])[] = [headers];
  for (let i = 1; i < rows.length; i++) {
    const row = rows[i];
    if (row.every((cell) => cell === '')) continue;
    if (row.length > headers.length || (isText && row.length < headers.length)) {
      const reason = `${headers.length} cells expected, ${row.length} found`;
      const line = lineOf({ path, rows, lines, reading, ...sheet }, i);
      throw new StudyError('file-unreadable', { path, line, column: null, reason });
    }
    records.push(row.length === headers.length ? row : [...row, ...new Array(headers.length - row.length).fill('')]);
  }
  const copy = scratchPath(`${basename(path)}.csv`);
  writeFileSync(copy, csvRecords(records));
  return { path: copy, headers, delimiter: ',' };
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
