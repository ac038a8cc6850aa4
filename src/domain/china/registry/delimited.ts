import { utf8, utf8Text } from '../../../data/source/utf8.ts';
import { textKernel } from './text-kernel.ts';

/** How a text is delimited. */
export interface DelimitedFormat {
  /** As a byte. */
  readonly delimiter: number;
  /** Whether the text ends at its limit: the last record needs no line feed. */
  readonly isEnd: boolean;
}

/** Cells of one record of delimited text, as places in its bytes. Reused from record to record. */
export interface RecordCells {
  /** Cells found; those beyond the room are counted, not kept. */
  count: number;
  readonly start: Int32Array;
  readonly end: Int32Array;
  /** 1 when the cell holds doubled quotes. */
  readonly escaped: Uint8Array;
  /** Line ends inside quoted cells. */
  innerLines: number;
}

export function recordCells(room: number): RecordCells {
  return {
    count: 0,
    start: new Int32Array(room),
    end: new Int32Array(room),
    escaped: new Uint8Array(room),
    innerLines: 0,
  };
}

const quote = 34;
const lineFeed = 10;
const carriageReturn = 13;

/**
 * Reads the record that starts at `from`. A cell is quoted when it starts with a quote; inside it delimiters and line ends
 * are text and a doubled quote is a quote. UTF-8 must be valid, and `bytes[limit]` must be a line feed (a sentinel).
 * @returns where the next record starts (at most `limit + 1`, when the text ends without a line feed), or -1 when the
 * record does not end before `limit`
 */
export function readRecord(
  bytes: Uint8Array,
  from: number,
  limit: number,
  format: DelimitedFormat,
  cells: RecordCells,
): number {
  const { delimiter } = format;
  const highest = Math.max(delimiter, lineFeed);
  const room = cells.start.length;
  let p = from;
  let n = 0;
  cells.innerLines = 0;
  for (;;) {
    let start = p;
    let end: number;
    let isEscaped = 0;
    if (bytes[p] === quote) {
      start = ++p;
      for (;;) {
        const byte = bytes[p] ?? 0;
        if (byte >= 0xe0) {
          p += byte >= 0xf0 ? 4 : 3;
          continue;
        }
        if (byte === quote) {
          if (bytes[p + 1] !== quote) break;
          isEscaped = 1;
          p++;
        } else if (byte === lineFeed) {
          if (p >= limit) return -1;
          cells.innerLines++;
        }
        p++;
      }
      end = p++;
      // Text behind the closing quote belongs to no cell.
      while (bytes[p] !== delimiter && bytes[p] !== lineFeed) p++;
    } else {
      for (;;) {
        const byte = bytes[p] ?? 0;
        if (byte > highest) p += byte < 0xe0 ? 1 : byte >= 0xf0 ? 4 : 3;
        else if (byte === delimiter || byte === lineFeed) break;
        else p++;
      }
      end = p;
      if (bytes[p] === lineFeed && end > start && bytes[end - 1] === carriageReturn) end--;
    }
    if (n < room) {
      cells.start[n] = start;
      cells.end[n] = end;
      cells.escaped[n] = isEscaped;
    }
    n++;
    if (bytes[p] === lineFeed) break;
    p++;
  }
  cells.count = n;
  if (p >= limit && !format.isEnd) return -1;
  return p + 1;
}

/** The same with room for every cell of the record, however many they are: `cells`, or larger ones. */
export function readEveryCell(
  bytes: Uint8Array,
  from: number,
  limit: number,
  format: DelimitedFormat,
  cells: RecordCells,
): { readonly next: number; readonly cells: RecordCells } {
  const next = readRecord(bytes, from, limit, format, cells);
  if (cells.count <= cells.start.length) return { next, cells };
  const larger = recordCells(cells.count);
  return { next: readRecord(bytes, from, limit, format, larger), cells: larger };
}

/**
 * The same for a record that is known to be whole, in a text that the kernel holds: sixteen bytes at a time unless there is
 * a quote in it. `innerLines` is left alone.
 */
export function readWholeRecord(
  bytes: Uint8Array,
  from: number,
  limit: number,
  format: DelimitedFormat,
  cells: RecordCells,
): void {
  const kernel = textKernel();
  const count = kernel.cells(from, format.delimiter);
  if (count < 0) {
    readRecord(bytes, from, limit, format, cells);
    return;
  }
  const ends = kernel.out();
  const kept = Math.min(count, cells.start.length);
  let start = from;
  for (let i = 0; i < kept; i++) {
    const end = ends[i] ?? 0;
    cells.start[i] = start;
    cells.end[i] = end;
    cells.escaped[i] = 0;
    start = end + 1;
  }
  cells.count = count;
  if (kept < count) return;
  const last = count - 1;
  const end = cells.end[last] ?? 0;
  if (end > (cells.start[last] ?? 0) && bytes[end - 1] === carriageReturn) cells.end[last] = end - 1;
}

/** Text of a cell, doubled quotes undone, blanks around it off; empty for a cell that is not there, or was not kept. */
export function cellText(bytes: Uint8Array, cells: RecordCells, column: number): string {
  if (column < 0 || column >= cells.count || column >= cells.start.length) return '';
  const text = utf8Text(bytes, cells.start[column], cells.end[column]).trim();
  return cells.escaped[column] === 1 ? text.replaceAll('""', '"') : text;
}

/** Every record of a small text as cells. Blank lines are left out. */
export function readDelimited(text: string, delimiter = ','): string[][] {
  const encoded = utf8(text.replace(/^\ufeff/, ''));
  const bytes = new Uint8Array(encoded.length + 1);
  bytes.set(encoded);
  bytes[encoded.length] = lineFeed;
  const format = { delimiter: delimiter.charCodeAt(0), isEnd: true };
  let room = recordCells(64);
  const rows: string[][] = [];
  for (let at = 0; at < encoded.length; ) {
    const { next, cells } = readEveryCell(bytes, at, encoded.length, format, room);
    room = cells;
    if (next < 0) break;
    const row = Array.from({ length: cells.count }, (_, i) => cellText(bytes, cells, i));
    if (row.length > 1 || row[0] !== '') rows.push(row);
    at = next;
  }
  return rows;
}

/** Rows of a small table by its header. */
export function readTextRows(text: string): Record<string, string>[] {
  const [header, ...rows] = readDelimited(text);
  if (header === undefined) return [];
  return rows.map((row) => Object.fromEntries(header.map((name, i) => [name, row[i] ?? ''])));
}
