import { productError } from '../math/double-double.ts';
import type { IdentifierShape } from './column.ts';

// What text is a number. The grammar is this program's, not an engine's: an optional sign, digits with at most one point,
// an optional exponent. No underscore, hexadecimal, inner blank, Inf or thousands mark (docs/methods/data-files.md).

/** How the numbers of a column are written: a bit for each way that some cell has. */
const way = {
  whole: 1,
  /** 0.25: the last digit is not 0. */
  fraction: 1 << 1,
  /** 2.0 */
  pointZero: 1 << 2,
  /** 2.50 */
  trailingZero: 1 << 3,
  plus: 1 << 4,
  /** 1e+05, 1.5e3: an amount. */
  exponent: 1 << 5,
  /** 1e5, 12E4: as likely a code. */
  bareExponent: 1 << 6,
  /** 01 */
  leadingZero: 1 << 7,
  /** A whole number that a double does not hold. */
  beyondExact: 1 << 8,
  /** More digits than the shortest text of its number. */
  long: 1 << 9,
  /** .5 */
  pointFirst: 1 << 10,
  /** 0.5 */
  zeroFirst: 1 << 11,
  /** 5. */
  pointLast: 1 << 12,
  negativeZero: 1 << 13,
} as const;

/** Ways of writing that a column has, gathered cell by cell. */
export interface NumberWays {
  bits: number;
  leastDecimals: number;
  mostDecimals: number;
}

export function noWays(): NumberWays {
  return { bits: 0, leastDecimals: Number.POSITIVE_INFINITY, mostDecimals: 0 };
}

/** Powers of ten that a double holds exactly. */
const powersOfTen = Float64Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));
/** Digits of a fraction below which the double is exact enough to be told from its neighbours: 15. */
const sureFraction = 1e15;
const exactWhole = 2 ** 53;

/**
 * The number that the bytes `from` to `to` write (ASCII, blanks off), correctly rounded; NaN when they write none or one
 * beyond the range of a double. How it is written is added to `ways`.
 */
export function readNumber(bytes: Uint8Array, from: number, to: number, ways: NumberWays): number {
  let at = from;
  let bits = 0;
  let isNegative = false;
  if (at < to && (bytes[at] === 45 || bytes[at] === 43)) {
    isNegative = bytes[at] === 45;
    if (!isNegative) bits = way.plus;
    at++;
  }
  const first = at;
  let digits = 0;
  for (; at < to; at++) {
    const digit = (bytes[at] ?? 0) - 48;
    if (digit < 0 || digit > 9) break;
    digits = digits * 10 + digit;
  }
  const wholeLength = at - first;
  let decimals = 0;
  let hasPoint = false;
  if (at < to && bytes[at] === 46) {
    hasPoint = true;
    const start = ++at;
    for (; at < to; at++) {
      const digit = (bytes[at] ?? 0) - 48;
      if (digit < 0 || digit > 9) break;
      digits = digits * 10 + digit;
    }
    decimals = at - start;
  }
  if (wholeLength + decimals === 0) return Number.NaN;
  if (decimals > 0) bits |= bytes[at - 1] !== 48 ? way.fraction : decimals === 1 ? way.pointZero : way.trailingZero;
  else bits |= hasPoint ? way.pointLast : way.whole;
  if (wholeLength === 0) bits |= way.pointFirst;
  else if (bytes[first] === 48) bits |= wholeLength > 1 ? way.leadingZero : decimals > 0 ? way.zeroFirst : 0;
  let hasExponent = false;
  if (at < to && ((bytes[at] ?? 0) | 32) === 101) {
    hasExponent = true;
    at++;
    const hasSign = at < to && (bytes[at] === 43 || bytes[at] === 45);
    if (hasSign) at++;
    const start = at;
    while (at < to && (bytes[at] ?? 0) >= 48 && (bytes[at] ?? 0) <= 57) at++;
    if (at === start) return Number.NaN;
    bits |= hasPoint || hasSign ? way.exponent : way.bareExponent;
  }
  if (at !== to) return Number.NaN;
  let value: number;
  let isShortest = false;
  if (!hasExponent && decimals > 0 && digits >= sureFraction && readLong(bytes, first, to, decimals)) {
    value = isNegative ? -long.value : long.value;
    isShortest = long.isShortest;
  } else if (hasExponent || decimals > 22 || digits >= exactWhole) {
    value = Number(textOf(bytes, from, to));
    if (!Number.isFinite(value)) return Number.NaN;
  } else {
    // Both are exact, so that the quotient is correctly rounded (Clinger 1990).
    value = decimals === 0 ? digits : digits / (powersOfTen[decimals] ?? Number.NaN);
    if (isNegative) value = -value;
  }
  if (value === 0 && isNegative) bits |= way.negativeZero;
  if (!hasExponent) {
    if (!hasPoint) {
      if (digits >= exactWhole) bits |= way.beyondExact;
    } else if (digits >= sureFraction && !isShortest && textOf(bytes, from, to) !== String(value)) bits |= way.long;
  }
  ways.bits |= bits;
  if (decimals < ways.leastDecimals) ways.leastDecimals = decimals;
  if (decimals > ways.mostDecimals) ways.mostDecimals = decimals;
  return value;
}

const long = { value: 0, isShortest: false };
/** So near to a tie, relative to it, what was rounded in twice the precision must be looked at again. */
const nearTie = 1e-9;

/**
 * Reads a fraction of 16 digits or more in twice the working precision: its double, and whether its digits are surely the
 * shortest of that double. False when it is too long or too near the middle of two doubles to tell.
 */
function readLong(bytes: Uint8Array, first: number, to: number, decimals: number): boolean {
  let high = 0;
  let low = 0;
  let scale = 1;
  let count = 0;
  for (let i = first; i < to; i++) {
    const digit = (bytes[i] ?? 0) - 48;
    if (digit < 0) continue;
    if (count < 15) {
      high = high * 10 + digit;
      if (high > 0) count++;
    } else {
      low = low * 10 + digit;
      scale *= 10;
    }
  }
  if (scale > 1e7 || decimals > 22) return false;
  // All digits as an unevaluated sum, exact: the parts are whole numbers below 2^53.
  const product = high * scale;
  const carried = productError(high, scale, product) + low;
  const whole = product + carried;
  const part = carried - (whole - product);
  const power = powersOfTen[decimals] ?? Number.NaN;
  const quotient = whole / power;
  const back = quotient * power;
  const correction = (whole - back - productError(quotient, power, back) + part) / power;
  const value = quotient + correction;
  const rest = quotient - value + correction;
  const half = (value + value * (2 ** -53 * (1 + 2 ** -52)) - value) / 2;
  const size = Math.abs(rest);
  // Below a power of two the doubles are twice as dense.
  if (Math.abs(size - half) <= half * nearTie || Math.abs(size - half / 2) <= half * nearTie) return false;
  const unit = 1 / power;
  const last = (bytes[to - 1] ?? 0) - 48;
  const reach = half * (1 + nearTie);
  // No text with a digit less is the same double, and none with as many digits is nearer to it.
  const isAlone = last * unit - rest > reach && (10 - last) * unit + rest > reach;
  long.value = value;
  long.isShortest = scale <= 100 && isAlone && size < unit * (0.5 - nearTie);
  return true;
}

function textOf(bytes: Uint8Array, from: number, to: number): string {
  let text = '';
  for (let i = from; i < to; i++) text += String.fromCharCode(bytes[i] ?? 0);
  return text;
}

/** The number that a text writes, outer blanks off; null when it writes none. */
export function numberOfText(text: string, ways: NumberWays = noWays()): number | null {
  const bare = text.trim();
  // What is beyond ASCII is no part of a number, whatever it becomes here.
  const value = readNumber(
    Uint8Array.from(bare, (letter) => Math.min(letter.charCodeAt(0), 127)),
    0,
    bare.length,
    ways,
  );
  return Number.isNaN(value) ? null : value;
}

/**
 * Why numbers written in these ways are identifiers; null when they are amounts. A zero before another digit makes one in any
 * column; a plus, an exponent without sign or point, and digits that a double does not hold only where every number is whole.
 */
export function identifierShape({ bits }: NumberWays): IdentifierShape | null {
  if ((bits & way.leadingZero) !== 0) return 'leading-zero';
  const amounts = way.fraction | way.pointZero | way.trailingZero | way.pointLast;
  if ((bits & amounts) !== 0) return null;
  if ((bits & way.beyondExact) !== 0) return 'beyond-exact';
  if ((bits & way.plus) !== 0) return 'plus-sign';
  return (bits & way.bareExponent) !== 0 ? 'exponent' : null;
}

/**
 * Whether two texts written in these ways are surely two numbers. False says only that somebody has to look: whole numbers
 * and fractions without needless zeros differ when their texts do, and so do numbers of at most 15 digits that all have as
 * many decimals.
 */
export function isSurelyOneToOne({ bits, leastDecimals, mostDecimals }: NumberWays): boolean {
  const has = (...ways: number[]): boolean => ways.some((one) => (bits & one) !== 0);
  if (has(way.plus, way.exponent, way.bareExponent, way.leadingZero, way.beyondExact, way.long)) return false;
  if (has(way.pointLast, way.negativeZero) || (has(way.pointFirst) && has(way.zeroFirst))) return false;
  const hasNeedlessZeros = has(way.trailingZero) || (has(way.whole) && has(way.pointZero));
  return !hasNeedlessZeros || leastDecimals === mostDecimals;
}
