import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { placeIndex } from '../../domain/china/place/place-index.ts';
import { firmPlaces } from '../../domain/china/registry/firm-place.ts';
import { cityYear, keyHash, recordHead } from '../../domain/china/registry/firm-record.ts';
import { keywordMatcher } from '../../domain/china/registry/match-keywords.ts';
import type { PlaceTables, ScanRules } from '../../domain/china/registry/scan-contract.ts';
import { type RowCounts, rowCounts, rowScanner } from '../../domain/china/registry/scan-rows.ts';
import { emptyTally, settleInto, type Tally, trimSample } from '../../domain/china/registry/settle-firms.ts';
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
}

export interface PartResult {
  readonly run: number;
  /** Place of the first record, -1 when none starts in the part. */
  readonly start: number;
  /** Place behind the last record, -1 when it did not end: the guess was wrong. */
  readonly end: number;
  readonly counts: RowCounts;
}

/** The firms that a thread found: by partition, blocks of its own file and what is still in memory. */
export interface SpilledFirms {
  readonly path: string | null;
  readonly blocks: readonly (readonly { readonly at: number; readonly words: number }[])[];
  readonly rest: readonly Uint32Array[];
}

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
  const waiting = Array.from({ length: partitions }, () => new Uint32Array(0));
  const filled = new Int32Array(partitions);
  const blocks = Array.from({ length: partitions }, () => [] as { at: number; words: number }[]);
  const { count, status, branches, individuals } = rules.counting;
  const isKindNeeded = count === 'stock' || status === 'active' || !branches || !individuals;
  const path = join(setup.folder, `firms-${setup.thread}`);
  let spill = -1;
  let spilled = 0;

  const write = (p: number): void => {
    if (filled[p] === 0) return;
    if (spill < 0) spill = openSync(path, 'w');
    const block = new Uint8Array(waiting[p].buffer, 0, filled[p] * 4);
    for (let done = 0; done < block.length; )
      done += writeSync(spill, block, done, block.length - done, spilled + done);
    blocks[p].push({ at: spilled, words: filled[p] });
    spilled += block.length;
    filled[p] = 0;
  };
  const emit = (record: Uint32Array, length: number): void => {
    const p = keyHash(record, recordHead + matcher.words, length) >>> partitionShift;
    if (waiting[p].length === 0) waiting[p] = new Uint32Array(blockWords);
    if (filled[p] + length > blockWords) write(p);
    const block = waiting[p];
    const from = filled[p];
    for (let i = 0; i < length; i++) block[from + i] = record[i];
    filled[p] = from + length;
  };
  const handleOf = (file: number): number => {
    const known = handles.get(file);
    if (known !== undefined) return known;
    const handle = openSync(files[file].path, 'r');
    handles.set(file, handle);
    return handle;
  };

  const scanner = rowScanner(matcher, emit);
  const asOf = rules.asOf ?? Number.POSITIVE_INFINITY;
  const reading = { places, asOf, words: matcher.words, isKindNeeded };

  return {
    scan: (task) => {
      const file = files[task.file];
      const counts = rowCounts();
      const table = { columns: file.columns, delimiter: file.delimiter, ...reading };
      let extra = usualExtra;
      let read = 0;
      for (;;) {
        const part = loadPart(handleOf(task.file), file, task, extra, buffer);
        if (part.start < 0) return { run: task.run, start: -1, end: -1, counts };
        const from = part.from + read;
        const { bytes, stop, limit, isEnd } = part;
        const at = scanner.scan({ bytes, from, stop, limit, isEnd, run: task.run, origin: read }, table, counts);
        read = at - part.from;
        if (at >= part.stop || at >= part.limit) {
          return { run: task.run, start: part.start, end: Math.min(file.size, part.placeOf(at)), counts };
        }
        extra *= 8;
        if (!task.isKnown && (part.isEnd || extra > guessedExtra))
          return { run: task.run, start: part.start, end: -1, counts };
        if (part.isEnd || extra > longestRecord) {
          throw unreadable(file.name, lineOf(handleOf(task.file), part.placeOf(at)), 'unclosed-quote');
        }
      }
    },
    finish: () => {
      const rest = waiting.map((block, p) => block.slice(0, filled[p]));
      for (const handle of handles.values()) closeSync(handle);
      handles.clear();
      if (spill >= 0) closeSync(spill);
      buffer.bytes = new Uint8Array(0);
      waiting.fill(new Uint32Array(0));
      return { path: spill < 0 ? null : path, blocks, rest };
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
      const open = task.spilled.map((one) => (one.path === null ? -1 : openSync(one.path, 'r')));
      for (const p of task.partitions) {
        const length = task.spilled.reduce((sum, one) => sum + wordsOf(one, p), 0);
        if (records.length < length) records = new Uint32Array(Math.ceil(length * 1.1));
        let at = 0;
        task.spilled.forEach((one, i) => {
          for (const block of one.blocks[p]) {
            const into = new Uint8Array(records.buffer, at * 4, block.words * 4);
            readFully(open[i], into, into.length, block.at);
            at += block.words;
          }
          records.set(one.rest[p], at);
          at += one.rest[p].length;
        });
        settleInto(tally, records, length, settling);
      }
      for (const handle of open) if (handle >= 0) closeSync(handle);
      trimSample(tally, rules.sample);
      return tally;
    },
  };
}

function wordsOf({ blocks, rest }: SpilledFirms, p: number): number {
  return blocks[p].reduce((sum, { words }) => sum + words, rest[p].length);
}
