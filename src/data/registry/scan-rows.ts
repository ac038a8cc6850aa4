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
  const none = { rows: 0, lines: 0, broken: 0, hitRows: 0, trapped: 0, denied: 0 };
  return { ...none, brokenAt: [], trappedAt: [], deniedAt: [] };
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
  const raws = [new Uint32Array((matcher.trapId + 32) >>> 5), new Uint32Array((matcher.trapId + 32) >>> 5)];
  let cells: RecordCells = recordCells(0);

  return {
    scan: (given, table, counts) => {
      const bytes = textKernel().hold(given.bytes);
      const part = { ...given, bytes };
      const { columns } = table;
      const format: DelimitedFormat = { delimiter: table.delimiter, isEnd: part.isEnd };
      if (cells.start.length !== columns.count) cells = recordCells(columns.count);
      const end = findRecordsInto(starts, part, format, cells);
      findPatternsInto(hits, matcher.patterns, bytes, part.from, Math.min(end, part.limit));
      counts.rows += starts.count;
      counts.lines += starts.lines;
      const fields = [columns.name, columns.scope];
      let h = 0;
      let r = -1;
      while (matcher.hasLatin ? r + 1 < starts.count : h < hits.count) {
        r++;
        if (!matcher.hasLatin) while (starts.at[r + 1] <= hits.at[h]) r++;
        const at = starts.at[r];
        const first = h;
        const next = starts.at[r + 1];
        readWholeRecord(bytes, at, part.limit, format, cells);
        while (h < hits.count && hits.at[h] < next) h++;
        const place = part.origin + at - part.from;
        if (cells.count !== columns.count) {
          if (h === first) continue;
          counts.broken++;
          keep(counts.brokenAt, place);
          continue;
        }
        for (let w = 0; w < found.length; w++) found[w] = 0;
        let had = 0;
        for (let f = 0; f < 2; f++) {
          if (fields[f] < 0) continue;
          const start = cells.start[fields[f]];
          const stop = cells.end[fields[f]];
          const raw = raws[f];
          let isRaw = matcher.hasLatin;
          for (let i = first; i < h; i++) {
            if (hits.at[i] < start || hits.at[i] >= stop) continue;
            raw[hits.id[i] >>> 5] |= 1 << (hits.id[i] & 31);
            isRaw = true;
          }
          if (!isRaw) continue;
          had |= matcher.settle(bytes, start, stop, raw, found);
          for (let w = 0; w < raw.length; w++) raw[w] = 0;
        }
        if (had === 0) continue;
        if ((had & hadHit) === 0) {
          const isDenied = (had & hadDenial) !== 0;
          if (isDenied) counts.denied++;
          else counts.trapped++;
          keep(isDenied ? counts.deniedAt : counts.trappedAt, place);
          continue;
        }
        counts.hitRows++;
        record[1] = part.run;
        record[2] = place;
        for (let w = 0; w < matcher.words; w++) record[recordHead + w] = found[w];
        emit(record, firmRowInto(record, bytes, cells, table));
      }
      return end;
    },
  };
}

function keep(list: number[], place: number): void {
  if (list.length < examplesKept) list.push(place);
}
