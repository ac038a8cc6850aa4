/**
 * A firm that was hit, as 32-bit words, on its way from the thread that read its row to the one that settles duplicates:
 *
 *   0 words of the record   1 run (which part of which file)   2 place of the row in that part
 *   3 city and founding year (`cityYear`)   4 year of closing × 65536 + flags
 *   5 … keywords as bits, then the key: a packed credit code, or `namedKey` and the bytes of name and founding date
 */
export const recordHead = 5;

/** First word of the key of a firm without a usable credit code; no packed code starts with it. */
export const namedKey = 0xffff_ffff;

export const firmFlags = {
  /** Struck off: 注销, 吊销, 撤销. */
  closed: 1,
  branch: 2,
  individual: 4,
  codeMissing: 8,
  codeMalformed: 16,
  codeCheckDigit: 32,
  dateMissing: 64,
  dateBad: 128,
  /** Before the first year a firm of today can have been founded in. */
  dateEarly: 256,
  /** After the export. */
  dateLate: 512,
} as const;

/** First year of a city's 256. */
const yearZero = 1900;

/** City and year in one small number (below 2^28); year 0 is none. Years run from 1901 to 2155. */
export function cityYear(city: number, year: number): number {
  return city * 256 + (year === 0 ? 0 : year - yearZero);
}

export function cityOf(place: number): number {
  return place >>> 8;
}

export function yearOf(place: number): number {
  const year = place & 255;
  return year === 0 ? 0 : year + yearZero;
}

/** Hash of the key words `[from, to)`: what partition a firm goes to, where it is looked for. */
export function keyHash(words: Uint32Array, from: number, to: number): number {
  let hash = 0x9e3779b9 | 0;
  for (let i = from; i < to; i++) {
    hash = Math.imul(hash ^ (words[i] ?? 0), 0x85ebca6b);
    hash ^= hash >>> 15;
  }
  hash = Math.imul(hash, 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
