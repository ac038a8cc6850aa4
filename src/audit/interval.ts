import { roundSignificant } from '../math/round-significant.ts';
import type { Interval, Printed } from './contract.ts';

/*
 * Printed digits as intervals: a number printed with d decimals is any number within half a unit of its last digit. What follows from
 * printed numbers is computed on the ends of their intervals, so that rounding alone never makes a finding.
 */

/** Rounding of doubles: an end that lies on the edge of another interval touches it. */
const slack = 1e-9;

/** A text as printed: digits, sign (also U+2212), comma groups, stars, brackets; null when it is no number. */
export function readPrinted(text: string, leastDecimals = 0): Printed | null {
  const bare = text
    .replace(/[\u2212\u2013\u2012]/g, '-')
    .replace(/[()[\]{}*†‡\s$]/g, '')
    .replace(/^</, '')
    .replace(/^\+/, '');
  if (!/^-?(\d{1,3}(,\d{3})+|\d*)(\.\d+)?%?$/.test(bare) || !/\d/.test(bare)) return null;
  const digits = bare.replace(/[,%]/g, '');
  const decimals = Math.max(digits.split('.')[1]?.length ?? 0, leastDecimals);
  return printedAs(text.trim(), Number(digits), decimals);
}

export function printedAs(text: string, value: number, decimals: number): Printed {
  const half = 0.5 * 10 ** -decimals;
  return { text, value, decimals, low: value - half, high: value + half };
}

/** Without rounding. */
export function exactly(value: number): Interval {
  return { low: value, high: value };
}

export function plus(a: Interval, b: Interval): Interval {
  return { low: a.low + b.low, high: a.high + b.high };
}

export function minus(a: Interval, b: Interval): Interval {
  return { low: a.low - b.high, high: a.high - b.low };
}

export function times(a: Interval, b: Interval): Interval {
  const ends = [a.low * b.low, a.low * b.high, a.high * b.low, a.high * b.high];
  return { low: Math.min(...ends), high: Math.max(...ends) };
}

/** Of a divisor that may be 0: everything. */
export function over(a: Interval, b: Interval): Interval {
  if (b.low <= 0 && b.high >= 0) return { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
  return times(a, { low: 1 / b.high, high: 1 / b.low });
}

export function size(a: Interval): Interval {
  if (a.low >= 0) return a;
  if (a.high <= 0) return { low: -a.high, high: -a.low };
  return { low: 0, high: Math.max(-a.low, a.high) };
}

export function square(a: Interval): Interval {
  const { low, high } = size(a);
  return { low: low * low, high: high * high };
}

/** Of what is not below 0. */
export function root(a: Interval): Interval {
  return { low: Math.sqrt(Math.max(0, a.low)), high: Math.sqrt(Math.max(0, a.high)) };
}

export function meets(a: Interval, b: Interval): boolean {
  const room = slack * Math.max(1, Math.abs(a.high), Math.abs(b.high));
  return a.low <= b.high + room && b.low <= a.high + room;
}

/** Every value of `a` is below every value of `b`. */
export function isBelow(a: Interval, b: Interval): boolean {
  return a.high < b.low && !meets(a, b);
}

/** Width against the middle. */
export function relativeWidth({ low, high }: Interval): number {
  return (high - low) / Math.abs((high + low) / 2);
}

/** `[low, high]` with five digits that count. */
export function shown({ low, high }: Interval): string {
  return `[${rounded(low)}, ${rounded(high)}]`;
}

/** A number for a sentence: five digits that count. */
export function rounded(value: number, digits = 5): number {
  return Number.isFinite(value) ? Number(roundSignificant(value, digits)) : value;
}

/** |b/t| from printed b and t, or the printed error where there is one; null where neither says it. */
export function errorOf(cell: {
  readonly estimate: Printed;
  readonly statistic: Printed | null;
  readonly error: Printed | null;
}): Interval | null {
  const { estimate, statistic, error } = cell;
  if (error !== null) return { low: Math.max(0, error.low), high: error.high };
  if (statistic === null || statistic.low * statistic.high <= 0) return null;
  return over(size(estimate), size(statistic));
}

/** |t| from a printed statistic, or from an estimate and its error; null where neither says it. */
export function statisticOf(cell: {
  readonly estimate: Printed;
  readonly statistic: Printed | null;
  readonly error: Printed | null;
}): Interval | null {
  const { estimate, statistic, error } = cell;
  if (statistic !== null) return size(statistic);
  if (error === null || error.low <= 0) return null;
  return over(size(estimate), error);
}
