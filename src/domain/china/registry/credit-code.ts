/**
 * The unified social credit code (GB 32100-2015): 18 characters, of which 3 to 8 are the division of the registering
 * authority and the last one checks the others: sum of value × 3^i over the first 17, to 31. Before 2015 firms had a
 * registration number of 15 digits alone, its first six the division.
 */

/** What is noteworthy of a code. `number`: an old registration number of 15 digits, which has no check digit here. */
export type CodeState = 'valid' | 'number' | 'check-digit' | 'malformed' | 'missing';

const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
/** Byte → value in the code's own alphabet, 255 for none; lower case counts as upper. */
const checkValues = valuesOf(alphabet, 0);
/** Byte → 1 … 36, 0 for none: what a code is packed with. */
const packValues = valuesOf('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ', 1).map((value) => (value === 255 ? 0 : value));
const weights = Int32Array.from({ length: 17 }, (_, i) => Number(3n ** BigInt(i) % 31n));

function valuesOf(letters: string, first: number): Uint8Array {
  const values = new Uint8Array(256).fill(255);
  [...letters].forEach((letter, i) => {
    values[letter.charCodeAt(0)] = first + i;
    values[letter.toLowerCase().charCodeAt(0)] = first + i;
  });
  return values;
}

/** The first word of a packed code is below this (37^6); what is no code may use the rest. */
export const packedLimit = 37 ** 6;

/**
 * Packs `bytes[start … end - 1]` into three words, six characters each to base 37: no two codes share one.
 * @returns false when it is no code of 1 to 18 letters and digits
 */
export function packCodeInto(words: Uint32Array, bytes: Uint8Array, start: number, end: number): boolean {
  const length = end - start;
  if (length < 1 || length > 18) return false;
  for (let w = 0; w < 3; w++) {
    const from = 6 * w;
    const head = packFive(bytes, start + from, length - from);
    const last = from + 5 < length ? (packValues[bytes[start + from + 5] ?? 0] ?? 0) : 0;
    if (head < 0 || (last === 0 && from + 5 < length)) return false;
    words[w] = head * 37 + last;
  }
  return true;
}

/** Five characters to base 37, fewer when `length` is less, below 2^31. @returns -1 when one is no letter or digit */
function packFive(bytes: Uint8Array, at: number, length: number): number {
  let word = 0;
  for (let i = 0; i < 5; i++) {
    const value = i < length ? (packValues[bytes[at + i] ?? 0] ?? 0) : 0;
    if (value === 0 && i < length) return -1;
    word = (Math.imul(word, 37) + value) | 0;
  }
  return word;
}

/** Checks the code `bytes[start … end - 1]`. */
export function codeState(bytes: Uint8Array, start: number, end: number): CodeState {
  const length = end - start;
  if (length === 0) return 'missing';
  if (length === 15) return isDigits(bytes, start, end) ? 'number' : 'malformed';
  if (length !== 18) return 'malformed';
  let sum = 0;
  for (let i = 0; i < 17; i++) {
    const value = checkValues[bytes[start + i] ?? 0] ?? 0;
    if (value === 255) return 'malformed';
    sum += value * (weights[i] ?? 0);
  }
  const last = checkValues[bytes[start + 17] ?? 0] ?? 0;
  if (last === 255) return 'malformed';
  return (sum + last) % 31 === 0 ? 'valid' : 'check-digit';
}

/** The division in a code: characters 3 to 8, of an old number the first six; -1 when they are no digits. */
export function codeDivision(bytes: Uint8Array, start: number, end: number): number {
  const at = end - start === 18 ? start + 2 : end - start === 15 ? start : -1;
  if (at < 0) return -1;
  let division = 0;
  for (let i = at; i < at + 6; i++) {
    const digit = (bytes[i] ?? 0) - 48;
    if (digit < 0 || digit > 9) return -1;
    division = division * 10 + digit;
  }
  return division;
}

function isDigits(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if ((bytes[i] ?? 0) < 48 || (bytes[i] ?? 0) > 57) return false;
  return true;
}
