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
  const { stop, limit } = part;
  const kernel = textKernel();
  const bytes = kernel.hold(part.bytes);
  const last = format.isEnd ? limit : limit - 1;
  out.count = 0;
  out.lines = 0;
  let at = part.from;
  for (let block = at; at < stop && block <= last; block = Math.max(at, block + span)) {
    const marks = kernel.marks(block, Math.min(block + span, last + 1));
    if (out.count + marks + 1 >= out.at.length) out.at = longer(out.at, marks);
    const next = recordsAmong(out, { bytes, at, stop, limit, places: kernel.out(), marks }, format, cells);
    at = next < 0 ? ~next : next;
    if (next < 0) break;
  }
  out.at[out.count] = at;
  return at;
}

interface Marks {
  readonly bytes: Uint8Array;
  /** Where the first record starts; marks before it are passed over. */
  readonly at: number;
  readonly stop: number;
  readonly limit: number;
  /** Line feeds and quotes, and how many. */
  readonly places: Int32Array;
  readonly marks: number;
}

/** @returns where the record starts that the marks do not end; its complement when the text does not end it either */
function recordsAmong(out: RecordStarts, among: Marks, format: DelimitedFormat, cells: RecordCells): number {
  const { bytes, stop, limit, places, marks } = among;
  const starts = out.at;
  let { at } = among;
  let { count, lines } = out;
  let isOpen = false;
  for (let m = 0; m < marks && at < stop; m++) {
    const p = places[m] ?? 0;
    if (p < at) continue;
    let next = p + 1;
    let isBlank = false;
    if (bytes[p] === quote) {
      next = readRecord(bytes, at, limit, format, cells);
      if (next < 0) {
        isOpen = true;
        break;
      }
      lines += cells.innerLines;
    } else isBlank = p === at || (p === at + 1 && bytes[at] === carriageReturn);
    lines++;
    if (!isBlank) starts[count++] = at;
    at = next;
  }
  out.count = count;
  out.lines = lines;
  return isOpen ? ~at : at;
}

function longer(starts: Int32Array, more: number): Int32Array {
  const all = new Int32Array(2 * (starts.length + more));
  all.set(starts);
  return all;
}
