import { at } from '../../../error/at.ts';
import { type CandidateTables, span, textKernel } from './text-kernel.ts';

/**
 * Many fixed patterns in bytes at once: a sweep over sixteen bytes at a time tells by four bytes of each pattern where one
 * may begin (Teddy, of Hyperscan), the bytes before the end of the shortest pattern which ones (Wu and Manber 1994).
 */
export interface PatternSet {
  /** Length of the window: bytes of the shortest pattern. */
  readonly window: number;
  readonly tables: CandidateTables;
  /** By hash of the last three bytes of the window: first entry of the chain of patterns, -1 for none. */
  readonly head: Int32Array;
  /** By pattern: next of the chain, -1 at its end. */
  readonly next: Int32Array;
  /** All patterns one behind the other; pattern i is `bytes[from[i]] … bytes[from[i + 1] - 1]`. */
  readonly bytes: Uint8Array;
  readonly from: Int32Array;
  /** What a match of the pattern is reported as. */
  readonly ids: Int32Array;
}

/** Small enough to stay in the nearest cache. */
const tableBits = 12;
const tableSize = 1 << tableBits;
/** A block of three bytes is one Chinese character, or the end of one and the start of the next. */
const block = 3;
const longestWindow = 255;

/** @param patterns each at least three bytes long @param ids what each is reported as */
export function compilePatterns(patterns: readonly Uint8Array[], ids: readonly number[]): PatternSet {
  const window = patterns.reduce((least, { length }) => Math.min(least, length), longestWindow);
  const from = new Int32Array(patterns.length + 1);
  patterns.forEach((pattern, i) => {
    from[i + 1] = (from[i] ?? 0) + pattern.length;
  });
  const set: PatternSet = {
    window,
    tables: candidateTables(patterns, window),
    head: new Int32Array(tableSize).fill(-1),
    next: new Int32Array(patterns.length).fill(-1),
    bytes: new Uint8Array(from[patterns.length] ?? 0),
    from,
    ids: Int32Array.from(ids),
  };
  patterns.forEach((pattern, i) => {
    set.bytes.set(pattern, from[i]);
    const last = hashOf(pattern[window - 3] ?? 0, pattern[window - 2] ?? 0, pattern[window - 1] ?? 0);
    set.next[i] = set.head[last] ?? -1;
    set.head[last] = i;
  });
  return set;
}

/** Patterns that begin alike share a bucket. Of characters of three bytes the later two tell most: the first has six values. */
function candidateTables(patterns: readonly Uint8Array[], window: number): CandidateTables {
  const telling = [2, 5, 8, 11, 1, 4, 7, 10].filter((offset) => offset < window);
  const offset = (i: number): number => at(telling, i % telling.length);
  const offsets = [offset(0), offset(1), offset(2), offset(3)] as const;
  const halves = new Uint8Array(128);
  const sorted = [...patterns].sort(compareBytes);
  sorted.forEach((pattern, i) => {
    const bit = 1 << Math.floor((8 * i) / sorted.length);
    offsets.forEach((offset, o) => {
      const byte = pattern[offset] ?? 0;
      for (const half of [32 * o + (byte & 15), 32 * o + 16 + (byte >> 4)]) halves[half] = (halves[half] ?? 0) | bit;
    });
  });
  return { offsets, halves };
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) if (a[i] !== b[i]) return (a[i] ?? 0) - (b[i] ?? 0);
  return a.length - b.length;
}

/** Fibonacci hashing of three bytes, taken from the upper part of a word. */
const multiplier = 0x9e3779b1;

function hashOf(a: number, b: number, c: number): number {
  return Math.imul((a | (b << 8) | (c << 16)) << 8, multiplier) >>> (32 - tableBits);
}

/** Places of patterns in a text, in the order of their first bytes; grows as needed and is reused. */
export interface Occurrences {
  count: number;
  /** First byte of each. */
  at: Int32Array;
  /** Its pattern's id. */
  id: Int32Array;
}

export function occurrences(): Occurrences {
  return { count: 0, at: new Int32Array(1 << 12), id: new Int32Array(1 << 12) };
}

/** Finds every occurrence of every pattern in `text[start … end - 1]`, first bytes in rising order. */
export function findPatternsInto(
  out: Occurrences,
  set: PatternSet,
  text: Uint8Array,
  start: number,
  end: number,
): void {
  const { head, next, window, bytes, from, ids } = set;
  out.count = 0;
  if (ids.length === 0) return;
  const kernel = textKernel();
  kernel.hold(text);
  kernel.look(set.tables);
  const last = end - window + 1;
  const tail = window - block;
  let { at, id } = out;
  let count = 0;
  for (let sweep = start; sweep < last; sweep += span) {
    const candidates = kernel.candidates(sweep, Math.min(sweep + span, last));
    const places = kernel.out();
    for (let c = 0; c < candidates; c++) {
      const first = places[c] ?? 0;
      const hash = hashOf(text[first + tail] ?? 0, text[first + tail + 1] ?? 0, text[first + tail + 2] ?? 0);
      for (let i = head[hash] ?? -1; i >= 0; i = next[i] ?? -1) {
        const begin = from[i] ?? 0;
        const length = (from[i + 1] ?? 0) - begin;
        if (first + length > end || !isAt(text, first, bytes, begin, length)) continue;
        if (count === at.length) {
          grow(out);
          ({ at, id } = out);
        }
        at[count] = first;
        id[count++] = ids[i] ?? 0;
      }
    }
  }
  out.count = count;
}

function isAt(text: Uint8Array, at: number, pattern: Uint8Array, from: number, length: number): boolean {
  for (let k = 0; k < length; k++) if (text[at + k] !== pattern[from + k]) return false;
  return true;
}

function grow(out: Occurrences): void {
  const at = new Int32Array(2 * out.at.length);
  const id = new Int32Array(2 * out.at.length);
  at.set(out.at);
  id.set(out.id);
  out.at = at;
  out.id = id;
}
