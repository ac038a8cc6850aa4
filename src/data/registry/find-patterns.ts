/**
 * Many fixed patterns in bytes at once (Wu and Manber 1994, "A fast algorithm for multi-pattern searching"): a window as
 * long as the shortest pattern slides over the text; its last three bytes say how far it may jump.
 */
export interface PatternSet {
  /** Length of the window: bytes of the shortest pattern. */
  readonly window: number;
  /** By hash of three bytes: how far the window may move; 0: patterns end their window there. */
  readonly shift: Uint8Array;
  /** By hash: first entry of the chain of patterns, -1 for none. */
  readonly head: Int32Array;
  /** By pattern: next of the chain, -1 at its end. */
  readonly next: Int32Array;
  /** All patterns one behind the other; pattern i is `bytes[from[i]] … bytes[from[i + 1] - 1]`. */
  readonly bytes: Uint8Array;
  readonly from: Int32Array;
  /** What a match of the pattern is reported as. */
  readonly ids: Int32Array;
}

const tableSize = 1 << 16;
/** A block of three bytes is one Chinese character, or the end of one and the start of the next. */
const block = 3;

/** @param patterns each at least three bytes long @param ids what each is reported as */
export function compilePatterns(patterns: readonly Uint8Array[], ids: readonly number[]): PatternSet {
  const window = patterns.reduce((least, { length }) => Math.min(least, length), 255 + block);
  const from = new Int32Array(patterns.length + 1);
  patterns.forEach((pattern, i) => {
    from[i + 1] = from[i] + pattern.length;
  });
  const set: PatternSet = {
    window,
    shift: new Uint8Array(tableSize).fill(Math.max(0, window - block + 1)),
    head: new Int32Array(tableSize).fill(-1),
    next: new Int32Array(patterns.length).fill(-1),
    bytes: new Uint8Array(from[patterns.length]),
    from,
    ids: Int32Array.from(ids),
  };
  patterns.forEach((pattern, i) => {
    set.bytes.set(pattern, from[i]);
    for (let end = block - 1; end < window; end++) {
      const hash = hashOf(pattern[end - 2], pattern[end - 1], pattern[end]);
      set.shift[hash] = Math.min(set.shift[hash], window - 1 - end);
    }
    const last = hashOf(pattern[window - 3], pattern[window - 2], pattern[window - 1]);
    set.next[i] = set.head[last];
    set.head[last] = i;
  });
  return set;
}

/** Fibonacci hashing of three bytes, taken from the upper part of a word. */
const multiplier = 0x9e3779b1;

function hashOf(a: number, b: number, c: number): number {
  return Math.imul((a | (b << 8) | (c << 16)) << 8, multiplier) >>> 16;
}

/** Places of patterns in a text, in the order of their ends' windows; grows as needed and is reused. */
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

/**
 * Finds every occurrence of every pattern in `text[start … end - 1]`, first bytes in rising order. One byte behind `end` is
 * read.
 */
export function findPatternsInto(
  out: Occurrences,
  set: PatternSet,
  text: Uint8Array,
  start: number,
  end: number,
): void {
  const { shift, head, next, window, bytes, from, ids } = set;
  out.count = 0;
  if (ids.length === 0) return;
  const view = new DataView(text.buffer, text.byteOffset, text.byteLength);
  const far = window - block + 1;
  let p = start + window - 1;
  for (;;) {
    // Most steps are the farthest ones: two are tried at once, so that neither waits for the other's table entry.
    while (p + far < end) {
      const here = shift[Math.imul(view.getInt32(p - 2, true) << 8, multiplier) >>> 16];
      const ahead = shift[Math.imul(view.getInt32(p + far - 2, true) << 8, multiplier) >>> 16];
      if (((here ^ far) | (ahead ^ far)) !== 0) break;
      p += 2 * far;
    }
    if (p >= end) return;
    const hash = Math.imul(view.getInt32(p - 2, true) << 8, multiplier) >>> 16;
    const step = shift[hash];
    if (step !== 0) {
      p += step;
      continue;
    }
    const first = p - window + 1;
    for (let i = head[hash]; i >= 0; i = next[i]) {
      const length = from[i + 1] - from[i];
      if (first + length > end) continue;
      let k = 0;
      while (k < length && text[first + k] === bytes[from[i] + k]) k++;
      if (k < length) continue;
      if (out.count === out.at.length) grow(out);
      out.at[out.count] = first;
      out.id[out.count++] = ids[i];
    }
    p++;
  }
}

function grow(out: Occurrences): void {
  const at = new Int32Array(2 * out.at.length);
  const id = new Int32Array(2 * out.at.length);
  at.set(out.at);
  id.set(out.id);
  out.at = at;
  out.id = id;
}
