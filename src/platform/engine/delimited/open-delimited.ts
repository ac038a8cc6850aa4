import { isAscii, isUtf8 } from 'node:buffer';
import { readFileSync, statSync } from 'node:fs';
import { lineOf, type RawSheet } from '../../../data/source/raw-sheet.ts';
import { csvRecords } from '../../../output/document/table/csv-table.ts';
import { fileError } from '../../file/file-error.ts';
import { gridLimits } from '../../file/sheet-grid.ts';
import { tableStart } from '../../file/table-start.ts';
import { decodeText, lengthOfText, refuseNul, type TextEncoding } from '../../file/text/decode-text.ts';
import { findLayout, separatorLine } from '../../file/text/find-layout.ts';
import { firstLines, headLength, wholeLength } from '../../file/text/first-lines.ts';
import { splitRecords } from '../../file/text/split-records.ts';
import type { DelimitedText } from './read-columns.ts';
import { eachBlock, type TextBytes } from './text-bytes.ts';

/** Bytes of a text in another encoding that are read at once. */
const decodedLength = 512 * 2 ** 20;
/** Rows that are looked at for titles above the table. */
const headRows = 200;

const comma = 44;
const doubleQuote = 34;

/**
 * A text file as bytes in UTF-8, with what separates its cells; other encodings are decoded.
 * @returns null for what is to be read as a sheet: titles above the table, a line that says the delimiter, byte order marks
 * within, text whose encoding had to be judged
 * @throws file-unreadable
 */
export function openDelimited(path: string): DelimitedText | null {
  const opened = openBytes(path);
  if (opened === null) return null;
  const { text, head } = opened;
  if (/^[\t ]*(\r|\n|$)/.test(head)) throw fileError(path, 'no-header', 1);
  const beginning = head.slice(0, headLength).replace(/\r\n?/g, '\n');
  const { delimiter, quote } = findLayout(beginning);
  const { rows } = splitRecords(beginning, delimiter ?? ',', quote, headRows);
  if (separatorLine(beginning) !== null || tableStart(rows) > 0) return null;
  return { path, text, delimiter: (delimiter ?? ',').charCodeAt(0), quote: quote.charCodeAt(0), lines: null };
}

/**
 * A sheet as such a text: rows that end early are filled up, those without a cell left out.
 * @throws file-unreadable where that would be more cells than any sheet is read with
 */
export function delimitedSheet(sheet: RawSheet): DelimitedText {
  const { rows, path } = sheet;
  const width = rows.reduce((most, row) => Math.max(most, row.length), 0);
  const filled = [...rows.entries()].filter(([i, row]) => i === 0 || row.some((cell) => cell.trim() !== ''));
  // A cell far to the right of a long table would fill all rows up to there.
  if (filled.length * width > 2 * gridLimits.cells) throw fileError(path, 'sheet-too-large');
  const records = filled.map(([, row]) => [...row, ...new Array<string>(width - row.length).fill('')]);
  return {
    path,
    text: { kind: 'whole', bytes: Buffer.from(csvRecords(records)) },
    delimiter: comma,
    quote: doubleQuote,
    lines: filled.slice(1).map(([i]) => lineOf(sheet, i)),
  };
}

function openBytes(path: string): OpenedBytes | null {
  const { size } = statSync(path);
  if (size <= wholeLength) {
    const bytes = readFileSync(path);
    if (!isAscii(bytes)) return decoded(bytes, path);
    refuseNul(bytes, path);
    return { text: { kind: 'whole', bytes: withoutEnd(bytes) }, head: headOf(bytes) };
  }
  const first = firstLines(path);
  const encoding = isAscii(first) ? 'utf-8' : decodeText(first, path).encoding;
  if (isUtf8Text(encoding) && isUtf8Throughout(path)) {
    return { text: { kind: 'file', path }, head: headOf(first) };
  }
  if (size > decodedLength) throw fileError(path, 'too-large');
  return decoded(readFileSync(path), path);
}

/** Text with its first letters, by which it is judged. */
interface OpenedBytes {
  readonly text: TextBytes;
  readonly head: string;
}

/** @throws file-unreadable with the line of the first fault */
function decoded(bytes: Buffer, path: string): OpenedBytes | null {
  const { text, encoding } = decodeText(bytes, path);
  if (text.includes('\ufeff') || encoding === 'windows-1252') return null;
  const own = isUtf8Text(encoding) ? withoutEnd(bytes) : Buffer.from(text);
  return { text: { kind: 'whole', bytes: withoutMark(own) }, head: text.slice(0, headLength) };
}

function isUtf8Text(encoding: TextEncoding): boolean {
  return encoding === 'utf-8' || encoding === 'utf-8-bom';
}

function headOf(bytes: Buffer): string {
  return withoutMark(bytes).toString('utf8', 0, headLength);
}

/** Without the byte order mark of UTF-8. */
function withoutMark(bytes: Buffer): Buffer {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}

function withoutEnd(bytes: Buffer): Buffer {
  return bytes.subarray(
    0,
    lengthOfText(bytes.length, (i) => bytes[i] ?? 0),
  );
}

/**
 * Whether a file is UTF-8 from end to end, looked at in blocks of whole lines.
 * @throws file-unreadable for a NUL
 */
function isUtf8Throughout(path: string): boolean {
  let isWhole = true;
  eachBlock({ kind: 'file', path }, (bytes, from, end) => {
    const block = bytes.subarray(from, end);
    if (block.includes(0)) throw fileError(path, 'nul-byte');
    isWhole = isUtf8(block);
    return isWhole ? end : null;
  });
  return isWhole;
}
