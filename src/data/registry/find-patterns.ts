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

function hashOf(a: number, b: number, c: number): number {
  return ((a << 10) ^ (b << 5) ^ c) & 0xffff;
}

/**
 * Sets bit `id` of `found` for every pattern that occurs in `text[start … end - 1]`.
 * @returns whether there is any
 */
export function findPatterns(
  set: PatternSet,
  text: Uint8Array,
  start: number,
  end: number,
  found: Uint32Array,
): boolean {
  const { shift, head, next, window, bytes, from, ids } = set;
  if (ids.length === 0) return false;
  let isFound = false;
  let p = start + window - 1;
  while (p < end) {
    const hash = ((text[p - 2] << 10) ^ (text[p - 1] << 5) ^ text[p]) & 0xffff;
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
      found[ids[i] >>> 5] |= 1 << (ids[i] & 31);
      isFound = true;
    }
    p++;
  }
  return isFound;
}
