import { at } from '../../error/at.ts';
import { roundHalfAway } from './rounding.ts';

/** A function of one row on numbers; what has no value is NaN. */
export type NumberFunction = (...args: readonly number[]) => number;

const ifPositive =
  (compute: (x: number) => number): NumberFunction =>
  (x) =>
    x > 0 ? compute(x) : Number.NaN;

/** min and max are missing where one of their numbers is. */
export const numberFunctions: Readonly<Record<string, NumberFunction>> = {
  abs: Math.abs,
  ceil: Math.ceil,
  floor: Math.floor,
  trunc: Math.trunc,
  sign: Math.sign,
  sqrt: Math.sqrt,
  cbrt: Math.cbrt,
  exp: Math.exp,
  log: ifPositive(Math.log),
  log2: ifPositive(Math.log2),
  log10: ifPositive(Math.log10),
  log1p: (x) => (x > -1 ? Math.log1p(x) : Number.NaN),
  sin: Math.sin,
  cos: Math.cos,
  tan: Math.tan,
  asin: Math.asin,
  acos: Math.acos,
  atan: Math.atan,
  atan2: Math.atan2,
  radians: (x) => (x * Math.PI) / 180,
  degrees: (x) => (x * 180) / Math.PI,
  round: (x, places = 0) => roundHalfAway(x, places),
  mod: (x, y) => x % y,
  min: Math.min,
  max: Math.max,
};

/** Letters are counted as a reader counts them, by code point; places begin at 1, before 0 from the end. */
export function substring(text: string, start: number, length?: number): string {
  const letters = [...text];
  const from = start > 0 ? start - 1 : start < 0 ? letters.length + start : -1;
  const to = length === undefined ? letters.length : from + length;
  return letters.slice(Math.max(from, 0), Math.max(to, 0)).join('');
}

/** The first letters; with a count below 0 all but the last. */
export function leftOf(text: string, count: number): string {
  const letters = [...text];
  return letters.slice(0, count < 0 ? Math.max(letters.length + count, 0) : count).join('');
}

/** The last letters; with a count below 0 all but the first. */
export function rightOf(text: string, count: number): string {
  const letters = [...text];
  return letters.slice(count < 0 ? Math.min(-count, letters.length) : Math.max(letters.length - count, 0)).join('');
}

/** A part between separators, from 1, before 0 from the end; empty where there is none. */
export function splitPart(text: string, separator: string, place: number): string {
  const parts = separator === '' ? [text] : text.split(separator);
  return parts[place > 0 ? place - 1 : parts.length + place] ?? '';
}

/** A text without blanks, or other letters, at its ends. */
export function trimmed(text: string, letters: string, ends: 'both' | 'left' | 'right'): string {
  const off = new Set(letters);
  const own = [...text];
  let [from, to] = [0, own.length];
  while (ends !== 'right' && from < to && off.has(at(own, from))) from += 1;
  while (ends !== 'left' && to > from && off.has(at(own, to - 1))) to -= 1;
  return own.slice(from, to).join('');
}

/** Single letters put in, taken out or changed, at the least, to make one text of the other. */
export function levenshtein(a: string, b: string): number {
  const [from, to] = [[...a], [...b]];
  let previous = Array.from({ length: to.length + 1 }, (_, j) => j);
  for (let i = 1; i <= from.length; i++) {
    const current = [i];
    for (let j = 1; j <= to.length; j++) {
      const change = at(previous, j - 1) + (from[i - 1] === to[j - 1] ? 0 : 1);
      current.push(Math.min(change, at(previous, j) + 1, at(current, j - 1) + 1));
    }
    previous = current;
  }
  return at(previous, to.length);
}

/** The order of two texts by code point, as bytes of UTF-8 have it. */
export function compareTexts(a: string, b: string): number {
  if (a === b) return 0;
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) {
    const [x, y] = [a.charCodeAt(i), b.charCodeAt(i)];
    if (x !== y) return rank(x) - rank(y);
  }
  return a.length - b.length;
}

/** Halves of characters beyond the first plane come after all of it. */
function rank(unit: number): number {
  return unit >= 0xd800 && unit < 0xe000 ? unit + 0x10000 : unit;
}
