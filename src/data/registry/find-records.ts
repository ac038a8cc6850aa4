import { type DelimitedFormat, type RecordCells, readRecord } from './delimited.ts';

/** Bytes of one part of a delimited file: records start at `from`, those that start before `stop` are its own. */
export interface TextPart {
  /** Valid UTF-8 from the start of its buffer, eight line feeds at `limit`. */
  readonly bytes: Uint8Array;
  readonly from: number;
  readonly stop: number;
  readonly limit: number;
}

/** Where the records of a part start. Reused from part to part. */
export interface RecordStarts {
  count: number;
  /** Starts of the records, and behind the last one where it ends. */
  at: Int32Array;
  /** Lines read, blank ones and those inside quotes among them. */
  lines: number;
}

export function recordStarts(): RecordStarts {
  return { count: 0, at: new Int32Array(1 << 14), lines: 0 };
}

const lineFeed = 10;
const carriageReturn = 13;
const quote = 34;

/**
 * Finds the records of a part, four bytes at a time; a line with a quote is read cell by cell, as it may go on behind its
 * end. Blank lines are no records.
 * @returns where the next part begins: before `stop` when the record there does not end within `limit`
 */
export function findRecordsInto(
  out: RecordStarts,
  part: TextPart,
  format: DelimitedFormat,
  cells: RecordCells,
): number {
  const { bytes, stop, limit } = part;
  const words = new Int32Array(bytes.buffer, 0, bytes.length >>> 2);
  out.count = 0;
  out.lines = 0;
  let at = part.from;
  while (at < stop) {
    const p = nextMark(bytes, words, at);
    let next = p + 1;
    let isBlank = false;
    if (bytes[p] === quote) {
      next = readRecord(bytes, at, limit, format, cells);
      if (next < 0) break;
      out.lines += cells.innerLines;
    } else {
      if (p >= limit && !format.isEnd) break;
      isBlank = p === at || (p === at + 1 && bytes[at] === carriageReturn);
    }
    out.lines++;
    if (!isBlank) {
      if (out.count + 1 >= out.at.length) {
        const longer = new Int32Array(2 * out.at.length);
        longer.set(out.at);
        out.at = longer;
      }
      out.at[out.count++] = at;
    }
    at = next;
  }
  out.at[out.count] = at;
  return at;
}

/** Place of the first line feed or quote at or behind `from`; bytes below 35 are looked at, eight others passed at once. */
function nextMark(bytes: Uint8Array, words: Int32Array, from: number): number {
  let p = from;
  for (;;) {
    while ((p & 3) !== 0) {
      if (bytes[p] === lineFeed || bytes[p] === quote) return p;
      p++;
    }
    let w = p >>> 2;
    for (;;) {
      // The upper bit of each byte that is below 35; exact for the first one.
      const low = (words[w] - 0x23232323) & ~words[w] & 0x80808080;
      if (low !== 0) {
        p = (w << 2) + ((31 - Math.clz32(low & -low)) >> 3);
        break;
      }
      w++;
    }
    if (bytes[p] === lineFeed || bytes[p] === quote) return p;
    p++;
  }
}
