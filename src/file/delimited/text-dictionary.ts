import { at } from '../../error/at.ts';
import { type TextColumn, textColumn } from '../../table/column.ts';

/** Gathers the cells of a text column, each text kept once. */
export interface TextDictionary {
  /** Puts the bytes `from` to `to` into row `row`; no bytes are a missing cell. */
  readonly put: (row: number, bytes: Uint8Array, from: number, to: number) => void;
  readonly miss: (row: number) => void;
  /** The column of the first `nrow` rows. */
  readonly column: (nrow: number) => TextColumn;
}

/** The code of a cell without text, and of a slot without a level. */
const missing = -1;
const free = -1;

/** Cells as they come, without their texts being made: a hash table over their bytes. */
export function textDictionary(capacity: number): TextDictionary {
  let codes = new Int32Array(capacity);
  let arena = new Uint8Array(1 << 12);
  let starts = new Uint32Array(1 << 8);
  let hashes = new Int32Array(1 << 8);
  let count = 0;
  let slots = new Int32Array(1 << 9).fill(-1);

  const grow = (): void => {
    starts = widened(starts, new Uint32Array(starts.length * 2));
    hashes = widened(hashes, new Int32Array(hashes.length * 2));
    slots = new Int32Array(slots.length * 2).fill(-1);
    const mask = slots.length - 1;
    for (let code = 0; code < count; code++) {
      let slot = (hashes[code] ?? 0) & mask;
      while ((slots[slot] ?? free) >= 0) slot = (slot + 1) & mask;
      slots[slot] = code;
    }
  };
  const isLevel = (code: number, bytes: Uint8Array, from: number, to: number): boolean => {
    const start = starts[code] ?? 0;
    if (starts[code + 1] !== start + to - from) return false;
    for (let i = start, k = from; k < to; i++, k++) if (arena[i] !== bytes[k]) return false;
    return true;
  };
  const codeOf = (bytes: Uint8Array, from: number, to: number): number => {
    let hash = -2128831035;
    for (let i = from; i < to; i++) hash = Math.imul(hash ^ (bytes[i] ?? 0), 16777619);
    hash ^= hash >>> 15;
    const mask = slots.length - 1;
    let slot = hash & mask;
    for (let code = slots[slot] ?? free; code >= 0; code = slots[slot] ?? free) {
      if (hashes[code] === hash && isLevel(code, bytes, from, to)) return code;
      slot = (slot + 1) & mask;
    }
    const start = starts[count] ?? 0;
    const end = start + to - from;
    if (end > arena.length) arena = widened(arena, new Uint8Array(Math.max(end, arena.length * 2)));
    for (let i = start, k = from; k < to; i++, k++) arena[i] = bytes[k] ?? 0;
    hashes[count] = hash;
    slots[slot] = count;
    starts[count + 1] = end;
    count++;
    if (count + 1 >= starts.length) grow();
    return count - 1;
  };
  const room = (row: number): void => {
    if (row >= codes.length) codes = widened(codes, new Int32Array(Math.max(row + 1, codes.length * 2)));
  };
  return {
    put: (row, bytes, from, to) => {
      room(row);
      const above = row > 0 ? (codes[row - 1] ?? missing) : missing;
      if (from >= to) codes[row] = missing;
      // Rows often stand sorted: the text above is looked at first.
      else if (above >= 0 && isLevel(above, bytes, from, to)) codes[row] = above;
      else codes[row] = codeOf(bytes, from, to);
    },
    miss: (row) => {
      room(row);
      codes[row] = missing;
    },
    column: (nrow) => {
      const decoder = new TextDecoder();
      const texts = Array.from({ length: count }, (_, code) =>
        decoder.decode(arena.subarray(starts[code], starts[code + 1])),
      );
      const sorted = textColumn(texts);
      const own = codes.subarray(0, nrow).map((code) => (code < 0 ? missing : at(sorted.codes, code)));
      return usedLevels({ kind: 'text', codes: own, levels: sorted.levels });
    },
  };
}

/** Without levels that no cell has: a row that was read twice may have left one. */
function usedLevels(column: TextColumn): TextColumn {
  const isUsed = new Uint8Array(column.levels.length);
  for (const code of column.codes) if (code >= 0) isUsed[code] = 1;
  if (isUsed.every((used) => used === 1)) return column;
  const levels = column.levels.filter((_, code) => isUsed[code] === 1);
  let next = 0;
  const newCode = Int32Array.from(isUsed, (used) => (used === 1 ? next++ : -1));
  return { ...column, codes: column.codes.map((code) => (code < 0 ? missing : at(newCode, code))), levels };
}

/** `wider` with what stands in `array` at its beginning. */
export function widened<T extends Float64Array | Int32Array | Uint32Array | Uint8Array>(array: T, wider: T): T {
  wider.set(array);
  return wider;
}
