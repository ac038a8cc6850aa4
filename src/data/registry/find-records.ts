import { type DelimitedFormat, type RecordCells, readRecord } from './delimited.ts';
import { span, textKernel } from './text-kernel.ts';

/** Bytes of one part of a delimited file: records start at `from`, those that start before `stop` are its own. */
export interface TextPart {
  /** Valid UTF-8, eight line feeds at `limit`. */
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

const carriageReturn = 13;
const quote = 34;

/**
 * Finds the records of a part between its line feeds; a line with a quote is read cell by cell, as it may go on behind its
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
  const kernel = textKernel();
  kernel.hold(bytes);
  out.count = 0;
  out.lines = 0;
  let at = part.from;
  // Marks are found block by block; those before a record that went on over its line end are passed over.
  for (let block = at; at < stop; block += span) {
    if (block < at) block = at;
    const marks = kernel.marks(block, Math.min(block + span, limit + 1));
    if (out.count + marks + 1 >= out.at.length) out.at = longer(out.at, marks);
    const places = kernel.out();
    for (let m = 0; m < marks && at < stop; m++) {
      const p = places[m];
      if (p < at) continue;
      let next = p + 1;
      let isBlank = false;
      if (bytes[p] === quote) {
        next = readRecord(bytes, at, limit, format, cells);
        if (next < 0) return ended(out, at);
        out.lines += cells.innerLines;
      } else {
        if (p >= limit && !format.isEnd) return ended(out, at);
        isBlank = p === at || (p === at + 1 && bytes[at] === carriageReturn);
      }
      out.lines++;
      if (!isBlank) out.at[out.count++] = at;
      at = next;
    }
  }
  return ended(out, at);
}

function ended(out: RecordStarts, at: number): number {
  out.at[out.count] = at;
  return at;
}

function longer(starts: Int32Array, more: number): Int32Array {
  const all = new Int32Array(2 * (starts.length + more));
  all.set(starts);
  return all;
}
