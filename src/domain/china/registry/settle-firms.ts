import { lastOf } from '../../../error/at.ts';
import { withKeys } from '../../../error/known-keys.ts';
import { cityOf, cityYear, firmFlags, keyHash, recordHead, yearOf } from './firm-record.ts';
import { type CountRules, type LeftOut, leftOutReasons } from './scan-contract.ts';
import { examplesKept } from './scan-rows.ts';

/** Order of the rows over all files: place of the run × 2^32 + place in it. */
export const runSpan = 0x1_0000_0000;

export interface SettleRules {
  readonly counting: CountRules;
  /** 32-bit words of a set of keywords, and how many keywords there are. */
  readonly words: number;
  readonly keywords: number;
  readonly sample: number;
  /** City and year, packed, that firms are drawn from; null: any. */
  readonly sampleOf: number | null;
  readonly seed: number;
  /** By run: its place in file order, -1 for a run whose rows do not count. */
  readonly runOrder: Int32Array;
}

/** What the firms of one or more partitions add up to. Plain data that adds by `addTally`. */
export interface Tally {
  duplicates: number;
  firms: number;
  counted: number;
  readonly leftOut: Record<LeftOut, number>;
  codesMissing: number;
  codesMalformed: number;
  codesCheckDigit: number;
  closedWithoutDate: number;
  /** By `cityYear`: a row of counts, see `cellCounts`. */
  readonly cells: Map<number, Uint32Array>;
  /** Counted firms by keyword, 256 founding years each: keyword × 256 + year - 1900. */
  byKeyword: Uint32Array;
  /** Kind of trouble → order of the first rows that have it. */
  readonly examples: Record<ExampleKind, number[]>;
  /** Drawn firms: the ones with the least priority. */
  sample: { readonly priority: number; readonly order: number; readonly place: number; readonly mask: Uint32Array }[];
}

/**
 * Counts of a city and year: 0 firms founded, 1 firms closed (of a stock), then by keyword the firms that only it finds:
 * founded, and behind them closed.
 */
export function cellCounts(keywords: number): Uint32Array {
  return new Uint32Array(2 + 2 * keywords);
}

export const exampleKinds = ['duplicate', 'date', 'unplaced', 'code'] as const;
export type ExampleKind = (typeof exampleKinds)[number];

export function emptyTally(keywords: number): Tally {
  return {
    duplicates: 0,
    firms: 0,
    counted: 0,
    leftOut: withKeys(leftOutReasons, () => 0),
    codesMissing: 0,
    codesMalformed: 0,
    codesCheckDigit: 0,
    closedWithoutDate: 0,
    cells: new Map(),
    byKeyword: new Uint32Array(keywords * 256),
    examples: { duplicate: [], date: [], unplaced: [], code: [] },
    sample: [],
  };
}

/** By hash of the key: where its first record is, -1 for none. Reused from partition to partition. */
let slots = new Int32Array(0);

/**
 * Settles duplicates among the firms of a partition and adds them up: of rows with one key the first in file order is the
 * firm. `records` is filled up to `length` words and holds every row of its keys.
 */
export function settleInto(tally: Tally, records: Uint32Array, length: number, rules: SettleRules): void {
  const size = 2 ** Math.ceil(Math.log2(Math.max(16, 2 * countRecords(records, length))));
  if (slots.length < size) slots = new Int32Array(size);
  slots.fill(-1, 0, size);
  settleRows(tally, records, length, size, rules);
  addFirms(tally, records, size, rules);
}

function countRecords(records: Uint32Array, length: number): number {
  let count = 0;
  for (let at = 0; at < length; at += records[at] ?? 0) count++;
  return count;
}

function settleRows(tally: Tally, records: Uint32Array, length: number, size: number, rules: SettleRules): void {
  for (let at = 0; at < length; at += records[at] ?? 0) settleRow(tally, records, at, size, rules);
}

function addFirms(tally: Tally, records: Uint32Array, size: number, rules: SettleRules): void {
  for (let slot = 0; slot < size; slot++) {
    const at = slots[slot] ?? -1;
    if (at >= 0) addFirm(tally, records, at, orderOf(records, at, rules.runOrder), rules);
  }
}

function settleRow(
  tally: Tally,
  records: Uint32Array,
  at: number,
  size: number,
  { words, runOrder }: SettleRules,
): void {
  if ((runOrder[records[at + 1] ?? 0] ?? -1) < 0) return;
  const keyAt = recordHead + words;
  let slot = keyHash(records, at + keyAt, at + (records[at] ?? 0)) & (size - 1);
  while ((slots[slot] ?? -1) >= 0 && !sameKey(records, slots[slot] ?? -1, at, keyAt)) slot = (slot + 1) & (size - 1);
  const other = slots[slot] ?? -1;
  if (other < 0) {
    slots[slot] = at;
    return;
  }
  tally.duplicates++;
  const order = orderOf(records, at, runOrder);
  const before = orderOf(records, other, runOrder);
  keepLeast(tally.examples.duplicate, Math.max(order, before));
  if (order < before) slots[slot] = at;
}

function orderOf(records: Uint32Array, at: number, runOrder: Int32Array): number {
  return (runOrder[records[at + 1] ?? 0] ?? -1) * runSpan + (records[at + 2] ?? 0);
}

function sameKey(records: Uint32Array, a: number, b: number, keyAt: number): boolean {
  const length = records[a] ?? 0;
  if (length !== records[b]) return false;
  for (let i = keyAt; i < length; i++) if (records[a + i] !== records[b + i]) return false;
  return true;
}

function addFirm(tally: Tally, records: Uint32Array, at: number, order: number, rules: SettleRules): void {
  const { counting, words, keywords } = rules;
  const place = records[at + 3] ?? 0;
  const flags = (records[at + 4] ?? 0) & 0xffff;
  const closedYear = (records[at + 4] ?? 0) >>> 16;
  tally.firms++;
  if ((flags & codeFaults) !== 0) {
    if ((flags & firmFlags.codeMissing) !== 0) tally.codesMissing++;
    else if ((flags & firmFlags.codeMalformed) !== 0) tally.codesMalformed++;
    else tally.codesCheckDigit++;
    if ((flags & firmFlags.codeMissing) === 0) keepLeast(tally.examples.code, order);
  }
  const reason = leftOut(place, flags, counting);
  if (reason === 'unplaced') keepLeast(tally.examples.unplaced, order);
  else if (reason !== null && dateReasons.includes(reason)) keepLeast(tally.examples.date, order);
  // A firm that has no place or no year still stands among the counts, under none.
  const isSeen = reason === null || reason === 'unplaced' || dateReasons.includes(reason);
  if (reason !== null) tally.leftOut[reason]++;
  if (!isSeen) return;
  const cell = cellAt(tally, place, keywords);
  cell[0] = (cell[0] ?? 0) + 1;
  if (reason !== null) return;
  tally.counted++;
  const year = place & 255;
  let only = -1;
  for (let w = 0; w < words; w++) {
    for (let bits = records[at + recordHead + w] ?? 0; bits !== 0; bits &= bits - 1) {
      const k = 32 * w + 31 - Math.clz32(bits & -bits);
      tally.byKeyword[k * 256 + year] = (tally.byKeyword[k * 256 + year] ?? 0) + 1;
      only = only === -1 ? k : -2;
    }
  }
  if (only >= 0) cell[2 + only] = (cell[2 + only] ?? 0) + 1;
  if (counting.count === 'stock') {
    if ((flags & firmFlags.closed) !== 0 && closedYear === 0) tally.closedWithoutDate++;
    if (closedYear > 0) {
      const left = cellAt(tally, cityYear(cityOf(place), Math.max(yearOf(place), closedYear)), keywords);
      left[1] = (left[1] ?? 0) + 1;
      if (only >= 0) left[2 + keywords + only] = (left[2 + keywords + only] ?? 0) + 1;
    }
  }
  if (rules.sample > 0 && (rules.sampleOf ?? place) === place) draw(tally, records, at, order, rules);
}

const codeFaults = firmFlags.codeMissing | firmFlags.codeMalformed | firmFlags.codeCheckDigit;
const dateReasons: readonly LeftOut[] = ['no-date', 'bad-date', 'early', 'late'];

function leftOut(place: number, flags: number, counting: CountRules): LeftOut | null {
  if (counting.status === 'active' && (flags & firmFlags.closed) !== 0) return 'struck-off';
  if (!counting.branches && (flags & firmFlags.branch) !== 0) return 'branch';
  if (!counting.individuals && (flags & firmFlags.individual) !== 0) return 'individual';
  if ((flags & firmFlags.dateMissing) !== 0) return 'no-date';
  if ((flags & firmFlags.dateBad) !== 0) return 'bad-date';
  if ((flags & firmFlags.dateEarly) !== 0) return 'early';
  if ((flags & firmFlags.dateLate) !== 0) return 'late';
  return cityOf(place) === 0 ? 'unplaced' : null;
}

function cellAt(tally: Tally, place: number, keywords: number): Uint32Array {
  let cell = tally.cells.get(place);
  if (cell === undefined) {
    cell = cellCounts(keywords);
    tally.cells.set(place, cell);
  }
  return cell;
}

/** Keeps the `examplesKept` least numbers, in order. */
export function keepLeast(list: number[], value: number): void {
  if (list.length === examplesKept && value >= lastOf(list)) return;
  const place = list.filter((one) => one <= value).length;
  list.splice(place, 0, value);
  if (list.length > examplesKept) list.pop();
}

/**
 * A simple random sample without replacement: the firms with the least hash of seed and key. It depends on neither the
 * number of threads nor the order of the rows.
 */
function draw(tally: Tally, records: Uint32Array, at: number, order: number, rules: SettleRules): void {
  const from = at + recordHead + rules.words;
  const to = at + (records[at] ?? 0);
  const seeded = new Uint32Array(to - from + 1);
  seeded.set(records.subarray(from, to), 1);
  seeded[0] = rules.seed >>> 0;
  const high = keyHash(seeded, 0, seeded.length);
  seeded[0] = (Math.floor(rules.seed / runSpan) ^ 0x5bd1e995 ^ high) >>> 0;
  const priority = high * 0x20_0000 + (keyHash(seeded, 0, seeded.length) >>> 11);
  const mask = records.slice(at + recordHead, from);
  tally.sample.push({ priority, order, place: records[at + 3] ?? 0, mask });
  if (tally.sample.length >= 2 * rules.sample + 1000) trimSample(tally, rules.sample);
}

/** Keeps the `size` firms with the least priority. */
export function trimSample(tally: Tally, size: number): void {
  tally.sample = tally.sample.sort((a, b) => a.priority - b.priority || a.order - b.order).slice(0, size);
}

/** Adds the tally of other partitions. */
export function addTally(into: Tally, other: Tally, sample: number): void {
  into.duplicates += other.duplicates;
  into.firms += other.firms;
  into.counted += other.counted;
  into.codesMissing += other.codesMissing;
  into.codesMalformed += other.codesMalformed;
  into.codesCheckDigit += other.codesCheckDigit;
  into.closedWithoutDate += other.closedWithoutDate;
  for (const reason of leftOutReasons) into.leftOut[reason] += other.leftOut[reason];
  for (const [place, counts] of other.cells) {
    const cell = into.cells.get(place);
    if (cell === undefined) into.cells.set(place, counts);
    else for (let i = 0; i < cell.length; i++) cell[i] = (cell[i] ?? 0) + (counts[i] ?? 0);
  }
  for (let i = 0; i < into.byKeyword.length; i++)
    into.byKeyword[i] = (into.byKeyword[i] ?? 0) + (other.byKeyword[i] ?? 0);
  for (const kind of exampleKinds) for (const order of other.examples[kind]) keepLeast(into.examples[kind], order);
  into.sample.push(...other.sample);
  trimSample(into, sample);
}
