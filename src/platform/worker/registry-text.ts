import type { TextEncoding } from './registry-file.ts';

/**
 * Writes the text `from[start … end - 1]`, whole characters, as UTF-8 from place `at` of `into`, which has three bytes for
 * two of the text. @returns place behind what was written; -1 when the platform's decoder must say what the text is: it has
 * what is no text, or a byte 0x80 that stands for a euro sign
 */
export type Transcoder = (from: Uint8Array, start: number, end: number, into: Uint8Array, at: number) => number;

/** From bytes to bytes: no string stands between. */
export function transcoderOf(encoding: Exclude<TextEncoding, 'utf-8'>): Transcoder {
  if (encoding === 'gb18030') return gb18030Into;
  const isBig = encoding === 'utf-16be';
  return (from, start, end, into, at) => utf16Into(from, start, end, into, at, isBig);
}

function utf16Into(from: Uint8Array, start: number, end: number, into: Uint8Array, at: number, isBig: boolean): number {
  const high = isBig ? 0 : 1;
  const low = 1 - high;
  let n = at;
  if ((end - start) % 2 === 1) return -1;
  for (let p = start; p < end; p += 2) {
    const unit = (from[p + low] ?? 0) | ((from[p + high] ?? 0) << 8);
    if (unit < 0x80) into[n++] = unit;
    else if (unit < 0x800) {
      into[n++] = 0xc0 | (unit >> 6);
      into[n++] = 0x80 | (unit & 63);
    } else if (unit < 0xd800 || unit > 0xdfff) {
      into[n] = 0xe0 | (unit >> 12);
      into[n + 1] = 0x80 | ((unit >> 6) & 63);
      into[n + 2] = 0x80 | (unit & 63);
      n += 3;
    } else {
      p += 2;
      const second = p < end ? (from[p + low] ?? 0) | ((from[p + high] ?? 0) << 8) : 0;
      if (unit > 0xdbff || second < 0xdc00 || second > 0xdfff) return -1;
      n = pointInto(into, n, 0x10000 + ((unit & 0x3ff) << 10) + (second & 0x3ff));
    }
  }
  return n;
}

/** A code point of four bytes of UTF-8, or of three. @returns place behind it */
function pointInto(into: Uint8Array, at: number, point: number): number {
  let n = at;
  if (point < 0x10000) into[n++] = 0xe0 | (point >> 12);
  else {
    into[n++] = 0xf0 | (point >> 18);
    into[n++] = 0x80 | ((point >> 12) & 63);
  }
  into[n++] = 0x80 | ((point >> 6) & 63);
  into[n++] = 0x80 | (point & 63);
  return n;
}

/** By lead and trail of a character of two bytes: its two or three bytes of UTF-8, the first one lowest; 0 for none. */
let pairs: Int32Array | null = null;
/** Characters of four bytes that were met; -1 for none. */
const quads = new Map<number, number>();

function gb18030Into(from: Uint8Array, start: number, end: number, into: Uint8Array, at: number): number {
  pairs ??= pairTable();
  const table = pairs;
  let n = at;
  for (let p = start; p < end; ) {
    const lead = from[p] ?? 0;
    if (lead < 0x80) {
      into[n++] = lead;
      p++;
      continue;
    }
    const entry = p + 1 < end ? (table[((lead & 127) << 8) | (from[p + 1] ?? 0)] ?? 0) : 0;
    if (entry === 0) {
      const point = p + 3 < end ? quadPoint(from, p) : -1;
      if (point < 0x800) {
        if (point < 0x80) return -1;
        into[n++] = 0xc0 | (point >> 6);
        into[n++] = 0x80 | (point & 63);
      } else n = pointInto(into, n, point);
      p += 4;
      continue;
    }
    into[n] = entry & 255;
    into[n + 1] = (entry >> 8) & 255;
    into[n + 2] = entry >> 16;
    n += entry > 0xffff ? 3 : 2;
    p += 2;
  }
  return n;
}

/** Code point of the character of four bytes at `p`, -1 for none; the platform's decoder is asked once for each. */
function quadPoint(from: Uint8Array, p: number): number {
  const quad = from.subarray(p, p + 4);
  const key = quad.reduce((sum, byte) => (sum << 8) | byte, 0);
  const known = quads.get(key);
  if (known !== undefined) return known;
  const answer = pointOf(quad.slice());
  if (quads.size < quadsKept) quads.set(key, answer);
  return answer;
}

function pointOf(bytes: Uint8Array): number {
  try {
    const text = new TextDecoder('gb18030', { fatal: true, ignoreBOM: true }).decode(bytes);
    const point = text.codePointAt(0) ?? -1;
    return text.length === (point > 0xffff ? 2 : 1) ? point : -1;
  } catch {
    return -1;
  }
}

/** Registries hold a few hundred rare characters. */
const quadsKept = 1 << 16;

/** All 126 × 190 characters of two bytes, as the platform's decoder knows them. */
function pairTable(): Int32Array {
  const table = new Int32Array(1 << 15);
  const decoder = new TextDecoder('gb18030', { ignoreBOM: true });
  const trails = Array.from({ length: 191 }, (_, i) => 0x40 + i).filter((trail) => trail !== 0x7f);
  const bytes = new Uint8Array(2 * trails.length);
  const encoder = new TextEncoder();
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    trails.forEach((trail, i) => {
      bytes[2 * i] = lead;
      bytes[2 * i + 1] = trail;
    });
    const text = decoder.decode(bytes);
    // A row that is not a character a pair is left to the decoder.
    if (text.length !== trails.length) continue;
    trails.forEach((trail, i) => {
      const letter = text.charAt(i);
      const [first = 0, second = 0, third = 0] = encoder.encode(letter);
      if (letter === '\ufffd' || second === 0) return;
      table[((lead & 127) << 8) | trail] = first | (second << 8) | (third << 16);
    });
  }
  return table;
}
