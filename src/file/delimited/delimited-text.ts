import { lineOf, type RawSheet } from '../../data/source/raw-sheet.ts';
import { csvRecords } from '../../table/csv-text.ts';
import { fileError } from '../file-error.ts';
import { gridLimits } from '../sheet-grid.ts';
import { tableStart } from '../table-start.ts';
import { isAscii } from '../text/ascii.ts';
import { decodeText, lengthOfText, refuseNul, type TextEncoding } from '../text/decode-text.ts';
import { findLayout, separatorLine } from '../text/find-layout.ts';
import { splitRecords } from '../text/split-records.ts';
import type { DelimitedText } from './read-columns.ts';
import type { TextBytes } from './text-bytes.ts';

/** Bytes, or letters, of the beginning by which a text is judged. */
export const headLength = 1 << 18;
/** Rows that are looked at for titles above the table. */
const headRows = 200;

const comma = 44;
const doubleQuote = 34;

/**
 * The bytes of a text file as bytes in UTF-8, with what separates its cells; other encodings are decoded.
 * @returns null for what is to be read as a sheet: titles above the table, a line that says the delimiter, byte order marks
 * within, text whose encoding had to be judged
 * @throws file-unreadable
 */
export function delimitedText(bytes: Uint8Array, path: string): DelimitedText | null {
  const opened = openText(bytes, path);
  return opened === null ? null : laidOut(opened, path);
}

/** Text with its first letters, by which it is judged. */
export interface OpenedText {
  readonly text: TextBytes;
  readonly head: string;
}

/** A text that is open with what separates its cells; null and errors as above. @throws file-unreadable */
export function laidOut({ text, head }: OpenedText, path: string): DelimitedText | null {
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
    text: { kind: 'whole', bytes: new TextEncoder().encode(csvRecords(records)) },
    delimiter: comma,
    quote: doubleQuote,
    lines: filled.slice(1).map(([i]) => lineOf(sheet, i)),
  };
}

function openText(bytes: Uint8Array, path: string): OpenedText | null {
  if (!isAscii(bytes)) return decoded(bytes, path);
  refuseNul(bytes, path);
  return { text: { kind: 'whole', bytes: withoutEnd(bytes) }, head: headOf(bytes) };
}

/** @throws file-unreadable with the line of the first fault */
function decoded(bytes: Uint8Array, path: string): OpenedText | null {
  const { text, encoding } = decodeText(bytes, path);
  if (text.includes('\ufeff') || encoding === 'windows-1252') return null;
  const own = isUtf8Text(encoding) ? withoutEnd(bytes) : new TextEncoder().encode(text);
  return { text: { kind: 'whole', bytes: withoutMark(own) }, head: text.slice(0, headLength) };
}

export function isUtf8Text(encoding: TextEncoding): boolean {
  return encoding === 'utf-8' || encoding === 'utf-8-bom';
}

/** The beginning of a text in UTF-8. */
export function headOf(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(withoutMark(bytes).subarray(0, headLength));
}

/** Without the byte order mark of UTF-8. */
function withoutMark(bytes: Uint8Array): Uint8Array {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}

function withoutEnd(bytes: Uint8Array): Uint8Array {
  return bytes.subarray(
    0,
    lengthOfText(bytes.length, (i) => bytes[i] ?? 0),
  );
}
