import { type DelimitedFormat, type RecordCells, readWholeRecord, recordCells } from './delimited.ts';
import { findPatternsInto, occurrences } from './find-patterns.ts';
import { findRecordsInto, recordStarts, type TextPart } from './find-records.ts';
import { recordHead } from './firm-record.ts';
import { type FirmRowReader, firmRowInto, recordRoom } from './firm-row.ts';
import { hadDenial, hadHit, type KeywordMatcher } from './match-keywords.ts';
import { textKernel } from './text-kernel.ts';

/** What was read besides firms. Counts go up over the parts of one run. */
export interface RowCounts {
  rows: number;
  lines: number;
  /** Rows with a keyword and another number of cells than the header. */
  broken: number;
  hitRows: number;
  /** Rows whose keywords all stand inside exclusion phrases, or are denied. */
  trapped: number;
  denied: number;
  readonly brokenAt: number[];
  readonly trappedAt: number[];
  readonly deniedAt: number[];
}

/** First places of a kind that are remembered. */
export const examplesKept = 20;

export function rowCounts(): RowCounts {
  return {
    rows: 0,
    lines: 0,
    broken: 0,
    hitRows: 0,
    trapped: 0,
    denied: 0,
    brokenAt: [],
    trappedAt: [],
    deniedAt: [],
  };
}

/** A part with where it belongs. */
export interface RunPart extends TextPart {
  readonly isEnd: boolean;
  readonly run: number;
  /** Place of `from` in the run. */
  readonly origin: number;
}

/** Takes a firm that was hit: `length` words of `record`, which is reused. */
export type EmitFirm = (record: Uint32Array, length: number) => void;

/** Reads the rows of parts one after another. Holds scratch space: one a thread. */
export interface RowScanner {
  /** @returns where the next part begins; before `part.stop` when the record there does not end within `part.limit` */
  scan(part: RunPart, table: FirmRowReader & { readonly delimiter: number }, counts: RowCounts): number;
}

/**
 * A scanner in three sweeps over each part: where records start, where keywords stand, and only for records that hold one
 * their cells. Most rows of a registry hold none and are never taken apart.
 */
export function rowScanner(matcher: KeywordMatcher, emit: EmitFirm): RowScanner {
  const starts = recordStarts();
  const hits = occurrences();
  const record = new Uint32Array(recordHead + matcher.words + recordRoom);
  const found = new Uint32Array(matcher.words);
  const raw = new Uint32Array((matcher.trapId + 32) >>> 5);
  let cells: RecordCells = recordCells(0);

  /** The keywords that the cells of one record hold, to `found`. @returns what the texts had; occurrences are [first, last) */
  const judge = (bytes: Uint8Array, columns: FirmRowReader['columns'], first: number, last: number): number => {
    for (let w = 0; w < found.length; w++) found[w] = 0;
    let had = 0;
    for (let f = 0; f < 2; f++) {
      const column = f === 0 ? columns.name : columns.scope;
      if (column < 0) continue;
      const start = cells.start[column] ?? 0;
      const stop = cells.end[column] ?? 0;
      let isRaw = matcher.hasLatin;
      for (let i = first; i < last; i++) {
        const at = hits.at[i] ?? 0;
        if (at < start || at >= stop) continue;
        const id = hits.id[i] ?? 0;
        raw[id >>> 5] = (raw[id >>> 5] ?? 0) | (1 << (id & 31));
        isRaw = true;
      }
      if (!isRaw) continue;
      had |= matcher.settle(bytes, start, stop, raw, found);
      for (let w = 0; w < raw.length; w++) raw[w] = 0;
    }
    return had;
  };
  /** Counts a record with keywords, whose cells were read; a firm that was hit is emitted. */
  const take = (bytes: Uint8Array, had: number, place: number, table: FirmRowReader, counts: RowCounts): void => {
    if (had === 0) return;
    if ((had & hadHit) === 0) {
      const isDenied = (had & hadDenial) !== 0;
      if (isDenied) counts.denied++;
      else counts.trapped++;
      keep(isDenied ? counts.deniedAt : counts.trappedAt, place);
      return;
    }
    counts.hitRows++;
    record[2] = place;
    for (let w = 0; w < found.length; w++) record[recordHead + w] = found[w] ?? -1;
    emit(record, firmRowInto(record, bytes, cells, table));
  };

  return {
    scan: (part, table, counts) => {
      const { from, limit } = part;
      const bytes = textKernel().hold(part.bytes);
      const { columns } = table;
      const format: DelimitedFormat = { delimiter: table.delimiter, isEnd: part.isEnd };
      if (cells.start.length !== columns.count) cells = recordCells(columns.count);
      const end = findRecordsInto(starts, { bytes, from, stop: part.stop, limit }, format, cells);
      findPatternsInto(hits, matcher.patterns, bytes, from, Math.min(end, limit));
      counts.rows += starts.count;
      counts.lines += starts.lines;
      record[1] = part.run;
      const shift = part.origin - from;
      const startOf = starts.at;
      const hitAt = hits.at;
      const hitCount = hits.count;
      let h = 0;
      let r = -1;
      while (matcher.hasLatin ? r + 1 < starts.count : h < hitCount) {
        r++;
        if (!matcher.hasLatin) while ((startOf[r + 1] ?? -1) <= (hitAt[h] ?? 0)) r++;
        const at = startOf[r] ?? -1;
        const next = startOf[r + 1] ?? -1;
        const first = h;
        readWholeRecord(bytes, at, limit, format, cells);
        while (h < hitCount && (hitAt[h] ?? 0) < next) h++;
        if (cells.count === columns.count) {
          take(bytes, judge(bytes, columns, first, h), at + shift, table, counts);
          continue;
        }
        if (h === first) continue;
        counts.broken++;
        keep(counts.brokenAt, at + shift);
      }
      return end;
    },
  };
}

function keep(list: number[], place: number): void {
  if (list.length < examplesKept) list.push(place);
}
