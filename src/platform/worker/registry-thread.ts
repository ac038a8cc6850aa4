import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { placeIndex } from '../../domain/china/place/place-index.ts';
import { firmPlaces } from '../../domain/china/registry/firm-place.ts';
import { cityYear, keyHash, recordHead } from '../../domain/china/registry/firm-record.ts';
import { keywordMatcher } from '../../domain/china/registry/match-keywords.ts';
import type { PlaceTables, ScanRules } from '../../domain/china/registry/scan-contract.ts';
import { type RowCounts, rowCounts, rowScanner } from '../../domain/china/registry/scan-rows.ts';
import { emptyTally, settleInto, type Tally, trimSample } from '../../domain/china/registry/settle-firms.ts';
import { at } from '../../error/at.ts';
import { lineOf, type RegistryFile, readFully, unreadable } from './registry-file.ts';
import { loadPart, type PartBuffer, type PartTask } from './registry-part.ts';

/** Firms go to the partition that the upper bits of their key's hash say; each is settled by itself. */
export const partitions = 64;
const partitionShift = 26;
/** Words of a partition that wait in memory before they are written out. */
const blockWords = 1 << 14;
/** First guess of what the last record of a part needs behind it, and how far a record may go. */
const usualExtra = 1 << 16;
const guessedExtra = 1 << 20;
const longestRecord = 1 << 26;

/** What a thread is started with. Plain data. */
export interface ThreadSetup {
  readonly files: readonly RegistryFile[];
  readonly rules: ScanRules;
  readonly places: PlaceTables;
  /** Folder for what does not fit in memory. */
  readonly folder: string;
  readonly thread: number;
  /** Whether all firms go to the folder, to be settled by a later run as well. */
  readonly isKept: boolean;
}

export interface PartResult {
  readonly run: number;
  /** Place of the first record, -1 when none starts in the part. */
  readonly start: number;
  /** Place behind the last record, -1 when it did not end: the guess was wrong. */
  readonly end: number;
  readonly counts: RowCounts;
}

/** The firms that a thread found, by partition; `path` is its own file. */
export interface SpilledFirms {
  readonly path: string | null;
  readonly parts: readonly SpilledPart[];
  /** What is added to the runs that its firms name. */
  readonly runBase: number;
}

/** Firms of one partition: blocks of the thread's file, and what is still in memory. */
export interface SpilledPart {
  readonly written: readonly { readonly at: number; readonly words: number }[];
  readonly rest: Uint32Array;
}

/** Firms of one partition while they are gathered: words of a block up to `filled`, and the blocks that are written. */
interface Partition {
  block: Uint32Array;
  filled: number;
  readonly written: { readonly at: number; readonly words: number }[];
}

const none = new Uint32Array(0);

export interface SettleTask {
  readonly partitions: readonly number[];
  readonly spilled: readonly SpilledFirms[];
  readonly runOrder: Int32Array;
}

/** One thread of a scan; runs in a worker, or in the calling thread. */
export interface RegistryThread {
  scan(task: PartTask): PartResult;
  finish(): SpilledFirms;
  settle(task: SettleTask): Tally;
}

export function registryThread(setup: ThreadSetup): RegistryThread {
  const { files, rules } = setup;
  const matcher = keywordMatcher(rules.keywords, rules.match);
  const { gazetteer, aliases, changes } = setup.places;
  const places = firmPlaces(placeIndex(gazetteer, aliases, { changes }));
  const handles = new Map<number, number>();
  const buffer: PartBuffer = { bytes: new Uint8Array(0) };
  const parts = Array.from({ length: partitions }, (): Partition => ({ block: none, filled: 0, written: [] }));
  const { count, status, branches, individuals } = rules.counting;
  const isKindNeeded = count === 'stock' || status === 'active' || !branches || !individuals;
  const path = join(setup.folder, `firms-${setup.thread}`);
  let spill = -1;
  let spilled = 0;

  const write = (part: Partition): void => {
    if (part.filled === 0) return;
    if (spill < 0) spill = openSync(path, 'w');
    const block = new Uint8Array(part.block.buffer, 0, part.filled * 4);
    for (let done = 0; done < block.length; )
      done += writeSync(spill, block, done, block.length - done, spilled + done);
    part.written.push({ at: spilled, words: part.filled });
    spilled += block.length;
    part.filled = 0;
  };
  const emit = (record: Uint32Array, length: number): void => {
    const part = at(parts, keyHash(record, recordHead + matcher.words, length) >>> partitionShift);
    if (part.block.length === 0) part.block = new Uint32Array(blockWords);
    if (part.filled + length > blockWords) write(part);
    const { block, filled } = part;
    for (let i = 0; i < length; i++) block[filled + i] = record[i] ?? 0;
    part.filled = filled + length;
  };
  const handleOf = (file: number): number => {
    const known = handles.get(file);
    if (known !== undefined) return known;
    const handle = openSync(at(files, file).path, 'r');
    handles.set(file, handle);
    return handle;
  };

  const scanner = rowScanner(matcher, emit);
  const asOf = rules.asOf ?? Number.POSITIVE_INFINITY;
  const reading = { places, asOf, words: matcher.words, isKindNeeded };

  return {
    scan: (task) => {
      const file = at(files, task.file);
      const counts = rowCounts();
      const table = { columns: file.columns, delimiter: file.delimiter, ...reading };
      let extra = usualExtra;
      let read = 0;
      for (;;) {
        const part = loadPart(handleOf(task.file), file, task, extra, buffer);
        if (part.start < 0) return { run: task.run, start: -1, end: -1, counts };
        const from = part.from + read;
        const { bytes, stop, limit, isEnd } = part;
        const place = scanner.scan({ bytes, from, stop, limit, isEnd, run: task.run, origin: read }, table, counts);
        read = place - part.from;
        if (place >= part.stop || place >= part.limit) {
          return { run: task.run, start: part.start, end: Math.min(file.size, part.placeOf(place)), counts };
        }
        extra *= 8;
        if (!task.isKnown && (part.isEnd || extra > guessedExtra))
          return { run: task.run, start: part.start, end: -1, counts };
        if (part.isEnd || extra > longestRecord) {
          throw unreadable(file.name, lineOf(handleOf(task.file), part.placeOf(place)), 'unclosed-quote');
        }
      }
    },
    finish: () => {
      if (setup.isKept) for (const part of parts) write(part);
      const spilledParts = parts.map(({ block, filled, written }) => ({ written, rest: block.slice(0, filled) }));
      for (const handle of handles.values()) closeSync(handle);
      handles.clear();
      if (spill >= 0) closeSync(spill);
      buffer.bytes = new Uint8Array(0);
      for (const part of parts) part.block = none;
      return { path: spill < 0 ? null : path, parts: spilledParts, runBase: 0 };
    },
    settle: (task) => {
      const tally = emptyTally(rules.keywords.length);
      const settling = {
        counting: rules.counting,
        words: matcher.words,
        keywords: rules.keywords.length,
        sample: rules.sample,
        sampleOf: rules.sampleOf == null ? null : cityYear(rules.sampleOf.city, rules.sampleOf.year),
        seed: rules.seed,
        runOrder: task.runOrder,
      };
      let records = new Uint32Array(0);
      for (const p of task.partitions) {
        const length = task.spilled.reduce((sum, one) => sum + wordsOf(at(one.parts, p)), 0);
        if (records.length < length) records = new Uint32Array(Math.ceil(length * 1.1));
        let place = 0;
        for (const { path: file, parts: own, runBase } of task.spilled) {
          const { written, rest } = at(own, p);
          const first = place;
          // Open for as long as it is read: there may be more files than a process may have open.
          const handle = file === null || written.length === 0 ? -1 : openSync(file, 'r');
          for (const block of written) {
            const into = new Uint8Array(records.buffer, place * 4, block.words * 4);
            readFully(handle, into, into.length, block.at);
            place += block.words;
          }
          if (handle >= 0) closeSync(handle);
          records.set(rest, place);
          place += rest.length;
          if (runBase > 0)
            for (let one = first; one < place; one += at(records, one))
              records[one + 1] = at(records, one + 1) + runBase;
        }
        settleInto(tally, records, length, settling);
      }
      trimSample(tally, rules.sample);
      return tally;
    },
  };
}

function wordsOf({ written, rest }: SpilledPart): number {
  return written.reduce((sum, { words }) => sum + words, rest.length);
}
